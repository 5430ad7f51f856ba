import { readSentences } from "../../../grammars/coq/sentences.ts";
import type { Premise } from "../../search/session.ts";
import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import { readStatement } from "./shape.ts";
import { dataOf, namesOf } from "./variables.ts";

/** Neighbours that are looked at, nearest first, and their whole proofs that are tried. */
const MOST_NEIGHBOURS = 60;
const MOST_WHOLE = 12;
const LONGEST_WHOLE = 12;
const MOST_STEPS = 30;

interface Step {
  /** With its blanks evened out and without its full stop. */
  readonly tactic: string;
  readonly before: string | null;
  readonly neighbour: number;
}

/** Tactics from the proofs that stand before the hole in its file, and those proofs as a whole, with the names exchanged. */
export function neighbours(premises: readonly Premise[]): TacticSource {
  const proofs = premises
    .filter(({ proof }) => proof !== null)
    .slice(0, MOST_NEIGHBOURS)
    .map(({ proof }) => tacticsOf(proof!));
  const steps = proofs.flatMap((tactics, neighbour) =>
    tactics.map((tactic, at): Step => ({ tactic, before: tactics[at - 1] ?? null, neighbour })),
  );
  const frequency = new Map<string, number>();
  for (const { tactic, neighbour } of steps)
    frequency.set(tactic, (frequency.get(tactic) ?? 0) + 1 / (1 + neighbour / 10));
  const total = [...frequency.values()].reduce((sum, count) => sum + count, 0);
  return {
    name: "neighbours",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      if (position.depth === 0) yield* whole(proofs, position);
      const score = new Map<string, number>();
      for (const { tactic, before, neighbour } of steps) {
        if (!follows(before, position.last)) continue;
        score.set(tactic, (score.get(tactic) ?? 0) + 4 / (1 + neighbour / 10));
      }
      for (const [tactic, count] of frequency) score.set(tactic, (score.get(tactic) ?? 0) + count);
      const best = [...score].sort((a, b) => b[1] - a[1]).slice(0, MOST_STEPS);
      for (const [tactic, count] of best) {
        const cost = Math.min(4.5, Math.max(0.8, 0.6 - 0.5 * Math.log(count / (total + 1))));
        for (const [at, adapted] of adapt(tactic, position).entries())
          yield { tactics: [adapted], cost: cost + 0.5 * at, deadlineMs: 500, arm: "neighbours:step" };
      }
    },
  };
}

/** Sentences of a proof that are tactics, without bullets and braces. */
export function tacticsOf(proof: string): string[] {
  return readSentences(proof)
    .sentences.filter(
      ({ kind, tokens }) =>
        kind === "command" && !/^(Proof|Qed|Defined|Admitted)$/.test(tokens[0]?.text ?? ""),
    )
    .map(({ text }) => text.replace(/\s+/g, " ").replace(/\.$/, "").trim())
    .filter((tactic) => tactic !== "" && tactic.length < 300);
}

function* whole(proofs: readonly (readonly string[])[], position: Position): Iterable<Suggestion> {
  const distinct = new Map<string, readonly string[]>();
  for (const tactics of proofs.filter((one) => one.length > 0 && one.length <= LONGEST_WHOLE))
    distinct.set(tactics.join(". "), tactics);
  for (const [at, tactics] of [...distinct.values()].slice(0, MOST_WHOLE).entries()) {
    const exchanged = exchange(tactics, position);
    const cost = 0.8 + 0.15 * at + 0.1 * tactics.length;
    for (const [variant, script] of exchanged.entries())
      yield { tactics: script, cost: cost + 0.4 * variant, deadlineMs: 1_000, arm: "neighbours:whole" };
  }
}

/** The whole script for each variable of ours in the place of the one that the neighbour begins with. */
function exchange(tactics: readonly string[], position: Position): string[][] {
  const target = tactics
    .map((tactic) => /\b(?:induction|destruct)\s+([\p{L}_][\p{L}\p{N}_']*)/u.exec(tactic)?.[1])
    .find((name) => name !== undefined);
  if (target === undefined || isKnown(target, position)) return [[...tactics]];
  const replace = (name: string) =>
    tactics.map((tactic) => swap(tactic, target, name).replaceAll(`IH${target}`, `IH${name}`));
  return dataOf(position.goal)
    .slice(0, 3)
    .map(({ name }) => replace(name));
}

/** A step for this goal: names that it does not have are exchanged for those that it has. */
function adapt(tactic: string, position: Position): string[] {
  const target =
    /\b(?:induction|destruct|inversion|invc|inv|case|elim|revert|generalize dependent)\s+([\p{L}_][\p{L}\p{N}_']*)/u.exec(
      tactic,
    )?.[1];
  if (target === undefined || isKnown(target, position)) return [tactic];
  const names = [...dataOf(position.goal).map(({ name }) => name)].slice(0, 3);
  return names.map((name) => swap(tactic, target, name).replaceAll(`IH${target}`, `IH${name}`));
}

function isKnown(name: string, { goal }: Position): boolean {
  return (
    namesOf(goal).some(([known]) => known === name) ||
    readStatement(goal.conclusion).binders.some((binder) => binder.name === name)
  );
}

function swap(text: string, from: string, to: string): string {
  return text.replace(/[\p{L}_][\p{L}\p{N}_']*/gu, (word) => (word === from ? to : word));
}

/** The same kind of step came before: the same words up to its arguments. */
function follows(before: string | null, last: string | null): boolean {
  if (before === null || last === null) return before === last;
  const head = (tactic: string) => tactic.split(/\s/).slice(0, 1).join(" ");
  return before === last || head(before) === head(last);
}
