import { characterOf, ORDER, SYMBOLS } from "./alphabet.ts";
import type { Dfa } from "./dfa.ts";
import type { LexerMachine } from "./lexer.ts";

/**
 * The lexer beside an automaton over its characters, as a graph over tokens: which tokens may come next, and where the two
 * then are. Node 0 is the start. Only the given tokens are gone along: a text with any other is rejected anyhow.
 */
export interface TokenGraph {
  readonly nodes: readonly TokenNode[];
}

export interface TokenNode {
  readonly moves: readonly TokenMove[];
  /** White space, or nothing, up to an end of the text that the automaton accepts; null where there is none. */
  readonly ends: string | null;
  /** How the node is met: a text, and how many of the tokens that it has given are still to be read. */
  readonly met: { readonly text: string; readonly ended: boolean; readonly unread: number };
}

export interface TokenMove {
  readonly token: string;
  readonly to: number;
  /** The characters that are read for it. */
  readonly text: string;
}

interface Draft {
  readonly lexer: number;
  readonly automaton: number;
  /** Tokens that have ended and that nobody has read. */
  readonly queue: readonly string[];
  readonly ended: boolean;
  readonly met: string;
}

export function tokenGraph(lexer: LexerMachine, automaton: Dfa, used: ReadonlySet<string>): TokenGraph {
  const drafts: Draft[] = [];
  const known = new Map<string, number>();
  const nodeOf = (draft: Draft): number => {
    const key = `${draft.lexer} ${draft.automaton} ${draft.ended} ${draft.queue.join(" ")}`;
    let id = known.get(key);
    if (id === undefined) {
      id = drafts.push(draft) - 1;
      known.set(key, id);
    }
    return id;
  };
  const symbols = alike(lexer, automaton);
  nodeOf({ lexer: 0, automaton: 0, queue: [], ended: false, met: "" });
  const nodes: TokenNode[] = [];
  for (let id = 0; id < drafts.length; id += 1) {
    const draft = drafts[id]!;
    const met = { text: draft.met, ended: draft.ended, unread: draft.queue.length };
    const moves = new Map<string, TokenMove>();
    const add = (out: readonly string[], rest: Omit<Draft, "queue" | "met">, text: string): void => {
      if (!out.every((token) => used.has(token))) return;
      const to = nodeOf({ ...rest, queue: out.slice(1), met: draft.met + text });
      const key = `${out[0]} ${to}`;
      if (!moves.has(key)) moves.set(key, { token: out[0]!, to, text });
    };
    let ends: string | null = null;
    if (draft.queue.length > 0) add(draft.queue, draft, "");
    else if (draft.ended) ends = "";
    else {
      const seen = new Set<number>();
      const queue = [{ state: draft.lexer, at: draft.automaton, text: "" }];
      for (const { state, at, text } of queue) {
        const last = automaton.accepting[at] ? lexer.end(state) : null;
        if (last !== null && last.length > 0) add(last, { lexer: state, automaton: at, ended: true }, text);
        else if (last !== null) ends ??= text;
        for (const symbol of symbols) {
          const step = lexer.step(state, symbol);
          const next = automaton.next[at * SYMBOLS + symbol]!;
          if (step === null || next < 0) continue;
          const more = text + characterOf(symbol);
          if (step.out.length > 0) {
            add(step.out, { lexer: step.state, automaton: next, ended: false }, more);
            continue;
          }
          const key = step.state * automaton.accepting.length + next;
          if (seen.has(key)) continue;
          seen.add(key);
          queue.push({ state: step.state, at: next, text: more });
        }
      }
    }
    nodes.push({ moves: [...moves.values()], ends, met });
  }
  return { nodes };
}

/** The same texts of tokens, with those nodes made one from which alike ones lead on (bisimulation; Moore's algorithm). */
export function quotient({ nodes }: TokenGraph): TokenGraph {
  let classes: readonly number[] = nodes.map(({ ends }) => (ends === null ? 0 : 1));
  for (let size = 0; ; ) {
    const names = new Map<string, number>();
    classes = nodes.map(({ moves }, id) => {
      const on = new Set(moves.map(({ token, to }) => `${token}>${classes[to]}`));
      const key = `${classes[id]} ${[...on].toSorted().join(" ")}`;
      const name = names.get(key) ?? names.size;
      names.set(key, name);
      return name;
    });
    if (names.size === size) break;
    size = names.size;
  }
  const merged: TokenNode[] = [];
  nodes.forEach(({ moves, ends, met }, id) => {
    if (merged[classes[id]!] !== undefined) return;
    const on = new Map(moves.map((move) => [`${move.token} ${classes[move.to]}`, move]));
    merged[classes[id]!] = {
      ends,
      met,
      moves: [...on.values()].map((move) => ({ ...move, to: classes[move.to]! })),
    };
  });
  return { nodes: merged };
}

/** One symbol for all that neither the lexer's tokens nor the automaton tell apart. */
function alike(lexer: LexerMachine, automaton: Dfa): readonly number[] {
  const columns = new Map<string, number>();
  for (const symbol of ORDER) {
    const column = [...lexer.automata, automaton].map(({ next }) => {
      const states: number[] = [];
      for (let at = symbol; at < next.length; at += SYMBOLS) states.push(next[at]!);
      return states.join(",");
    });
    const key = column.join(";");
    if (!columns.has(key)) columns.set(key, symbol);
  }
  return [...columns.values()];
}
