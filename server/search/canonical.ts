import type { Goal } from "./session.ts";

const WORD = /[\p{L}_][\p{L}\p{N}_']*/gu;

/**
 * The same text for goals that differ only in the names of their hypotheses: each becomes its number in order. Two states
 * with one canonical form have the same proofs up to those names, so a search needs only one of them.
 */
export function canonicalGoal(goal: Goal): string {
  const numbers = new Map<string, string>();
  for (const { names } of goal.hypotheses) for (const name of names) numbers.set(name, `#${numbers.size}`);
  const plain = (text: string) =>
    text.replace(WORD, (word) => numbers.get(word) ?? word).replace(/\s+/g, " ");
  const hypotheses = goal.hypotheses.map(
    ({ names, type, body }) => `${names.length}:${plain(type)}${body === null ? "" : `:=${plain(body)}`}`,
  );
  return `${hypotheses.join(";")}|-${plain(goal.conclusion)}`;
}

export function canonicalState(goals: readonly Goal[]): string {
  return goals.map(canonicalGoal).join("\n");
}

/** A goal as printed, names included: what a script written for it can be replayed on. */
export function exactGoal(goal: Goal): string {
  const hypotheses = goal.hypotheses.map(
    ({ names, type, body }) => `${names.join(" ")}:${type}:=${body ?? ""}`,
  );
  return `${hypotheses.join(";")}|-${goal.conclusion}`;
}
