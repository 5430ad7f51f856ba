import type { StateTable } from "../../program/states.ts";
import { compare, type Formula, integer, type Term } from "../../program/term.ts";
import { nullSpace } from "../harvest/affine.ts";
import { degreeOf, divides, type Monomial, monomialsUpTo, termOf } from "./monomial.ts";
import { Columns, residue, times } from "./prime.ts";

/** More monomials than this are not worth their time. */
const MOST_MONOMIALS = 130;
/** Rows beyond the number of monomials, so that chance relations are rare. */
const SPARE_ROWS = 24;
const MOST_TERMS = 10;
const LARGEST = 10_000n;

/** The highest degree up to `most` for which there are not too many monomials over so many variables. */
export function degreeFor(variables: number, most: number): number {
  let degree = 1;
  let count = variables + 1;
  while (degree < most) {
    count = (count * (variables + degree + 1)) / (degree + 1);
    if (count > MOST_MONOMIALS) break;
    degree++;
  }
  return degree;
}

/**
 * Polynomial equalities that all sampled states satisfy (the null space of the matrix of monomials, as in Sharma et al., "A data
 * driven approach for algebraic loop invariants", ESOP 2013). Monomials are looked at by growing degree, each whether it is a
 * combination of those before it; one that is, is not used in others, nor are its multiples, so the equalities found imply the
 * rest. The search is done modulo a prime, the coefficients are exact (BigInt rationals).
 */
export function polynomialEqualities(
  table: StateTable,
  columns: readonly string[],
  degree: number,
): Formula[] {
  const places = columns.map((name) => table.index.get(name)!);
  const rows = chosenRows(table, places);
  const values = (monomial: Monomial) => residues(table, rows, places, monomial);
  const basis = new Columns(rows.length);
  const independent: Monomial[] = [];
  const leading: Monomial[] = [];
  const found: Formula[] = [];
  for (const monomial of monomialsUpTo(columns.length, degree, (one) =>
    leading.some((by) => divides(by, one)),
  )) {
    if (leading.some((by) => divides(by, monomial))) continue;
    if (basis.rank + SPARE_ROWS > rows.length) break;
    const made = basis.dependsOn(values(monomial));
    if (made === null) {
      independent.push(monomial);
      continue;
    }
    const used = [...made.map((i) => independent[i]!), monomial];
    const equality = used.length > MOST_TERMS ? null : exact(table, rows, places, columns, used);
    if (equality === "chance") continue;
    leading.push(monomial);
    if (equality && degreeOf(monomial) > 1) found.push(equality);
  }
  return found;
}

/** Small states first: their powers stay small, and they are the ones that differ. */
function chosenRows(table: StateTable, places: readonly number[]): number[] {
  const size = (row: number) =>
    places.reduce((most, place) => Math.max(most, Math.abs(table.value(row, place))), 0);
  const rows = Array.from({ length: table.size }, (_, row) => ({ row, size: size(row) }));
  rows.sort((a, b) => a.size - b.size);
  const most = MOST_MONOMIALS + 2 * SPARE_ROWS;
  // Half of them the smallest, the others spread over the rest.
  const small = rows.slice(0, most / 2);
  const rest = rows.slice(most / 2);
  const stride = Math.max(1, Math.ceil(rest.length / (most / 2)));
  return [...small, ...rest.filter((_, i) => i % stride === 0)].map(({ row }) => row);
}

function residues(
  table: StateTable,
  rows: readonly number[],
  places: readonly number[],
  monomial: Monomial,
): Float64Array {
  return Float64Array.from(rows, (row) => {
    let product = 1;
    for (const [i, place] of places.entries()) {
      for (let power = monomial[i]!; power > 0; power--)
        product = times(product, residue(table.value(row, place)));
    }
    return product;
  });
}

/** The relation between monomials of which only the last depends on the others; null when nobody would write it. */
function exact(
  table: StateTable,
  rows: readonly number[],
  places: readonly number[],
  columns: readonly string[],
  monomials: readonly Monomial[],
): Formula | null | "chance" {
  // All of them: the smallest states may differ in what takes no part here.
  const matrix = rows.map((row) =>
    monomials.map((monomial) =>
      monomial.reduce(
        (product, power, i) => product * BigInt(table.value(row, places[i]!)) ** BigInt(power),
        1n,
      ),
    ),
  );
  const [vector] = nullSpace(matrix, monomials.length);
  if (!vector) return "chance";
  const parts = monomials.flatMap((monomial, i) =>
    vector[i] === 0n ? [] : [{ monomial, factor: vector[i]! }],
  );
  if (parts.some(({ factor }) => factor > LARGEST || factor < -LARGEST)) return null;
  const equality = equalityOf(parts, columns);
  return table.screen(equality).kind === "violated" ? "chance" : equality;
}

interface Part {
  readonly monomial: Monomial;
  readonly factor: bigint;
}

/** Σ factor · monomial = 0 with positive parts on both sides, the leading monomial on the left. */
function equalityOf(parts: readonly Part[], columns: readonly string[]): Formula {
  const descending = [...parts].sort((a, b) => degreeOf(b.monomial) - degreeOf(a.monomial));
  const sign = descending[0]!.factor < 0n ? -1n : 1n;
  const side = (wanted: bigint): Term => {
    const terms = descending
      .filter(({ factor }) => factor * sign * wanted > 0n)
      .map(({ factor, monomial }) => scaled(factor * sign * wanted, monomial, columns));
    return terms.length === 0
      ? integer(0)
      : terms.reduce((left, right): Term => ({ kind: "add", left, right }));
  };
  return compare("==", side(1n), side(-1n));
}

function scaled(factor: bigint, monomial: Monomial, columns: readonly string[]): Term {
  if (degreeOf(monomial) === 0) return integer(factor);
  const term = termOf(monomial, columns);
  return factor === 1n ? term : { kind: "multiply", left: integer(factor), right: term };
}
