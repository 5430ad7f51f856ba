import type { Proposer } from "../../engine/interfaces.ts";
import { atom } from "../harvest/harvest.ts";
import { scopeNames } from "../harvest/names.ts";
import { degreeOfText } from "./degree.ts";
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
