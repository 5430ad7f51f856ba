import { dataOf } from "../../server/proposers/coq/variables.ts";
import { dataOf as leanDataOf } from "../../server/proposers/lean/shape.ts";
import type { TacticSource } from "../../server/search/source.ts";

const CLOSERS = ["easy", "lia", "congruence", "firstorder", "eauto"];

/** What anybody would try first: one line, `intros` or one induction, and then one of five tactics for all that is left. */
export const portfolio: TacticSource = {
  name: "portfolio",
  kind: "symbolic",
  *suggest({ goal, depth }) {
    if (depth > 0) return;
    const starts = ["intros", ...dataOf(goal).map(({ name }) => `induction ${name}; intros; simpl in *`)];
    for (const [at, start] of starts.entries())
      for (const [rank, closer] of CLOSERS.entries())
        yield { tactics: [`${start}; ${closer}`], cost: at + rank / 10, deadlineMs: 3_000 };
  },
};

/** The head of a file that uses coq-hammer's tactics. */
export const HAMMER_HEAD = "From Hammer Require Import Tactics.\nFrom Hammer Require Import Hammer.\n";

/** coq-hammer's `sauto`, alone and behind an induction. */
export const sauto = alone("sauto", 10_000);

/** coq-hammer's `hammer`, which asks the first-order provers that are installed and rebuilds what they found. */
export const hammer = alone("hammer", 30_000);

/** One tactic as the whole proof, or behind the induction that it begins with. */
function alone(tactic: string, deadlineMs: number): TacticSource {
  return {
    name: tactic,
    kind: "symbolic",
    *suggest({ goal, depth }) {
      if (depth > 0) return;
      yield { tactics: [tactic], cost: 0, deadlineMs };
      for (const [at, { name }] of dataOf(goal).entries())
        yield { tactics: [`induction ${name}; ${tactic}`], cost: 1 + at, deadlineMs };
    },
  };
}

const LEAN_CLOSERS = ["rfl", "omega", "simp", "simp_all", "grind"];

/** The same for Lean: one of five tactics, alone or behind one induction. */
export const leanPortfolio: TacticSource = {
  name: "portfolio",
  kind: "symbolic",
  *suggest({ goal, depth }) {
    if (depth > 0) return;
    const starts = ["", ...leanDataOf(goal).map(({ name }) => `induction ${name} <;> `)];
    for (const [at, start] of starts.entries())
      for (const [rank, closer] of LEAN_CLOSERS.entries())
        yield { tactics: [`${start}${closer}`], cost: at + rank / 10, deadlineMs: 3_000 };
  },
};
