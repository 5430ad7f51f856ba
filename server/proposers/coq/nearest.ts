import type { Failed, Position, Suggestion, TacticSource } from "../../search/source.ts";
import { readStatement, topOf } from "./shape.ts";
import { factsOf, namesOf } from "./variables.ts";

/** Names that are tried in the place of one that is not known, and how far a spelling may be off. */
const MOST_NEAREST = 3;
const FARTHEST = 0.4;
/** After so many failures at a state its goal is none that near misses help with. */
const MOST_FAILURES = 160;

/** Answers an unknown name with the nearest names in scope: hypotheses for a hypothesis, spelling for the rest. */
export function nearestNames(): TacticSource {
  return { name: "nearest names", kind: "symbolic", repair };
}

function* repair(position: Position, { tactic, failure, message }: Failed): Iterable<Suggestion> {
  if (failure !== "unknown name") return;
  const unknown = unknownName(message);
  if (unknown === null || position.failures.length > MOST_FAILURES) return;
  for (const [at, name] of nearest(unknown, tactic, position).entries()) {
    const exchanged = tactic.replace(WORD, (word) => (word === unknown ? name : word));
    if (exchanged === tactic) continue;
    yield { tactics: [exchanged], cost: 2.0 + 0.4 * at, deadlineMs: 400, arm: "nearest names" };
  }
}

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_'.]*[\p{L}\p{N}_']|[\p{L}_]`;
const WORD = new RegExp(NAME, "gu");
const UNKNOWN = new RegExp(
  `(?:The (?:reference|variable) |No such hypothesis:? |No such section variable or assumption:? )(${NAME})`,
  "u",
);

/** The name that Coq says it does not know. */
export function unknownName(message: string): string | null {
  const text = message.replace(/\s+/g, " ");
  return UNKNOWN.exec(text)?.[1] ?? null;
}

/** Names in scope that may have been meant, the likeliest first. */
export function nearest(unknown: string, tactic: string, position: Position): string[] {
  const { goal, relevant } = position;
  const local = namesOf(goal).map(([name]) => name);
  const spelt = [...local, ...readStatement(goal.conclusion).binders.map(({ name }) => name)]
    .concat(relevant.map(({ name }) => name))
    .map((name) => ({ name, far: distance(unknown, name) / Math.max(unknown.length, name.length) }))
    .filter(({ name, far }) => name !== unknown && far <= FARTHEST)
    .sort((a, b) => a.far - b.far)
    .map(({ name }) => name);
  if (!/^(H\w{0,3}'*|IH\w*|Heq\w*|h\d*)$/.test(unknown)) return spelt.slice(0, MOST_NEAREST);
  // A hypothesis has the name that its proof gave it: another's H0 may be any of ours.
  const facts = factsOf(goal);
  const fitting = /^(rewrite|erewrite)\b/.test(tactic)
    ? facts.filter(({ type }) => topOf(readStatement(type).conclusion) === "=")
    : facts;
  const induction = facts.filter(({ name }) => /^IH/.test(name));
  const first = /^IH/.test(unknown) ? induction : fitting;
  return [...new Set([...first.map(({ name }) => name), ...spelt])].slice(0, MOST_NEAREST);
}

/** Letters that have to be put in, left out or exchanged (Levenshtein, 1966). */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
