import { characterOf, ORDER, SYMBOLS } from "./alphabet.ts";
import type { Dfa } from "./dfa.ts";
import type { LexerMachine } from "./lexer.ts";
import type { Machine, Place } from "./machine.ts";

/** What was found: a shortest text that the parser accepts and the automaton, too; null when there is none. */
export interface Emptiness {
  readonly text: string | null;
  /** For each rule the pairs of automaton states that its texts lead from and to, numbered as they are met. */
  readonly sizes: { readonly nodes: number; readonly entries: number; readonly items: number };
}

/** The lexer and the automaton between two tokens of the parser. */
interface Node {
  readonly id: number;
  readonly lexer: number;
  readonly automaton: number;
  /** Tokens that have ended and that the parser has not read. */
  readonly queue: readonly string[];
  readonly ended: boolean;
}

interface Move {
  readonly token: string;
  readonly to: Node;
  readonly text: string;
}

/** A rule begun at a node: where its texts lead, and who waits for that. */
interface Entry {
  readonly id: number;
  readonly exits: { readonly sort: string; readonly node: Node; readonly text: string }[];
  readonly waiting: Waiting[];
}

interface Waiting {
  readonly entry: Entry;
  readonly returns: ReadonlyMap<string, Place>;
  readonly text: string;
}

/**
 * Whether the parser accepts a text that the automaton accepts: context-free with regular, so decided exactly, by saturation:
 * for each rule, and each node at which it begins, the nodes at which it ends. Shortest texts first (Knuth 1977), so the one
 * that is given is a shortest. The machine must be strong LL(1): then what it accepts is what its grammar derives.
 */
export function intersect(lexer: LexerMachine, machine: Machine, automaton: Dfa): Emptiness {
  const nodes = new Map<string, Node>();
  const nodeOf = (state: number, at: number, queue: readonly string[], ended: boolean): Node => {
    const key = `${state} ${at} ${ended} ${queue.join(" ")}`;
    let node = nodes.get(key);
    if (node === undefined) {
      node = { id: nodes.size, lexer: state, automaton: at, queue, ended };
      nodes.set(key, node);
    }
    return node;
  };
  const symbols = classes(lexer, automaton);
  const moves = new Map<Node, readonly Move[]>();
  const movesOf = (node: Node): readonly Move[] => {
    let found = moves.get(node);
    if (found === undefined) {
      found = movesFrom(node);
      moves.set(node, found);
    }
    return found;
  };
  const movesFrom = (node: Node): readonly Move[] => {
    const [head, ...tail] = node.queue;
    if (head !== undefined) {
      return [{ token: head, to: nodeOf(node.lexer, node.automaton, tail, node.ended), text: "" }];
    }
    if (node.ended) return [];
    const result = new Map<string, Move>();
    const add = (out: readonly string[], state: number, at: number, ended: boolean, text: string): void => {
      const to = nodeOf(state, at, out.slice(1), ended);
      const key = `${out[0]} ${to.id}`;
      if (!result.has(key)) result.set(key, { token: out[0]!, to, text });
    };
    const seen = new Set([`${node.lexer} ${node.automaton}`]);
    const queue = [{ state: node.lexer, at: node.automaton, text: "" }];
    for (const { state, at, text } of queue) {
      const last = lexer.end(state);
      if (last !== null && last.length > 0) add(last, state, at, true, text);
      for (const symbol of symbols) {
        const step = lexer.step(state, symbol);
        const next = automaton.next[at * SYMBOLS + symbol]!;
        if (step === null || next < 0) continue;
        const more = text + characterOf(symbol);
        if (step.out.length > 0) {
          add(step.out, step.state, next, false, more);
          continue;
        }
        const key = `${step.state} ${next}`;
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push({ state: step.state, at: next, text: more });
      }
    }
    return [...result.values()];
  };
  /** White space at the very end. */
  const mayEnd = (node: Node): string | null => {
    if (node.queue.length > 0) return null;
    const seen = new Set<string>();
    const queue = [{ state: node.lexer, at: node.automaton, text: "" }];
    for (const { state, at, text } of queue) {
      const last = node.ended ? [] : lexer.end(state);
      if (last !== null && last.length === 0 && automaton.accepting[at]) return text;
      if (node.ended) return null;
      for (const symbol of symbols) {
        const step = lexer.step(state, symbol);
        const next = automaton.next[at * SYMBOLS + symbol]!;
        if (step === null || next < 0 || step.out.length > 0 || seen.has(`${step.state} ${next}`)) continue;
        seen.add(`${step.state} ${next}`);
        queue.push({ state: step.state, at: next, text: text + characterOf(symbol) });
      }
    }
    return null;
  };

  const entries = new Map<string, Entry>();
  const done = new Set<string>();
  let items = 0;
  const agenda = new Agenda<{
    readonly entry: Entry;
    readonly place: Place;
    readonly node: Node;
    readonly text: string;
  }>();
  const enter = (rule: string, node: Node): Entry => {
    const key = `${rule} ${node.id}`;
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = { id: entries.size, exits: [], waiting: [] };
      entries.set(key, entry);
      agenda.add(0, { entry, place: machine.starts.get(rule)!, node, text: "" });
    }
    return entry;
  };
  const main = enter(machine.start, nodeOf(0, 0, [], false));
  for (let item = agenda.take(); item !== null; item = agenda.take()) {
    const { entry, place, node, text } = item;
    const key = `${entry.id} ${place.id} ${node.id}`;
    if (done.has(key)) continue;
    done.add(key);
    items += 1;
    const go = (to: Place | undefined, at: Node, more: string): void => {
      if (to !== undefined)
        agenda.add(text.length + more.length, { entry, place: to, node: at, text: text + more });
    };
    for (const move of movesOf(node)) go(place.tokens.get(move.token), move.to, move.text);
    for (const call of place.calls) {
      const first = machine.first.get(call.rule)!;
      if (!movesOf(node).some(({ token }) => first.has(token))) continue;
      const callee = enter(call.rule, node);
      callee.waiting.push({ entry, returns: call.returns, text });
      for (const exit of callee.exits) go(call.returns.get(exit.sort), exit.node, exit.text);
    }
    if (place.ends === null) continue;
    if (entry === main && place.ends === machine.sort) {
      const rest = mayEnd(node);
      if (rest !== null)
        return { text: text + rest, sizes: { nodes: nodes.size, entries: entries.size, items } };
    }
    entry.exits.push({ sort: place.ends, node, text });
    for (const { entry: caller, returns, text: before } of entry.waiting) {
      const to = returns.get(place.ends);
      if (to !== undefined)
        agenda.add(before.length + text.length, { entry: caller, place: to, node, text: before + text });
    }
  }
  return { text: null, sizes: { nodes: nodes.size, entries: entries.size, items } };
}

/** One symbol for all that neither the lexer's tokens nor the automaton tell apart. */
function classes(lexer: LexerMachine, automaton: Dfa): readonly number[] {
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

/** Takes what was added with the least length first. */
class Agenda<Item> {
  readonly #buckets: Item[][] = [];
  #at = 0;

  add(length: number, item: Item): void {
    const bucket = this.#buckets[length];
    if (bucket === undefined) this.#buckets[length] = [item];
    else bucket.push(item);
    this.#at = Math.min(this.#at, length);
  }

  take(): Item | null {
    for (; this.#at < this.#buckets.length; this.#at += 1) {
      const item = this.#buckets[this.#at]?.pop();
      if (item !== undefined) return item;
    }
    return null;
  }
}
