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
    wordsIn(text, name) * 2 +
    leftOf(text, name) +
    wordsIn(goal.hypotheses.map(({ type }) => type).join(" "), name);
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
  return namesOf(goal)
    .filter(([, type]) => isProposition(type, goal))
    .map(([name, type]) => ({ name, type }))
    .reverse();
}

/** Functions that decide something of two of the same type: `forall x y : A, {x = y} + {x <> y}`; what they are about. */
export function decisionsOf(goal: Goal): { name: string; type: string }[] {
  return namesOf(goal).flatMap(([name, type]) => {
    const { binders, conclusion } = readStatement(type);
    if (!/^\{.*\} \+ \{.*\}$/.test(conclusion) || binders.length !== 2) return [];
    const [first, second] = binders;
    return first!.type === second!.type ? [{ name, type: first!.type }] : [];
  });
}

export function namesOf(goal: Goal): [string, string][] {
  return goal.hypotheses.flatMap(({ names, type }) => names.map((name): [string, string] => [name, type]));
}

const DATA = /^(nat|bool|Z|N|positive|string|unit|ascii|Q|R|Type|Set|Prop)$/;
const CONNECTIVE = /[=<>~]|\/\\|\\\/|\b(exists|True|False)\b/;

/**
 * A guess from the look of a type: relations and connectives make propositions, and so does an application to data. What a
 * function gives tells whether it is one: `A -> bool` is data, `A -> P` with `P : Prop` is a fact.
 */
function isProposition(type: string, goal: Goal): boolean {
  const { premises, conclusion } = readStatement(type);
  if (/^\{.*\}( \+ \{.*\})?$/.test(conclusion)) return false;
  if (CONNECTIVE.test(conclusion)) return true;
  const types = new Map(namesOf(goal));
  const [head, ...others] = wordsOf(conclusion);
  if (head === undefined || DATA.test(head)) return false;
  const own = types.get(head);
  if (own !== undefined) return /(^|-> |, )Prop$/.test(own);
  const isData = (word: string) => types.has(word) && !/^(Type|Set|Prop)$/.test(types.get(word)!);
  return others.some(isData) || (premises.some((one) => CONNECTIVE.test(one)) && others.length > 0);
}

/** How often a name is the left operand of an operation: that is what most of them recurse on. */
function leftOf(text: string, name: string): number {
  return text
    .split(/\s+/)
    .filter(
      (word, at, all) =>
        word.replace(/^\(+/, "") === name && /^(\+\+?|\*|-|<=\?|=\?)$/.test(all[at + 1] ?? ""),
    ).length;
}

function wordsIn(text: string, name: string): number {
  return text.split(/[^\p{L}\p{N}_'.]+/u).filter((word) => word === name).length;
}
