import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import { isLemma } from "./premises.ts";
import { isArithmetic, topOf } from "./shape.ts";

/** A closing tactic: what it costs to begin with, and how long it may take. */
type Entry = readonly [tactic: string, cost: number, deadlineMs: number];

const CLOSERS: readonly Entry[] = [
  ["auto", 0.6, 500],
  ["easy", 0.7, 300],
  ["congruence", 0.9, 400],
  ["lia", 1.3, 600],
  ["eauto", 1.4, 600],
  ["intuition congruence", 1.7, 800],
  ["intuition eauto", 1.9, 1_000],
  ["intuition auto with *", 2.0, 1_000],
  ["intuition lia", 2.3, 1_000],
  ["tauto", 2.2, 500],
  ["firstorder", 2.4, 1_000],
  ["firstorder congruence", 2.8, 1_000],
  ["auto with *", 2.0, 800],
  ["eauto with *", 2.6, 1_000],
  ["eauto 8", 3.2, 1_000],
  ["contradiction", 2.2, 200],
  ["discriminate", 2.4, 200],
  ["now constructor", 2.6, 300],
  ["nia", 4.2, 1_500],
  ["lra", 1.5, 800],
  ["nra", 3.6, 1_500],
  ["ring", 2.6, 500],
  ["field", 5.0, 500],
  ["sauto", 3.0, 2_000],
  ["hauto", 3.2, 2_000],
];

/** Tactics that close a goal or fail. What is not loaded fails once and is not tried again in this file: it goes to `missing`. */
export function automation(missing: Set<string>): TacticSource {
  return {
    name: "automation",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      const { goal } = position;
      const top = topOf(goal.conclusion);
      const text = `${goal.conclusion} ${goal.hypotheses.map(({ type }) => type).join(" ")}`;
      for (const [tactic, cost, deadlineMs] of CLOSERS) {
        if (missing.has(tactic)) continue;
        // Equations are what ring and field are for, and arithmetic is what lia and its kin are for.
        if (/^(ring|field)$/.test(tactic) && (top !== "=" || !isArithmetic(goal.conclusion))) continue;
        if (/\b[ln][ir]a$/.test(tactic) && !isArithmetic(text)) continue;
        yield { tactics: [tactic], cost, deadlineMs, arm: `automation:${tactic}` };
      }
      yield* withLemmas(position);
    },
    repair(_, { tactic, failure }): Iterable<Suggestion> {
      if (failure === "unknown name") missing.add(tactic);
      return [];
    },
  };
}

/** `auto` and its kin, with the premises that look relevant as hints. */
function* withLemmas({ relevant }: Position): Iterable<Suggestion> {
  const names = relevant
    .filter(isLemma)
    .slice(0, 6)
    .map(({ name }) => name);
  if (names.length === 0) return;
  const using = names.join(", ");
  yield { tactics: [`eauto using ${using}`], cost: 1.8, deadlineMs: 1_000, arm: "automation:eauto using" };
  yield {
    tactics: [`intuition eauto using ${using}`],
    cost: 2.6,
    deadlineMs: 1_500,
    arm: "automation:intuition using",
  };
  for (const name of names.slice(0, 3)) {
    yield {
      tactics: [`firstorder using ${name}`],
      cost: 4.0,
      deadlineMs: 1_000,
      arm: "automation:firstorder using",
    };
  }
}
