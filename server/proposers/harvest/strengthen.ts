import type { Formula, Term } from "../../program/term.ts";
import { substituteFormula, variablesOf } from "../../program/traverse.ts";

/**
 * Atoms that imply a goal at a loop head and that a person would write instead of it. A goal `i >= n ==> sum >= n - 1` says
 * what must hold at the exit; its conclusion, and its conclusion with the bound replaced by the loop's own variable
 * (`sum >= i - 1`), are what holds all along ("replacing a constant by a variable", Gries 1981; Furia and Meyer 2010).
 */
export function strengthened(goal: Formula): Formula[] {
  if (goal.kind !== "implies") return [];
  const conclusions = conjuncts(goal.right);
  return conclusions.flatMap((conclusion) => [
    ...conjuncts(goal.left).flatMap((premise) => replaced(conclusion, premise)),
    conclusion,
  ]);
}

function conjuncts(formula: Formula): readonly Formula[] {
  return formula.kind === "and" ? formula.arguments.flatMap(conjuncts) : [formula];
}

/** The conclusion with one side of the premise's comparison in place of the other, where that changes it. */
function replaced(conclusion: Formula, premise: Formula): Formula[] {
  if (premise.kind !== "compare") return [];
  return [
    ...withFor(conclusion, premise.right, premise.left),
    ...withFor(conclusion, premise.left, premise.right),
  ];
}

function withFor(conclusion: Formula, from: Term, to: Term): Formula[] {
  if (from.kind !== "variable" || !variablesOf(conclusion).has(from.name)) return [];
  return [substituteFormula(conclusion, (name) => (name === from.name ? to : null))];
}
