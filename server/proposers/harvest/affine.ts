import { compare, type Formula, integer, type Term, variable } from "../../program/term.ts";

/**
 * Affine equalities that all sampled states satisfy: the null space of the matrix (1, x₁, …, xₙ), computed exactly over the
 * rationals with integers only (Karr, "Affine relationships among variables of a program", 1976, has the static analogue).
 */
export function affineEqualities(
  columns: readonly string[],
  rows: readonly (readonly bigint[])[],
): Formula[] {
  const basis = nullSpace(
    rows.map((row) => [1n, ...row]),
    columns.length + 1,
  );
  return basis.flatMap((coefficients) => {
    const equality = equalityOf(columns, coefficients);
    return equality ? [equality] : [];
  });
}

/** A basis of the vectors that every row is orthogonal to, in lowest terms. `width` is the length of each row. */
export function nullSpace(rows: readonly (readonly bigint[])[], width: number): bigint[][] {
  const reduced: { pivot: number; row: bigint[] }[] = [];
  for (const original of rows) {
    if (reduced.length === width) return [];
    const row = [...original];
    for (const { pivot, row: by } of reduced) eliminate(row, by, pivot);
    const pivot = row.findIndex((value) => value !== 0n);
    if (pivot < 0) continue;
    lowestTerms(row);
    for (const other of reduced) eliminate(other.row, row, pivot);
    reduced.push({ pivot, row });
  }
  const pivots = new Set(reduced.map((one) => one.pivot));
  const free = Array.from({ length: width }, (_, i) => i).filter((i) => !pivots.has(i));
  return free.map((column) => {
    const common = reduced.reduce((product, { pivot, row }) => lcm(product, row[pivot]!), 1n);
    const vector = Array.from({ length: width }, () => 0n);
    vector[column] = common;
    for (const { pivot, row } of reduced) vector[pivot] = (-row[column]! * common) / row[pivot]!;
    lowestTerms(vector);
    return vector;
  });
}

/** row := row · by[pivot] − by · row[pivot], in lowest terms. */
function eliminate(row: bigint[], by: readonly bigint[], pivot: number): void {
  const factor = row[pivot]!;
  if (factor === 0n) return;
  const scale = by[pivot]!;
  for (let i = 0; i < row.length; i++) row[i] = row[i]! * scale - by[i]! * factor;
  lowestTerms(row);
}

function lowestTerms(row: bigint[]): void {
  let divisor = 0n;
  for (const value of row) divisor = gcd(divisor, value);
  if (divisor > 1n) for (let i = 0; i < row.length; i++) row[i] = row[i]! / divisor;
}

export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function lcm(a: bigint, b: bigint): bigint {
  const product = a * b;
  return (product < 0n ? -product : product) / gcd(a, b);
}

const LARGEST = 1_000_000n;
const MOST_TERMS = 8;

/** c₀ + Σ cᵢxᵢ = 0 with positive parts on the left and the rest on the right; null for numbers nobody would write. */
function equalityOf(columns: readonly string[], coefficients: readonly bigint[]): Formula | null {
  if (coefficients.some((value) => value > LARGEST || value < -LARGEST)) return null;
  const terms = columns.flatMap((name, i) => {
    const value = coefficients[i + 1]!;
    return value === 0n ? [] : [{ name, value }];
  });
  if (terms.length === 0 || terms.length > MOST_TERMS) return null;
  const sign = terms[0]!.value < 0n ? -1n : 1n;
  const left: Term[] = [];
  const right: Term[] = [];
  for (const { name, value } of terms) (value * sign > 0n ? left : right).push(scaled(value * sign, name));
  const constant = -coefficients[0]! * sign;
  if (right.length === 0) return compare("==", sum(left), integer(constant));
  if (constant > 0n) right.push(integer(constant));
  else if (constant < 0n) left.push(integer(-constant));
  return compare("==", sum(left), sum(right));
}

function scaled(factor: bigint, name: string): Term {
  const size = factor < 0n ? -factor : factor;
  return size === 1n ? variable(name) : { kind: "multiply", left: integer(size), right: variable(name) };
}

function sum(terms: readonly Term[]): Term {
  return terms.reduce((left, right): Term => ({ kind: "add", left, right }));
}

/** Σ factor · variable, what is added before what is taken away. */
export function linearTerm(
  parts: readonly { readonly name: string; readonly factor: bigint | number }[],
): Term {
  const positive = parts.filter(({ factor }) => factor > 0);
  const negative = parts.filter(({ factor }) => factor < 0);
  const start: Term =
    positive.length === 0
      ? integer(0)
      : sum(positive.map(({ name, factor }) => scaled(BigInt(factor), name)));
  return negative.reduce(
    (left, { name, factor }): Term => ({ kind: "subtract", left, right: scaled(BigInt(factor), name) }),
    start,
  );
}
