import type { AnnotationsTask, TextLoop } from "../../engine/task.ts";
import { directionOf, modifiedNames } from "../../tasks/annotations/assigns.ts";
import { contractText } from "../../tasks/annotations/contract.ts";
import { initialValues } from "../../tasks/annotations/initial.ts";
import { type Comparison, comparisons, loopParts } from "../../tasks/annotations/loops.ts";
import { namesIn } from "../../tasks/annotations/tokens.ts";
import { isSafe } from "../../tasks/invariants/edit.ts";
import { goalAtoms } from "./goal.ts";

/** Atoms for one loop, the likeliest first. */
const MOST = 32;

/**
 * Candidate invariants of a loop from the tokens of its function: bounds from its condition and from the values that variables
 * start with, the postconditions with the counter in place of its bound, what the preconditions say of variables that change.
 */
export function harvestAtoms(task: AnnotationsTask, loop: TextLoop): string[] {
  const { text } = task.document;
  const { condition, body } = loopParts(text, loop);
  const modified = modifiedNames(text, loop);
  const changing = loop.scope.filter((name) => modified.has(name));
  const guards = comparisons(condition);
  const direction = (name: string) => directionOf(text, loop, name);
  const atoms = [
    ...guards.flatMap((one) => bounds(one, modified)),
    ...condition.flatMap(({ kind, text: name }) =>
      kind === "word" && condition.length <= 2 && changing.includes(name) ? [`${name} >= 0`] : [],
    ),
    ...fromStart(changing, initialValues(task, loop), modified, direction),
    ...goalAtoms(task, loop, guards, modified),
    ...contractText(task).requires.filter((one) => changing.some((name) => mentions(one, name))),
    ...parametersAtEntry(task, changing, direction),
    ...pairs(
      changing,
      guards,
      body.some((one) => /^(?:if|switch|\?)$/.test(one.text)),
    ),
  ];
  return [...new Set(atoms.flatMap(links))].filter(isSafe).slice(0, MOST);
}

/** A chain of comparisons as its links, each with the smaller side first: so that nothing is tried under two names. */
function links(atom: string): string[] {
  const parts = atom.split(/ (<=?|>=?|==|!=) /);
  const comparing =
    parts.length >= 3 &&
    parts.every((part, at) => at % 2 === 1 || /^[\w\s+*.-]+$|^\\at\(\w+, Pre\)$/.test(part));
  if (!comparing) return [atom];
  return parts.flatMap((relation, at) => {
    if (at % 2 === 0) return [];
    const [left, right] = [parts[at - 1]!, parts[at + 1]!];
    if (relation === ">=") return [`${right} <= ${left}`];
    return [relation === ">" ? `${right} < ${left}` : `${left} ${relation} ${right}`];
  });
}

/** The condition as it may also hold when the loop ends. */
function bounds({ left, relation, right }: Comparison, modified: ReadonlySet<string>): string[] {
  if (!namesIn(`${left} ${right}`).some((name) => modified.has(name))) return [];
  switch (relation) {
    case "<":
      return [`${left} <= ${right}`];
    case "<=":
      return [`${left} <= ${right} + 1`];
    case ">":
      return [`${left} >= ${right}`];
    case ">=":
      return [`${left} >= ${right} - 1`];
    case "!=":
      return [`${left} <= ${right}`, `${left} >= ${right}`];
    case "==":
      return [];
  }
}

/** A variable goes up or down from where it starts. */
function fromStart(
  changing: readonly string[],
  values: ReadonlyMap<string, string>,
  modified: ReadonlySet<string>,
  directionOf: (name: string) => "up" | "down" | null,
): string[] {
  return changing.flatMap((name) => {
    const value = values.get(name);
    if (value === undefined || namesIn(value).some((one) => modified.has(one))) return [];
    const direction = directionOf(name);
    return [
      ...(direction === "down" ? [] : [`${name} >= ${value}`]),
      ...(direction === "up" ? [] : [`${name} <= ${value}`]),
    ];
  });
}

function parametersAtEntry(
  { document, span }: AnnotationsTask,
  changing: readonly string[],
  directionOf: (name: string) => "up" | "down" | null,
): string[] {
  const text = document.text.slice(span.start, span.end).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, " ");
  const head = text.slice(0, text.indexOf("{"));
  return changing
    .filter((name) => mentions(head, name))
    .flatMap((name) => [
      ...(directionOf(name) === "up" ? [] : [`${name} <= \\at(${name}, Pre)`]),
      ...(directionOf(name) === "down" ? [] : [`${name} >= \\at(${name}, Pre)`]),
    ]);
}

/** What counts is bounded by what counts every time. */
function pairs(changing: readonly string[], guards: readonly Comparison[], branches: boolean): string[] {
  const counters = changing.filter((name) =>
    guards.some(({ left, right }) => left === name || right === name),
  );
  return counters.flatMap((counter) =>
    changing
      .filter((name) => name !== counter)
      .flatMap((name) => [`${name} <= ${counter}`, ...(branches ? [] : [`${name} == ${counter}`])]),
  );
}

function mentions(text: string, name: string): boolean {
  return namesIn(text).includes(name);
}
