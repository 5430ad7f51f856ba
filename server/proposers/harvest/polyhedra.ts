import type { StateTable } from "../../program/states.ts";
import { compare, type Formula, integer, type Term } from "../../program/term.ts";
import { linearTerm } from "./affine.ts";
import { dualCone, lowest } from "./cone.ts";

const MOST_COLUMNS = 11;
const MOST_STEPS = 40;
const MOST_ENTRIES = 40;
const MOST_INEQUALITIES = 40;
const MOST_TERMS = 5;
const LARGEST_FACTOR = 100;
const LARGEST_CONSTANT = 1_000_000;
/** Pairs of rows that are looked at for steps. */
const MOST_ROWS = 1500;

/**
 * Linear inequalities over any number of variables that hold where the loop is entered and that no step seen in the samples
 * lessens: the faces of the cone that entry states and differences of consecutive states generate (Cousot and Halbwachs, "Automatic
 * discovery of linear restraints among variables of a program", 1978, widen to such cones). What changes by constants, whatever the
 * order, has its strongest linear invariants among them.
 */
export function polyhedral(table: StateTable, names: readonly string[]): Formula[] {
  const columns = names.filter((name) => table.index.has(name)).slice(0, MOST_COLUMNS);
  if (columns.length < 2) return [];
  const { steps, entries } = generators(
    table,
    columns.map((name) => table.index.get(name)!),
  );
  if (steps.length === 0 || entries.length === 0) return [];
  const cone = dualCone([...steps, ...entries], columns.length + 1);
  if (!cone) return [];
  return cone.rays
    .map((ray) => sparse(ray, cone.lines))
    .filter((ray) => worthwhile(ray))
    .sort((a, b) => weight(a) - weight(b))
    .slice(0, MOST_INEQUALITIES)
    .map((ray) => inequality(ray, columns));
}

/** Differences of consecutive states, (Δx, 0), and entry states, (x, 1), each the smallest first. */
function generators(table: StateTable, places: readonly number[]) {
  const steps = new Map<string, number[]>();
  const entries = new Map<string, number[]>();
  const state = (row: number) => places.map((place) => table.value(row, place));
  for (let row = 0; row < table.size && row < MOST_ROWS; row++) {
    const here = table.sighting(row);
    if (here.iteration === 0) {
      const entry = [...state(row), 1];
      entries.set(entry.join(), entry);
    } else if (row > 0) {
      const before = table.sighting(row - 1);
      const follows = before.run === here.run && before.visit === here.visit;
      if (!follows || before.iteration + 1 !== here.iteration) continue;
      const old = state(row - 1);
      const step = lowest([...state(row).map((value, i) => value - old[i]!), 0]);
      steps.set(step.join(), step);
    }
  }
  return { steps: smallest(steps.values(), MOST_STEPS), entries: smallest(entries.values(), MOST_ENTRIES) };
}

function smallest(vectors: Iterable<number[]>, most: number): number[][] {
  const size = (vector: readonly number[]) => vector.reduce((sum, value) => sum + Math.abs(value), 0);
  return [...vectors].sort((a, b) => size(a) - size(b)).slice(0, most);
}

/** The same inequality where the equalities hold, with as few variables as one at a time of them can bring about. */
function sparse(ray: readonly number[], lines: readonly (readonly number[])[]): readonly number[] {
  let best = ray;
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of lines) {
      for (const [i, value] of line.entries()) {
        if (value === 0 || best[i] === 0) continue;
        const scale = Math.abs(value);
        const next = lowest(best.map((own, j) => own * scale - best[i]! * Math.sign(value) * line[j]!));
        if (weight(next) < weight(best)) [best, changed] = [next, true];
      }
    }
  }
  return best;
}

/** Fewer variables first, then smaller numbers. */
function weight(vector: readonly number[]): number {
  return vector.slice(0, -1).reduce((sum, value) => sum + (value === 0 ? 0 : 1000 + Math.abs(value)), 0);
}

function worthwhile(ray: readonly number[]): boolean {
  const factors = ray.slice(0, -1).filter((value) => value !== 0);
  return (
    factors.length >= 1 &&
    factors.length <= MOST_TERMS &&
    factors.every((value) => Math.abs(value) <= LARGEST_FACTOR) &&
    Math.abs(ray.at(-1)!) <= LARGEST_CONSTANT
  );
}

/** Σ factor · x + constant ≥ 0, with nothing negative on either side. */
function inequality(ray: readonly number[], columns: readonly string[]): Formula {
  const parts = columns.map((name, i) => ({ name, factor: ray[i]! }));
  const constant = BigInt(ray.at(-1)!);
  const side = (sign: number, rest: bigint): Term => {
    const mine = parts
      .filter(({ factor }) => factor * sign > 0)
      .map(({ name, factor }) => ({ name, factor: factor * sign }));
    const term = linearTerm(mine);
    if (rest <= 0n) return term;
    return mine.length === 0 ? integer(rest) : { kind: "add", left: term, right: integer(rest) };
  };
  return compare(">=", side(1, constant), side(-1, -constant));
}
