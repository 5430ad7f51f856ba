import type { Proposer } from "../../engine/interfaces.ts";
import type { Program } from "../../program/program.ts";
import type { Formula, Term } from "../../program/term.ts";
import { visitFormula, visitTerm } from "../../program/traverse.ts";
import { formulasOf } from "../harvest/comparisons.ts";
import { atom } from "../harvest/harvest.ts";
import { scopeNames } from "../harvest/names.ts";
import { degreeFor, polynomialEqualities } from "./relations.ts";

/**
 * Polynomial equalities among the variables of each loop. `early`: in programs that multiply variables themselves; the others
 * are looked at when simpler atoms were not enough.
 */
export function polynomialProposer(when: "early" | "late"): Proposer {
  return {
    name: "polynomial",
    kind: "symbolic",
    async *propose({ task, findings, round, signal }) {
      const degree = degreeOfText(task.program);
      if (round > 0 || degree > 1 !== (when === "early")) return;
      for (const loop of task.program.loops) {
        const table = findings.tables[loop.id];
        if (!table) continue;
        signal.throwIfAborted();
        const names = scopeNames(task.program, loop.id).filter((name) => table.index.has(name));
        for (const formula of polynomialEqualities(table, names, degreeFor(names.length, degree + 1))) {
          yield atom(task.program, loop.id, formula, "polynomial");
        }
      }
    },
  };
}

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
