import type { Proposer } from "../../engine/interfaces.ts";
import { keyOf } from "../../program/key.ts";
import type { Program } from "../../program/program.ts";
import type { StateTable } from "../../program/states.ts";
import { compare, type Formula, integer, not, or, variable } from "../../program/term.ts";
import { simplifyFormula } from "../../program/traverse.ts";
import {
  comparisonsOf,
  constantsOf,
  guardsOf,
  inScope,
  neighboursOf,
  unboundedNames,
} from "../harvest/comparisons.ts";
import { atom } from "../harvest/harvest.ts";
import { TruthTable } from "./truth.ts";

const MOST_LITERALS = 120;
const MOST_CLAUSES = 400;

/**
 * Two-literal clauses: disjunctions that hold in every sampled state though neither side does. Literals come from the text,
 * its guards and branches first, so that case splits on guards (`i >= n || s <= i`) are among the first.
 */
export function clausesProposer(): Proposer {
  return {
    name: "clauses",
    kind: "symbolic",
    async *propose({ task, findings, round }) {
      if (round > 0) return;
      const { program } = task;
      for (const loop of program.loops) {
        const table = findings.tables[loop.id];
        if (!table || table.size === 0) continue;
        for (const clause of clausesOf(table, literalsOf(program, loop.id))) {
          yield atom(program, loop.id, clause, "clauses");
        }
      }
    },
  };
}

function literalsOf(program: Program, loop: number): Formula[] {
  const scope = new Set(program.loops[loop]!.scope);
  const text = comparisonsOf(program);
  const constants = constantsOf(program).slice(0, 8);
  const names = unboundedNames(program, loop);
  const found = [
    ...guardsOf(program, loop),
    ...text.flatMap((one) => [one, not(one)]),
    ...text.flatMap(neighboursOf),
    ...names.flatMap((name) => constants.map((value) => compare("==", variable(name), integer(value)))),
    ...names.flatMap((name, i) => names.slice(i + 1).flatMap((other) => pair(name, other))),
    ...names.flatMap((name) =>
      constants.flatMap((value) => [
        compare("<=", variable(name), integer(value)),
        compare(">=", variable(name), integer(value)),
      ]),
    ),
  ];
  const distinct = new Map<string, Formula>();
  for (const formula of found) {
    const simple = simplifyFormula(formula);
    if (simple.kind !== "truth" && inScope(simple, scope)) distinct.set(keyOf(simple), simple);
  }
  return [...distinct.values()];
}

function pair(first: string, second: string): Formula[] {
  return (["==", "<=", ">="] as const).map((relation) =>
    compare(relation, variable(first), variable(second)),
  );
}

function clausesOf(table: StateTable, literals: readonly Formula[]): Formula[] {
  const truth = new TruthTable(table);
  const open = literals
    .map((formula) => ({ formula, holds: truth.of(formula) }))
    .filter(({ holds }) => holds !== null && !truth.always(holds) && !truth.never(holds))
    .slice(0, MOST_LITERALS) as { formula: Formula; holds: Uint32Array }[];
  const found: Formula[] = [];
  for (const [i, left] of open.entries()) {
    for (const right of open.slice(i + 1)) {
      if (found.length >= MOST_CLAUSES) return found;
      if (truth.covers(left.holds, right.holds) && !truth.complementary(left.holds, right.holds)) {
        found.push(or(left.formula, right.formula));
      }
    }
  }
  return found;
}
