import type { Formula } from "../program/term.ts";
import { variablesOfTerm, visitFormula } from "../program/traverse.ts";

/** A product of variables, which makes it a matter of luck what a solver decides, and in what time. */
export function multiplies(formula: Formula): boolean {
  let found = false;
  visitFormula(formula, (node) => {
    if (node.kind !== "multiply") return;
    if (variablesOfTerm(node.left).size > 0 && variablesOfTerm(node.right).size > 0) found = true;
  });
  return found;
}
