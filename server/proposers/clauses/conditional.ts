import type { Proposer } from "../../engine/interfaces.ts";
import { evaluateFormula } from "../../program/evaluate.ts";
import { keyOf } from "../../program/key.ts";
import type { Program } from "../../program/program.ts";
import { readable } from "../../program/readable.ts";
import { StateTable } from "../../program/states.ts";
import {
  and,
  compare,
  type Formula,
  implies,
  integer,
  not,
  type Term,
  variable,
} from "../../program/term.ts";
import { simplifyFormula, visitFormula } from "../../program/traverse.ts";
import { comparisonsOf, constantsOf, formulasOf, inScope } from "../harvest/comparisons.ts";
import { atom, equalities } from "../harvest/harvest.ts";
import { scopeNames } from "../harvest/names.ts";
import { bounds, octagons } from "../harvest/ranges.ts";
import { degreeOfText } from "../polynomial/degree.ts";
import { degreeFor, polynomialEqualities } from "../polynomial/relations.ts";

const MOST_CONDITIONS = 48;
const MOST_OF_ONE = 24;
const MOST = 500;
/** A variable with so few values tells the phases of a loop apart. */
const MOST_PHASES = 6;
const MOST_REMAINDERS = 12;
/** Conditions under which products are looked for, where the text has some. */
const MOST_WITH_PRODUCTS = 12;

/**
 * What holds under a condition: the sampled states are split by the text's comparisons, by intervals between two of them, and by
 * the values of variables that have few; each part has affine equalities, bounds and octagons of its own. Loops that work in
 * phases have such invariants.
 */
export function conditionalProposer(): Proposer {
  return {
    name: "conditional",
    kind: "symbolic",
    async *propose({ task, findings, round, signal }) {
      if (round > 0) return;
      const { program } = task;
      for (const loop of program.loops) {
        const table = findings.tables[loop.id];
        if (!table || table.size < 4) continue;
        let count = 0;
        const degree = degreeOfText(program);
        for (const [index, condition] of conditionsOf(program, loop.id, table).entries()) {
          signal.throwIfAborted();
          const most = degree > 1 && index < MOST_WITH_PRODUCTS ? degree + 1 : 1;
          for (const formula of under(condition, program, loop.id, table, most)) {
            if (count++ > MOST) break;
            yield atom(program, loop.id, formula, "conditional");
          }
        }
      }
    },
  };
}

function conditionsOf(program: Program, loop: number, table: StateTable): Formula[] {
  const scope = new Set(program.loops[loop]!.scope);
  const text = [...comparisonsOf(program), ...(guardOf(program, loop) ?? [])]
    .map((one) => readable(simplifyFormula(one)))
    .filter((one) => one.kind === "compare" && inScope(one, scope));
  const sides = distinct(text.flatMap((one) => [one, readable(not(one))]));
  const intervals = sides
    .slice(0, 10)
    .flatMap((one, i) => sides.slice(i + 1, 10).map((other) => and(one, other)));
  const phases = scopeNames(program, loop).flatMap((name) => {
    const column = table.index.get(name);
    if (column === undefined) return [];
    const values = new Set<number>();
    for (let row = 0; row < table.size && values.size <= MOST_PHASES; row++)
      values.add(table.value(row, column));
    if (values.size < 2 || values.size > MOST_PHASES) return [];
    return [...values].map((value) => compare("==", variable(name), integer(value)));
  });
  const remainders = remaindersOf(program).filter((one) => inScope(one, scope));
  return distinct([...phases.slice(0, 16), ...remainders, ...sides, ...intervals]).slice(0, MOST_CONDITIONS);
}

/** Each value of every remainder by a small constant that the text takes: `i % 3 == 0`, `i % 3 == 1`, `i % 3 == 2`. */
function remaindersOf(program: Program): Formula[] {
  const found: Formula[] = [];
  const look = (node: Term | Formula): void => {
    if (node.kind !== "mod" || node.right.kind !== "integer") return;
    const modulus = Number(node.right.value);
    if (modulus < 2 || modulus > MOST_PHASES) return;
    for (let value = 0; value < modulus; value++) found.push(compare("==", node, integer(BigInt(value))));
  };
  for (const formula of formulasOf(program)) visitFormula(formula, look);
  return distinct(found).slice(0, MOST_REMAINDERS);
}

function guardOf(program: Program, loop: number): Formula[] | null {
  const { guard } = program.loops[loop]!;
  return guard && (guard.kind === "and" ? [...guard.arguments] : [guard]);
}

function distinct(formulas: readonly Formula[]): Formula[] {
  return [...new Map(formulas.map((one) => [keyOf(one), one])).values()];
}

/** What holds in the states of the condition and not in all: equalities up to a degree, bounds, octagons. */
function under(
  condition: Formula,
  program: Program,
  loop: number,
  table: StateTable,
  degree: number,
): Formula[] {
  const part = new StateTable(table.columns);
  for (let row = 0; row < table.size; row++) {
    const lookup = (name: string) => {
      const column = table.index.get(name);
      return column === undefined ? undefined : BigInt(table.value(row, column));
    };
    if (evaluateFormula(condition, lookup) === true) part.add(table.row(row), 0, table.sighting(row));
  }
  if (part.size === 0 || part.size === table.size) return [];
  const names = scopeNames(program, loop).filter((name) => table.index.has(name));
  const constants = constantsOf(program);
  const found = [
    ...equalities(part, names),
    ...(degree > 1 ? polynomialEqualities(part, names, degreeFor(names.length, degree)) : []),
    ...bounds(part, names, constants),
    ...octagons(part, names, constants),
  ];
  return found
    .filter((one) => table.screen(one).kind === "violated")
    .slice(0, MOST_OF_ONE)
    .map((one) => implies(condition, one));
}
