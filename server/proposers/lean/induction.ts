import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import { textOf, toldOf } from "./automation.ts";
import { casesWithNames, constructorsOf } from "./inductive.ts";
import { callsOf, type Definition, dataOf, mentioned, stemsOf, type Variable } from "./shape.ts";

const QUICK = 2_000;
const CLOSING = 4_000;
const MOST_TARGETS = 4;
/** Functions of the library whose recursion is over two arguments, so that an induction over one of them is not enough. */
const LIBRARY = ["List.take", "List.drop", "List.zip", "List.zipWith"];

/** Induction over data, along the calls of a function, and cases, each as a step and with what closes all that it leaves. */
export function induction(definitions: readonly Definition[]): TacticSource {
  return {
    name: "induction",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      const names = mentioned(textOf(position), definitions);
      const { plain: using, lemmas } = toldOf(position, definitions);
      // A second induction in one branch is rarer than the first; a lemma begins anew.
      const since = position.script.slice(
        position.script.findLastIndex((tactic) => /^suffices /.test(tactic)) + 1,
      );
      const done = since.filter((tactic) => /induction/.test(tactic)).length;
      const situation = { position, definitions, using, lemmas, done };
      yield* functional(situation, names);
      yield* overData(situation);
      yield* cases(situation);
    },
  };
}

interface Situation {
  readonly position: Position;
  readonly definitions: readonly Definition[];
  /** The definitions that the goal mentions, as simp and grind are told of them; empty where there are none. */
  readonly using: string;
  /** The same with the file's lemmas; null where there are none. */
  readonly lemmas: string | null;
  /** Inductions so far. */
  readonly done: number;
}

function one(tactic: string, cost: number, arm: string, deadlineMs: number): Suggestion {
  return { tactics: [tactic], cost, deadlineMs, arm: `structure:${arm}` };
}

/** A step with each of the finishers that may close all that it leaves. */
function* finished(head: string, using: string, cost: number, arm: string): Iterable<Suggestion> {
  yield one(`${head} <;> grind${using}`, cost, `${arm}; grind`, CLOSING);
  yield one(`${head} <;> try simp_all${using}`, cost + 0.1, `${arm}; simp_all`, CLOSING);
  yield* twice(head, using, cost, arm);
}

/** The same, told of the file's lemmas; they may be none for `grind`, or make `simp_all` run in a circle. */
function* withLemmas(head: string, lemmas: string, cost: number): Iterable<Suggestion> {
  yield one(`${head} <;> grind${lemmas}`, cost, "induction; grind with lemmas", CLOSING);
  yield one(`${head} <;> simp_all${lemmas}`, cost + 0.1, "induction; simp_all with lemmas", CLOSING);
}

function* twice(head: string, using: string, cost: number, arm: string): Iterable<Suggestion> {
  yield one(`${head} <;> simp_all${using} <;> omega`, cost + 0.9, `${arm}; simp_all; omega`, CLOSING);
  yield one(`${head} <;> simp_all${using} <;> grind${using}`, cost + 0.8, `${arm}; simp_all; grind`, CLOSING);
}

/** Induction that follows the recursion of a function on the very arguments that it is called with. */
function* functional(
  { position, using, lemmas, done }: Situation,
  names: readonly Definition[],
): Iterable<Suggestion> {
  const { conclusion, hypotheses } = position.goal;
  const text = `${conclusion}\n${hypotheses.map(({ type }) => type).join("\n")}`;
  const functions = [
    ...names
      .filter(({ recursive }) => recursive)
      .slice(0, 4)
      .map(({ name }) => name),
    ...LIBRARY,
  ];
  let at = 0;
  for (const name of functions) {
    const inGoal = callsOf(conclusion, name);
    const calls = [...inGoal, ...callsOf(text, name).filter((call) => !inGoal.includes(call))];
    for (const call of calls.filter((one) => !one.includes("✝")).slice(0, 3)) {
      const base = 0.6 + 0.3 * at++ + 1.0 * done + (LIBRARY.includes(name) ? 0.8 : 0);
      yield* finished(`fun_induction ${call}`, using, base, "functional induction");
      if (lemmas !== null) yield* withLemmas(`fun_induction ${call}`, lemmas, base + 0.2);
      yield one(`fun_induction ${call}`, base + 0.8, "functional induction step", QUICK);
      yield one(`fun_cases ${call} <;> simp_all${using}`, base + 1.6, "functional cases", CLOSING);
      yield one(`fun_cases ${call} <;> grind${using}`, base + 1.7, "functional cases", CLOSING);
    }
  }
}

/** Variables of the goal over which induction or cases may be done, those of the conclusion first. */
function targets({ position: { goal } }: Situation): Variable[] {
  const words = stemsOf(goal.conclusion);
  const data = dataOf(goal).filter(({ type }) => !/^(?:Bool|Char|String)\b|^[α-ω]$|→/.test(type));
  const mentionedThere = data.filter(({ name }) => words.has(name));
  return mentionedThere.slice(0, MOST_TARGETS);
}

function* overData(situation: Situation): Iterable<Suggestion> {
  const { position, definitions, using, lemmas, done } = situation;
  const taken = new Set(position.goal.hypotheses.flatMap(({ names }) => names));
  const data = targets(situation);
  // Induction over something simple first where nothing tells them apart: lists and trees before numbers.
  const ordered = [...data].sort((a, b) => Number(a.type === "Nat") - Number(b.type === "Nat"));
  for (const [at, { name, type }] of ordered.entries()) {
    const base = 0.8 + 0.4 * at + 1.0 * done;
    const constructors = constructorsOf(type, definitions);
    const named = constructors && ` ${casesWithNames(name, constructors, taken, true)}`;
    const steps = function* (head: string, cost: number): Iterable<Suggestion> {
      yield one(`${head} <;> grind${using}`, cost, "induction; grind", CLOSING);
      // With names, since it is here that a proof goes on by hand.
      const simplified = named
        ? `(${head}${named}) <;> try simp_all${using}`
        : `${head} <;> simp_all${using}`;
      yield one(simplified, cost + 0.1, "induction; simp_all", CLOSING);
      yield* twice(head, using, cost, "induction");
      if (lemmas !== null) yield* withLemmas(head, lemmas, cost + 0.2);
      yield one(`${head}${named ?? ""}`, cost + 0.6, "induction step", QUICK);
      if (constructors === null) return;
      // Functions that look two constructors deep.
      for (const [rank, finisher] of [`simp_all${using}`, `grind${using}`].entries()) {
        const body = (inner: readonly string[]) =>
          inner.length === 1 ? `cases ${inner[0]} <;> ${finisher}` : finisher;
        const arms = casesWithNames(name, constructors, taken, true, body);
        yield one(`${head} ${arms}`, cost + 0.4 + 0.4 * rank, "induction, two deep", CLOSING);
      }
    };
    const others = data.filter((other) => other.name !== name);
    const general = others.length > 0 ? ` generalizing ${others.map((other) => other.name).join(" ")}` : "";
    yield* steps(`induction ${name}`, base);
    if (general === "") continue;
    yield* steps(`induction ${name}${general}`, base + 0.25);
    // Functions that recurse on two arguments at once need cases of the second, too.
    const inner = others.filter((other) => constructorsOf(other.type, definitions) !== null).slice(0, 3);
    for (const [rank, other] of inner.entries())
      yield* together(`induction ${name}${general} <;> cases ${other.name}`, using, base + 0.3 + 0.1 * rank);
    if (inner.length > 1) {
      const all = inner
        .slice(0, 2)
        .map((other) => `cases ${other.name}`)
        .join(" <;> ");
      yield* together(`induction ${name}${general} <;> ${all}`, using, base + 0.5);
    }
  }
}

/** Induction with cases of another argument: `simp_all` first, which fails quickly. */
function* together(head: string, using: string, cost: number): Iterable<Suggestion> {
  yield one(`${head} <;> simp_all${using}`, cost, "induction and cases; simp_all", CLOSING);
  yield one(`${head} <;> grind${using}`, cost + 0.5, "induction and cases; grind", CLOSING);
  yield* twice(head, using, cost + 0.3, "induction and cases");
}

function* cases(situation: Situation): Iterable<Suggestion> {
  const { position, definitions, using } = situation;
  const taken = new Set(position.goal.hypotheses.flatMap(({ names }) => names));
  for (const [at, { name, type }] of targets(situation).entries()) {
    const constructors = constructorsOf(type, definitions);
    const named = constructors && ` ${casesWithNames(name, constructors, taken, false)}`;
    yield one(`cases ${name} <;> grind${using}`, 1.4 + 0.4 * at, "cases; grind", CLOSING);
    yield one(`cases ${name} <;> simp_all${using}`, 1.4 + 0.4 * at, "cases; simp_all", CLOSING);
    yield one(`cases ${name}${named ?? ""}`, 2.0 + 0.4 * at, "cases", QUICK);
  }
}
