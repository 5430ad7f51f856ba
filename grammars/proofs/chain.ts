import { characterOf, ORDER, SYMBOLS } from "../automata/alphabet.ts";
import { type Dfa, determinise, dfaOf, minimal } from "../automata/dfa.ts";
import { type GbnfNode, readGbnf } from "../automata/gbnf.ts";
import type { Offence } from "../automata/inclusion.ts";
import type { Instruction } from "../automata/regex.ts";
import { LANGUAGES } from "./languages.ts";
import { offenceAgainst } from "./prove.ts";

/**
 * A chain of language-model steps: who writes what, who reads it, and where it goes on. Texts are described by a regular
 * expression (of the whole text), a GBNF grammar without recursion, or the name of a language that both sides share. What
 * such a grammar writes may also be read by one of the languages here (languages.ts), by name.
 */
export interface Chain {
  readonly start: string;
  readonly steps: Readonly<Record<string, ChainStep>>;
}

export interface ChainStep {
  /** What the step is given; none for a step that takes anything. */
  readonly reads?: Texts;
  readonly next?: readonly Edge[];
  /** The chain may end here. */
  readonly final?: boolean;
}

export interface Edge {
  readonly to: string;
  /** What is handed on along the edge. */
  readonly writes?: Texts;
  /** How often at most the edge is taken in one run; needed on one edge of every cycle. */
  readonly atMost?: number;
}

export type Texts =
  | { readonly kind: "regex"; readonly source: string }
  | { readonly kind: "gbnf"; readonly source: string }
  | { readonly kind: "language"; readonly name: string }
  | { readonly kind: "anything" };

/** A finding about a chain. `not decided` is a failure, too: it is not proved. */
export interface ChainProblem {
  readonly kind: "broken" | "not decided";
  readonly at: string;
  readonly message: string;
  /** A shortest text that is written and cannot be read. */
  readonly text?: string;
  /** Where in the grammar that writes it. */
  readonly rule?: string;
  readonly line?: number;
}

/** Whether each step can read whatever it is handed, every step is of use, and every cycle is bounded. */
export function checkChain({ start, steps }: Chain): readonly ChainProblem[] {
  const problems: ChainProblem[] = [];
  const broken = (at: string, message: string, { text, rule, line }: Partial<Offence> = {}) => {
    const place = rule === undefined || line === undefined ? {} : { rule, line };
    problems.push({ kind: "broken", at, message, ...(text !== undefined && { text }), ...place });
  };
  if (steps[start] === undefined)
    return [{ kind: "broken", at: start, message: "the chain starts at a step that is not there" }];
  const edges = Object.entries(steps).flatMap(([from, { next = [] }]) =>
    next.map((edge) => ({ from, ...edge })),
  );
  for (const { from, to, writes } of edges) {
    const target = steps[to];
    if (target === undefined) {
      broken(from, `it goes on to ${to}, which is not there`);
      continue;
    }
    if (target.reads === undefined || target.reads.kind === "anything") continue;
    if (writes === undefined) {
      broken(from, `it hands nothing described on to ${to}, which reads something definite`);
      continue;
    }
    const result = within(writes, target.reads);
    if (result.kind === "not decided")
      problems.push({ kind: "not decided", at: `${from} -> ${to}`, message: result.message });
    else if (result.kind === "counterexample")
      broken(`${from} -> ${to}`, "this is written and cannot be read", result);
  }
  const follow = (
    links: readonly { readonly from: string; readonly to: string }[],
    from: readonly string[],
  ) => {
    const seen = new Set(from);
    for (const at of seen) for (const link of links) if (link.from === at) seen.add(link.to);
    return seen;
  };
  const reached = follow(edges, [start]);
  const finals = Object.entries(steps).flatMap(([name, { final }]) => (final ? [name] : []));
  const useful = follow(
    edges.map(({ from, to }) => ({ from: to, to: from })),
    finals,
  );
  for (const name of Object.keys(steps)) {
    if (!reached.has(name)) broken(name, "no path leads here");
    else if (!useful.has(name)) broken(name, "no path leads from here to an end");
  }
  const unbounded = edges.filter(({ atMost }) => atMost === undefined);
  for (const { from, to } of unbounded) {
    if (follow(unbounded, [to]).has(from))
      broken(
        `${from} -> ${to}`,
        "it is on a cycle that may be run without end; give one of its edges atMost",
      );
  }
  for (const { from, to, atMost } of edges) {
    if (atMost !== undefined && !(Number.isInteger(atMost) && atMost > 0))
      broken(`${from} -> ${to}`, "atMost is no positive number");
  }
  return problems;
}

type Within =
  | { readonly kind: "yes" }
  | {
      readonly kind: "counterexample";
      readonly text: string;
      readonly rule?: string;
      readonly line?: number;
    }
  | { readonly kind: "not decided"; readonly message: string };

/** Whether all texts of the first are texts of the second. */
function within(written: Texts, read: Texts): Within {
  if (read.kind === "anything") return { kind: "yes" };
  if (written.kind === "language" && read.kind === "language") {
    if (written.name === read.name) return { kind: "yes" };
    return {
      kind: "not decided",
      message: `${written.name} and ${read.name} are two languages; let both sides share one`,
    };
  }
  if (written.kind === "anything")
    return { kind: "not decided", message: "anything may be written; describe it" };
  let left: Dfa;
  let right: Dfa;
  try {
    const language = read.kind === "language" ? LANGUAGES[read.name] : undefined;
    if (written.kind === "gbnf" && language !== undefined) {
      const offence = offenceAgainst(language(), written.source);
      if (offence === null) return { kind: "yes" };
      const { text, rule, line } = offence;
      return { kind: "counterexample", text, rule, line };
    }
    left = automatonOf(written);
    right = automatonOf(read);
  } catch (error) {
    return { kind: "not decided", message: error instanceof Error ? error.message : "it cannot be read" };
  }
  const queue: { readonly a: number; readonly b: number; readonly text: string }[] = [
    { a: 0, b: 0, text: "" },
  ];
  const seen = new Set(["0 0"]);
  for (const { a, b, text } of queue) {
    if (left.accepting[a] && !(b >= 0 && right.accepting[b])) return { kind: "counterexample", text };
    for (const symbol of ORDER) {
      const next = left.next[a * SYMBOLS + symbol]!;
      if (next < 0) continue;
      const other = b < 0 ? -1 : right.next[b * SYMBOLS + symbol]!;
      const key = `${next} ${other}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ a: next, b: other, text: text + characterOf(symbol) });
    }
  }
  return { kind: "yes" };
}

const MOST_INSTRUCTIONS = 20_000;

function automatonOf(texts: Texts): Dfa {
  switch (texts.kind) {
    case "regex":
      return minimal(dfaOf(new RegExp(texts.source)));
    case "gbnf":
      return minimal(gbnfAutomaton(texts.source));
    default:
      throw new Error(
        `${texts.kind === "language" ? texts.name : "anything"} is not regular here; let both sides share it`,
      );
  }
}

/** A bounded grammar written out. Throws when it is too large to be. */
function gbnfAutomaton(source: string): Dfa {
  const grammar = readGbnf(source);
  const instructions: Instruction[] = [{ kind: "match" }];
  const add = (instruction: Instruction): number => {
    if (instructions.length > MOST_INSTRUCTIONS)
      throw new Error("the grammar is too large to be written out; share a language, or bound it lower");
    return instructions.push(instruction) - 1;
  };
  const build = (node: GbnfNode, next: number): number => {
    switch (node.kind) {
      case "set":
        return add({ kind: "read", symbols: new Set(node.symbols), next });
      case "rule":
        return build(grammar.rules.get(node.rule)!.body, next);
      case "sequence":
        return node.items.reduceRight((after, item) => build(item, after), next);
      case "choice":
        return node.items
          .map((item) => build(item, next))
          .reduceRight((second, first) => add({ kind: "split", first, second }));
      case "repeat": {
        let start = next;
        for (let copy = node.min; copy < node.max; copy += 1) {
          start = add({ kind: "split", first: build(node.item, start), second: next });
        }
        for (let copy = 0; copy < node.min; copy += 1) start = build(node.item, start);
        return start;
      }
    }
  };
  const start = build(grammar.rules.get("root")!.body, 0);
  return determinise({ instructions, start });
}
