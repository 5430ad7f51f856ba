import type { Program } from "../../program/program.ts";
import type { Formula, Term } from "../../program/term.ts";
import { visitFormula, visitTerm } from "../../program/traverse.ts";
import { formulasOf } from "../harvest/comparisons.ts";

/** The highest degree of a product of variables in the text, in a value or in a condition; at most 4. */
export function degreeOfText(program: Program): number {
  let found = 1;
  const look = (node: Term | Formula): void => {
    if (node.kind === "multiply") found = Math.max(found, degreeOfTerm(node));
  };
  for (const formula of formulasOf(program)) visitFormula(formula, look);
  for (const block of program.blocks) {
    for (const command of block.commands) if (command.kind === "assign") visitTerm(command.value, look);
  }
  return Math.min(4, found);
}

function degreeOfTerm(term: Term): number {
  switch (term.kind) {
    case "integer":
      return 0;
    case "negate":
      return degreeOfTerm(term.argument);
    case "multiply":
      return degreeOfTerm(term.left) + degreeOfTerm(term.right);
    case "add":
    case "subtract":
      return Math.max(degreeOfTerm(term.left), degreeOfTerm(term.right));
    default:
      return 1;
  }
}
