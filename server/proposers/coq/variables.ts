import type { Goal } from "../../search/session.ts";
import { readStatement, wordsOf } from "./shape.ts";

/** A name of the goal that can be taken apart: a hypothesis, or a variable that is still quantified. */
export interface Candidate {
  readonly name: string;
  readonly type: string;
  readonly introduced: boolean;
  /** How often the conclusion and the hypotheses speak of it. */
  readonly uses: number;
}

const NOT_DATA = /^(Type|Set|Prop)$|->|^forall\b|^relation\b/;

/** Data of the goal on which case analysis or induction may be tried, the most used first. Functions, types and proofs are not. */
export function dataOf(goal: Goal): Candidate[] {
  const { binders, premises, conclusion } = readStatement(goal.conclusion);
  const abstract = new Set(
    [...binders.map(({ name, type }) => [name, type] as const), ...namesOf(goal)]
      .filter(([, type]) => /^(Type|Set)$/.test(type))
      .map(([name]) => name),
  );
  const propositions = new Set(premises);
  const text = `${conclusion} ${premises.join(" ")}`;
  const count = (name: string) =>
    wordsIn(text, name) * 2 + wordsIn(goal.hypotheses.map(({ type }) => type).join(" "), name);
  const isData = (type: string) => !NOT_DATA.test(type) && !abstract.has(type) && !propositions.has(type);
  const quantified = binders
    .filter(({ type }) => isData(type))
    .map(({ name, type }) => ({ name, type, introduced: false, uses: count(name) }));
  const introduced = namesOf(goal)
    .filter(([, type]) => isData(type) && !isProposition(type, goal))
    .map(([name, type]) => ({ name, type, introduced: true, uses: count(name) }));
  return [...quantified, ...introduced].filter(({ uses }) => uses > 0).sort((a, b) => b.uses - a.uses);
}

/** Hypotheses that state something, with their types, the latest first. */
export function factsOf(goal: Goal): { name: string; type: string }[] {
  const data = new Set(dataOf(goal).map(({ name }) => name));
  return namesOf(goal)
    .filter(
      ([name, type]) =>
        !/^(Type|Set|Prop)$|\{.*\} \+ \{/.test(type) && (isProposition(type, goal) || !data.has(name)),
    )
    .map(([name, type]) => ({ name, type }))
    .reverse();
}

export function namesOf(goal: Goal): [string, string][] {
  return goal.hypotheses.flatMap(({ names, type }) => names.map((name): [string, string] => [name, type]));
}

/** A guess from the look of a type: relations and connectives make propositions, and so does an application to data. */
function isProposition(type: string, goal: Goal): boolean {
  if (/^\{.*\}( \+ \{.*\})?$/.test(type)) return false;
  if (/[=<>~]|\/\\|\\\/|->|\b(forall|exists|True|False)\b/.test(type)) return true;
  const types = new Map(namesOf(goal));
  return wordsOf(type)
    .slice(1)
    .some((word) => types.has(word) && !/^(Type|Set|Prop)$/.test(types.get(word)!));
}

function wordsIn(text: string, name: string): number {
  return text.split(/[^\p{L}\p{N}_'.]+/u).filter((word) => word === name).length;
}
