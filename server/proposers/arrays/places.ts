import type { Loop, Program } from "../../program/program.ts";
import { same, simplifyTerm } from "../../program/simplify.ts";
import { StateTable } from "../../program/states.ts";
import {
  and,
  compare,
  type Formula,
  implies,
  integer,
  plusConstant,
  type Relation,
  select,
  type Term,
  variable,
} from "../../program/term.ts";
import { substituteFormula, variablesOf } from "../../program/traverse.ts";
import { unboundedNames } from "../harvest/comparisons.ts";
import { equalities } from "../harvest/harvest.ts";
import { assignedIn } from "./indices.ts";
import { arraysOf, related } from "./likely.ts";
import { isEvident } from "./ranges.ts";
import { Snapshots } from "./snapshots.ts";

/** Of one array. */
const MOST_ELEMENTS = 6;

/**
 * Equalities and bounds of differences among single elements at a loop's places (`a[i - 1]`, `b[j]`, `a[0]`), and between them and
 * variables, as the states met show them: an element at a place is one more variable.
 */
export function atPlaces(program: Program, loop: Loop, table: StateTable, terms: readonly Term[]): Formula[] {
  const snapshots = new Snapshots(table);
  const places = [...terms.flatMap((term) => [term, simplifyTerm(plusConstant(term, -1))]), integer(0)];
  const distinct = places.filter((one, i) => places.findIndex((other) => same(one, other)) === i);
  const elements = arraysOf(program, loop).flatMap((array) => {
    const rows = snapshots.array(array);
    return distinct
      .flatMap((place, i) => {
        const indices = snapshots.term(place);
        if (indices === null) return [];
        const values = rows.map((row, state) => row[indices[state]!]);
        const outside = indices.some((index) => index < 0) ? compare("<=", integer(0), place) : null;
        return [{ name: `element ${i} of ${array}`, term: select(variable(array), place), values, outside }];
      })
      .filter(({ values }) => values.filter((value) => value !== undefined).length > snapshots.size / 2)
      .slice(0, MOST_ELEMENTS);
  });
  const names = unboundedNames(program, loop.id).flatMap((name) => {
    const values = snapshots.term(variable(name));
    return values === null ? [] : [{ name, values }];
  });
  const columns = [...names, ...elements];
  const part = new StateTable(columns.map(({ name }) => name));
  for (let state = 0; state < snapshots.size; state++) {
    const row = columns.map(({ values }) => values[state]);
    if (row.includes(undefined)) continue;
    part.add(row as number[], 0, { run: -1, visit: 0, iteration: 0 });
  }
  if (!isEvident(part.size, snapshots.size)) return [];
  const known = new Map(elements.map((one) => [one.name, one]));
  const changed = assignedIn(program, loop);
  return [
    ...equalities(part, part.columns),
    ...ordersIn(
      part,
      elements.map(({ name }) => name),
    ),
  ].flatMap((formula) => {
    const own = [...variablesOf(formula)].flatMap((name) => known.get(name) ?? []);
    if (own.length === 0) return [];
    const said = substituteFormula(formula, (name) => known.get(name)?.term ?? null);
    if (![...variablesOf(said)].some((name) => changed.has(name))) return [];
    return [implies(and(...own.flatMap(({ outside }) => outside ?? [])), said)];
  });
}

/** How elements are ordered among themselves and against the other columns, where they are. */
function ordersIn(table: StateTable, elements: readonly string[]): Formula[] {
  return elements.flatMap((name, place) => {
    const seen = new Set(elements.slice(0, place + 1));
    return table.columns
      .filter((other) => !seen.has(other))
      .flatMap((other) => {
        const relation = ORDERS.find((one) => holdsIn(table, one, name, other));
        return relation === undefined ? [] : [compare(relation, variable(name), variable(other))];
      });
  });
}

/** The strongest first. */
const ORDERS: readonly Relation[] = ["==", "<", ">", "<=", ">="];

function holdsIn(table: StateTable, relation: Relation, left: string, right: string): boolean {
  const [first, second] = [table.index.get(left)!, table.index.get(right)!];
  for (let row = 0; row < table.size; row++)
    if (related(relation, table.value(row, first), table.value(row, second)) !== true) return false;
  return true;
}
