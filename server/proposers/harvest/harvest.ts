import { passiveForm } from "../../conditions/passive.ts";
import type { Candidate } from "../../engine/candidate.ts";
import type { Proposer } from "../../engine/interfaces.ts";
import { keyOf } from "../../program/key.ts";
import type { Program } from "../../program/program.ts";
import type { StateTable } from "../../program/states.ts";
import type { Formula } from "../../program/term.ts";
import { isQuantified, simplifyFormula } from "../../program/traverse.ts";
import { isEmpty, shapesIn } from "../arrays/shapes.ts";
import { degreeOfText } from "../polynomial/degree.ts";
import { affineEqualities } from "./affine.ts";
import { comparisonsOf, constantsOf, inScope, neighboursOf, unboundedNames } from "./comparisons.ts";
import { congruences } from "./congruences.ts";
import { goalsAtHeads } from "./goal.ts";
import { polyhedral } from "./polyhedra.ts";
import { bounds, octagons } from "./ranges.ts";
import { strengthened } from "./strengthen.ts";

const ROWS_FOR_EQUALITIES = 200;

/** Atoms from the text: its comparisons and their neighbours, what the goal requires at each head, bounds and equalities. */
export function harvestProposer(): Proposer {
  return {
    name: "harvest",
    kind: "symbolic",
    async *propose({ task, findings, round }) {
      if (round > 0) return;
      const { program } = task;
      const goals = goalsAtHeads(passiveForm(program));
      const constants = constantsOf(program);
      const multiplied = degreeOfText(program) > 1;
      for (const loop of program.loops) {
        const scope = new Set(loop.scope);
        const table = findings.tables[loop.id];
        const names = unboundedNames(program, loop.id);
        const found = [
          ...(goals[loop.id] ?? []).flatMap((goal) => [...strengthened(goal), goal]),
          ...(table ? equalities(table, names) : []),
          ...comparisonsOf(program).flatMap(neighboursOf),
          ...(table ? [...bounds(table, names, constants), ...congruences(table, names, multiplied)] : []),
        ];
        const quantified = new Set<string>();
        for (const formula of found) {
          const simple = simplifyFormula(formula);
          if (simple.kind === "truth" || !inScope(simple, scope)) continue;
          // Under a premise it says less and costs the solver as much: each quantifier that is assumed makes all others slower.
          if (simple.kind === "implies" && quantified.has(keyOf(simple.right))) continue;
          if (isQuantified(simple)) {
            if (shapesIn(simple).some(isEmpty)) continue;
            if (!table || table.screen(simple).kind === "holds") quantified.add(keyOf(simple));
          }
          yield atom(program, loop.id, simple, "harvest");
        }
      }
    },
  };
}

/** Octagon-like atoms between pairs of variables and inequalities between more; many, so they come after the cheaper ones were tried. */
export function templatesProposer(): Proposer {
  return {
    name: "templates",
    kind: "symbolic",
    async *propose({ task, findings, round }) {
      if (round > 0) return;
      const constants = constantsOf(task.program);
      for (const loop of task.program.loops) {
        const table = findings.tables[loop.id];
        if (!table) continue;
        const names = unboundedNames(task.program, loop.id);
        for (const formula of [...octagons(table, names, constants), ...polyhedral(table, names)])
          yield atom(task.program, loop.id, formula, "templates");
      }
    },
  };
}

/** One conjunct for one loop. */
export function atom(program: Program, loop: number, formula: Formula, proposer: string): Candidate {
  return {
    kind: "tree",
    role: "atom",
    invariants: program.loops.map((one) => (one.id === loop ? [formula] : [])),
    provenance: { proposer },
  };
}

/** Affine equalities among these variables in the table's states. */
export function equalities(table: StateTable, names: readonly string[]): Formula[] {
  const columns = names.filter((name) => table.index.has(name));
  if (columns.length === 0 || table.size < columns.length + 2) return [];
  const stride = Math.max(1, Math.floor(table.size / ROWS_FOR_EQUALITIES));
  const rows: bigint[][] = [];
  for (let row = 0; row < table.size; row += stride) {
    rows.push(columns.map((name) => BigInt(table.value(row, table.index.get(name)!))));
  }
  return affineEqualities(columns, rows);
}
