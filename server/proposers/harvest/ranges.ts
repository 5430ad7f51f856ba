import type { StateTable } from "../../program/states.ts";
import { compare, type Formula, integer, type Term, variable } from "../../program/term.ts";

/** What a sampled expression ranged over: an atom is worth proposing only where its bound was met. */
interface Extent {
  readonly low: number;
  readonly high: number;
}

function extent(table: StateTable, value: (row: number) => number): Extent | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < table.size; row++) {
    const here = value(row);
    if (here < low) low = here;
    if (here > high) high = here;
  }
  return low > high ? null : { low, high };
}

/** Bounds of single variables by the program's constants, where the samples meet them. */
export function bounds(table: StateTable, names: readonly string[], constants: readonly bigint[]): Formula[] {
  return names.flatMap((name) => {
    const column = table.index.get(name);
    const seen = column === undefined ? null : extent(table, (row) => table.value(row, column));
    if (!seen) return [];
    const x = variable(name);
    const found: Formula[] = [];
    if (seen.low === seen.high) return [compare("==", x, integer(BigInt(seen.low)))];
    const below = constants.filter((value) => value <= BigInt(seen.low)).sort(descending)[0];
    const above = constants
      .filter((value) => value >= BigInt(seen.high))
      .sort(descending)
      .at(-1);
    if (below !== undefined) found.push(compare(">=", x, integer(below)));
    if (above !== undefined) found.push(compare("<=", x, integer(above)));
    return found;
  });
}

function descending(a: bigint, b: bigint): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

const NEAR = 2;

/**
 * Octagon-like atoms (Miné, "The octagon abstract domain", 2006): x − y ≤ c and x + y ≤ c with the bound that the samples
 * meet, when it is small or one of the program's constants; other bounds are accidents of sampling.
 */
export function octagons(
  table: StateTable,
  names: readonly string[],
  constants: readonly bigint[],
): Formula[] {
  const usual = new Set(constants.map(Number));
  const worth = (bound: number) => Math.abs(bound) <= NEAR || usual.has(bound);
  const found: Formula[] = [];
  for (const [i, first] of names.entries()) {
    for (const second of names.slice(i + 1)) {
      const [a, b] = [table.index.get(first), table.index.get(second)];
      if (a === undefined || b === undefined) continue;
      const difference = extent(table, (row) => table.value(row, a) - table.value(row, b));
      const total = extent(table, (row) => table.value(row, a) + table.value(row, b));
      if (!difference || !total) continue;
      if (worth(difference.high)) found.push(compare("<=", variable(first), plus(second, difference.high)));
      if (worth(difference.low)) found.push(compare(">=", variable(first), plus(second, difference.low)));
      const sum: Term = { kind: "add", left: variable(first), right: variable(second) };
      if (worth(total.high)) found.push(compare("<=", sum, integer(total.high)));
      if (worth(total.low)) found.push(compare(">=", sum, integer(total.low)));
    }
  }
  return found;
}

function plus(name: string, constant: number): Term {
  if (constant === 0) return variable(name);
  const size = integer(Math.abs(constant));
  return { kind: constant > 0 ? "add" : "subtract", left: variable(name), right: size };
}
