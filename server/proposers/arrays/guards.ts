import { evaluateFormula } from "../../program/evaluate.ts";
import { keyOf } from "../../program/key.ts";
import type { Loop, Program } from "../../program/program.ts";
import { simplifyFormula } from "../../program/simplify.ts";
import type { StateTable } from "../../program/states.ts";
import { compare, type Formula, implies, integer, not, variable } from "../../program/term.ts";
import { variablesOf, variablesOfTerm, visitFormula } from "../../program/traverse.ts";
import { comparisonsOf, inScope } from "../harvest/comparisons.ts";
import { indexNames } from "./indices.ts";

/** A variable with so few values is a flag, and so many conditions on flags are tried. */
const MOST_VALUES = 3;
const MOST_FLAGS = 6;

/** Conditions under which a statement about elements may hold that does not hold always, as the states met show. */
export function conditionsFor(program: Program, loop: Loop, table: StateTable): Formula[] {
  const fixed = guardsFor(program, loop).filter((guard) => isUsual(table, guard));
  return [...fixed, ...flagsFor(program, loop, table)];
}

export function holds(table: StateTable, formula: Formula): boolean {
  return table.screen(formula).kind === "holds";
}

/** Conditions on what the loop never changes: a statement may hold only under one of them (`n > 0 ==> …`). */
function guardsFor(program: Program, loop: Loop): Formula[] {
  const moving = new Set(loop.modified);
  const scope = new Set(loop.scope);
  const fixed = comparisonsOf(program).filter((one) => {
    const names = variablesOf(one);
    return names.size > 0 && [...names].every((name) => scope.has(name) && !moving.has(name));
  });
  const all = fixed.flatMap((one) => [simplifyFormula(one), simplifyFormula(not(one))]);
  return [...new Map(all.map((one) => [keyOf(one), one])).values()]
    .filter((one) => one.kind !== "truth" && inScope(one, scope) && printable(program, one))
    .slice(0, 6);
}

/** Values of variables that the loop changes and that have few: `same == 1 ==> …` as long as no difference was found. */
function flagsFor(program: Program, loop: Loop, table: StateTable): Formula[] {
  const indices = indexNames(program);
  return program.variables
    .filter(({ name, array }) => array === undefined && loop.scope.includes(name) && !indices.has(name))
    .filter(({ name, role }) => loop.modified.includes(name) && role !== "temporary")
    .flatMap(({ name }) => {
      const column = table.index.get(name);
      if (column === undefined) return [];
      const values = new Set<number>();
      for (let row = 0; row < table.size && values.size <= MOST_VALUES; row++)
        values.add(table.value(row, column));
      if (values.size < 2 || values.size > MOST_VALUES) return [];
      return [...values].map((value) => compare("==", variable(name), integer(value)));
    })
    .slice(0, MOST_FLAGS);
}

/** True when the guard holds in many states: a statement under it says something. */
function isUsual(table: StateTable, guard: Formula): boolean {
  let count = 0;
  const stride = Math.max(1, Math.floor(table.size / 200));
  let rows = 0;
  for (let row = 0; row < table.size; row += stride) {
    rows++;
    const value = evaluateFormula(guard, (name) => {
      const column = table.index.get(name);
      return column === undefined ? undefined : BigInt(table.value(row, column));
    });
    if (value === true) count++;
  }
  return count > 0.4 * rows;
}

export function guarded(
  table: StateTable,
  guards: readonly Formula[],
  formula: Formula,
  empty: Formula | null,
): Formula | null {
  if (formula.kind === "implies") return null;
  for (const guard of guards) {
    const weaker = implies(guard, formula);
    if (empty !== null && holds(table, implies(guard, empty))) continue;
    if (!holds(table, not(guard)) && holds(table, weaker)) return weaker;
  }
  return null;
}

/** An element at entry can only be named where its index means the same there: by bound variables and what never changes. */
export function printable(program: Program, formula: Formula): boolean {
  const changing = new Set(program.loops.flatMap((loop) => loop.modified));
  let ok = true;
  visitFormula(formula, (node) => {
    if (node.kind === "symbol") ok = false;
    if (node.kind !== "select" || node.array.kind !== "variable" || !node.array.name.startsWith("\\at("))
      return;
    for (const index of node.indices) {
      for (const name of variablesOfTerm(index)) {
        const variable_ = program.variables.find((one) => one.name === name);
        const stable = variable_?.role === "parameter" && !changing.has(name);
        if (!name.startsWith("?") && !stable) ok = false;
      }
    }
  });
  return ok;
}
