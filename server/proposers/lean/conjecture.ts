import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import { textOf, toldOf } from "./automation.ts";
import {
  argumentsOf,
  callsOf,
  compoundsIn,
  type Definition,
  dataOf,
  factsOf,
  mentioned,
  stemsOf,
  topHas,
} from "./shape.ts";

const QUICK = 2_000;
const PROVING = 8_000;
const MOST = 4;

/**
 * What an induction that is stuck may need: the goal about any value in the place of a compound term (Boyer and Moore, 1979), or a
 * lemma that is guessed from the goal. A guess that does not give the goal costs a failed tactic.
 */
export function conjecture(definitions: readonly Definition[]): TacticSource {
  return {
    name: "conjecture",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      const names = mentioned(textOf(position), definitions);
      const { plain: using } = toldOf(position, definitions);
      // Before the first induction nothing is stuck.
      const stuck = position.script.some((tactic) => /induction/.test(tactic));
      if (stuck) {
        yield* generalizations(position, definitions);
        yield* aboutAnyValue(position, definitions, using);
      }
      yield* accumulators(position, names, using);
    },
  };
}

function one(tactic: string, cost: number, arm: string, deadlineMs: number): Suggestion {
  return { tactics: [tactic], cost, deadlineMs, arm: `conjecture:${arm}` };
}

/** A name that no hypothesis has. */
function fresh(stem: string, { goal }: Position): string {
  const taken = new Set(goal.hypotheses.flatMap(({ names }) => names));
  let made = stem;
  for (let at = 1; taken.has(made); at++) made = `${stem}${at}`;
  return made;
}

/** Compound terms in which a variable of the goal stands, the shortest first: those are what a recursion left. */
function compounds({ goal }: Position, definitions: readonly Definition[]): string[] {
  const data = new Set(dataOf(goal).map(({ name }) => name));
  const bracketed = compoundsIn(goal.conclusion);
  // Operands of `++` and the like have no brackets of their own.
  const calls = mentioned(goal.conclusion, definitions)
    .flatMap(({ name }) => callsOf(goal.conclusion, name))
    .filter((call) => !bracketed.includes(`(${call})`) && goal.conclusion.includes(`(${call} `));
  return (
    [...bracketed, ...calls]
      .filter((term) => !term.includes("✝") && [...stemsOf(term)].some((word) => data.has(word)))
      .filter((term) => !/\b(?:fun|match|if)\b|[=≤<∀∃∧∨]/.test(term))
      // `(x :: xs)` and `(n + 1)` begin with a variable: what an induction made is not generalized away again.
      .filter((term) => !data.has(/^\(?([\p{L}_][\p{L}\p{N}_']*)/u.exec(term)?.[1] ?? ""))
      .sort((a, b) => a.length - b.length)
      .slice(0, MOST)
  );
}

/** The goal for any value in the place of a compound term, where nothing else needs to be known of it. */
function* generalizations(position: Position, definitions: readonly Definition[]): Iterable<Suggestion> {
  const name = fresh("g", position);
  for (const [at, term] of compounds(position, definitions).entries()) {
    const open = variablesIn(term, position).some((one) =>
      stemsOf(position.goal.conclusion.replaceAll(term, name)).has(one.name),
    );
    if (!open) yield one(`generalize ${term} = ${name}`, 1.2 + 0.3 * at, "generalize", QUICK);
  }
}

function variablesIn(term: string, { goal }: Position) {
  const words = stemsOf(term);
  return dataOf(goal).filter(({ name }) => words.has(name));
}

/**
 * A lemma about any value in the place of a compound term `(f t)`: with what the hypotheses say of the term as its premises; or, where
 * the goal speaks of `t` besides, which a hypothesis relates to `(f t)`, with the value in the place of both. It has to give the
 * goal at once, and is then all that is left to prove.
 */
function* aboutAnyValue(
  position: Position,
  definitions: readonly Definition[],
  using: string,
): Iterable<Suggestion> {
  const { goal } = position;
  const name = fresh("g", position);
  let rank = 0;
  for (const term of compounds(position, definitions)) {
    const about = goal.conclusion.replaceAll(term, name);
    const inside = variablesIn(term, position);
    const still = inside.filter((one) => stemsOf(about).has(one.name));
    if (still.length === 0) {
      const premises = factsOf(goal)
        .filter(({ type }) => type.includes(term))
        .map(({ type }) => type.replaceAll(term, name))
        .filter((type) => !inside.some((one) => stemsOf(type).has(one.name)))
        .map((type) => `(${type}) → `);
      if (premises.length > 0)
        yield* enough(position, `∀ ${name}, ${premises.join("")}${about}`, using, 1.0 + 0.3 * rank++);
    }
    for (const { name: variable, type } of still) {
      // An induction hypothesis `f (g t) = t` read backwards.
      for (const fact of factsOf(goal)) {
        const [left, right, more] = fact.type.split(" = ");
        if (right !== variable || more !== undefined || !left!.includes(term)) continue;
        const backwards = replaceWord(about, variable, `(${left!.replaceAll(term, name)})`);
        yield* enough(position, `∀ ${name}, ${backwards}`, using, 0.9 + 0.3 * rank++);
      }
      const both = replaceWord(about, variable, name);
      // What is left has to say something of a function of the file.
      if (mentioned(both, definitions).length === 0) continue;
      yield* enough(position, `∀ ${name} : ${type}, ${both}`, using, 1.0 + 0.3 * rank++);
    }
  }
}

/** A statement that gives the goal at once, so that it alone is left to prove. */
function* enough(position: Position, statement: string, using: string, cost: number): Iterable<Suggestion> {
  const plain = statement.replace(/\s+/g, " ").replace(/\(([\p{L}_][\p{L}\p{N}_']*)\)/gu, "$1");
  const head = `suffices ${fresh("key", position)} : ${plain} by`;
  yield one(`${head} grind${using}`, cost, "lemma", PROVING);
  yield one(`${head} simp_all${using}`, cost + 0.2, "lemma", PROVING);
}

function replaceWord(text: string, word: string, by: string): string {
  return text.replace(/[\p{L}_][\p{L}\p{N}_']*/gu, (found) => (found === word ? by : found));
}

/** What a call with an empty accumulator says of the same call with any. */
function* accumulators(
  position: Position,
  names: readonly Definition[],
  using: string,
): Iterable<Suggestion> {
  const { conclusion } = position.goal;
  if (!topHas(conclusion, "=")) return;
  const equation = /^([\s\S]+?) = ([\s\S]+)$/.exec(conclusion);
  const data = dataOf(position.goal);
  const name = fresh("acc", position);
  for (const { name: f } of names.filter(({ recursive }) => recursive)) {
    for (const call of callsOf(conclusion, f).slice(0, 2)) {
      const parts = argumentsOf(call);
      const empty = parts.findIndex((part, at) => at > 0 && (part === "[]" || part === "0"));
      if (empty < 0 || !data.some((one) => parts.includes(one.name))) continue;
      const any = parts.with(empty, name).join(" ");
      const operator = parts[empty] === "[]" ? "++" : "+";
      const other = equation?.[1] === call ? equation[2]! : equation?.[2] === call ? equation[1]! : null;
      const rights = [...(other === null ? [] : [`(${other})`]), `(${call})`].flatMap((right) => [
        `${right} ${operator} ${name}`,
        `${name} ${operator} ${right}`,
      ]);
      for (const [at, right] of rights.entries())
        yield* enough(position, `∀ ${name}, ${any} = ${right}`, using, 1.3 + 0.2 * at);
    }
  }
}
