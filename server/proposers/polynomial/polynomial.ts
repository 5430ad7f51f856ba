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
      if (round > 0 || multiplies(task.program) !== (when === "early")) return;
      for (const loop of task.program.loops) {
        const table = findings.tables[loop.id];
        if (!table) continue;
        signal.throwIfAborted();
        const names = scopeNames(task.program, loop.id).filter((name) => table.index.has(name));
        for (const formula of polynomialEqualities(table, names, degreeFor(names.length))) {
          yield atom(task.program, loop.id, formula, "polynomial");
        }
      }
    },
  };
}

/** Whether a product of variables stands in the text, in a value or in a condition. */
export function multiplies(program: Program): boolean {
  let found = false;
  const look = (node: Term | Formula): void => {
    if (node.kind === "multiply" && node.left.kind !== "integer" && node.right.kind !== "integer") found = true;
  };
  for (const formula of formulasOf(program)) visitFormula(formula, look);
  for (const block of program.blocks) {
    for (const command of block.commands) if (command.kind === "assign") visitTerm(command.value, look);
  }
  return found;
}
