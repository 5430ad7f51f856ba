import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import { isLemma } from "./premises.ts";
import { readStatement, scrutinees, wordsOf } from "./shape.ts";
import { dataOf, factsOf } from "./variables.ts";

/** Case analysis on whatever a `match` waits for, with simplification after each. */
const BREAK =
  "repeat (match goal with |- context [match ?x with _ => _ end] => destruct x eqn:? " +
  "| _ : context [match ?x with _ => _ end] |- _ => destruct x eqn:? end; simpl in *; subst)";

/** How what is left may be finished. */
const FINISHERS = ["intuition (subst; eauto; try congruence)", "eauto; try congruence"];
const ARITHMETIC = "intuition (subst; eauto; try congruence; try lia)";

/**
 * Whole proofs of one sentence: an induction, case analysis, and propositional reasoning with simple finishers. What such a
 * sentence leaves open is a state like any other, and mostly a simple one.
 */
export function crush(): TacticSource {
  return {
    name: "crush",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      const { goal, depth, relevant } = position;
      const text = `${goal.conclusion} ${goal.hypotheses.map(({ type }) => type).join(" ")}`;
      const arithmetic = /[<>+]|\b(nat|length|Z|N|S)\b/.test(text);
      const lemmas = relevant.filter(isLemma).slice(0, 4);
      const using = lemmas.length > 0 ? `eauto using ${lemmas.map(({ name }) => name).join(", ")}` : null;
      const finishers = [
        ...(arithmetic ? [ARITHMETIC] : []),
        ...FINISHERS,
        ...(using === null ? [] : [`intuition (subst; ${using}; try congruence)`]),
      ];
      const breaks = scrutinees(text).length > 0;
      for (const [at, finisher] of finishers.entries()) {
        const arm = `crush:${at}`;
        if (breaks)
          yield { tactics: [`${BREAK}; ${finisher}`], cost: 1.6 + 0.4 * at, deadlineMs: 1_500, arm };
        yield { tactics: [`simpl in *; ${finisher}`], cost: 2.0 + 0.4 * at, deadlineMs: 1_500, arm };
      }
      if (depth > 1) return;
      for (const [rank, start] of starts(position).entries()) {
        for (const [at, finisher] of finishers.entries()) {
          const cost = 1.4 + 0.5 * at + 0.3 * rank;
          yield {
            tactics: [`${start}; ${finisher}`],
            cost,
            deadlineMs: 2_500,
            arm: `crush:induction ${at}`,
          };
          yield {
            tactics: [`${start}; ${BREAK}; ${finisher}`],
            cost: cost + 0.3,
            deadlineMs: 2_500,
            arm: `crush:induction break ${at}`,
          };
        }
      }
    },
  };
}

/** Inductions that are worth a sentence of their own. */
function starts({ goal, script }: Position): string[] {
  if (script.some((tactic) => /\binduction\b/.test(tactic))) return [];
  const { binders } = readStatement(goal.conclusion);
  const direct = dataOf(goal)
    .slice(0, 3)
    .map(({ name, introduced }) => {
      const about = introduced ? factsOf(goal).filter(({ type }) => wordsOf(type).includes(name)) : [];
      const names = about.map((fact) => fact.name).reverse();
      return `${names.length > 0 ? `revert ${names.join(" ")}; ` : ""}induction ${name}; intros; simpl in *`;
    });
  return binders.length > 0 ? [...direct, "intros; simpl in *"] : direct;
}
