/** Arithmetic modulo a prime below 2²⁶: a product of two residues is a safe integer. */
const PRIME = 67_108_859;

export function residue(value: number): number {
  const rest = value % PRIME;
  return rest < 0 ? rest + PRIME : rest;
}

export function times(a: number, b: number): number {
  return (a * b) % PRIME;
}

function inverse(value: number): number {
  let [r0, r1, s0, s1] = [PRIME, value, 0, 1];
  while (r1 !== 0) {
    const quotient = Math.floor(r0 / r1);
    [r0, r1] = [r1, r0 - quotient * r1];
    [s0, s1] = [s1, s0 - quotient * s1];
  }
  return s0 < 0 ? s0 + PRIME : s0;
}

/**
 * Columns of a matrix that grow one at a time, each told whether it depends linearly (modulo the prime) on those before it that
 * do not. Where the rows are many, dependence here is dependence over the rationals but for accidents, which a check on the exact
 * values finds.
 */
export class Columns {
  readonly #rows: number;
  /** Reduced independent columns, each 1 in its pivot row and 0 in the pivot rows of the others before it. */
  readonly #basis: { readonly pivot: number; readonly column: Float64Array }[] = [];

  constructor(rows: number) {
    this.#rows = rows;
  }

  get rank(): number {
    return this.#basis.length;
  }

  /** True when the column is new; it is kept then. */
  independent(values: Float64Array): boolean {
    const column = Float64Array.from(values);
    for (const { pivot, column: by } of this.#basis) {
      const factor = column[pivot]!;
      if (factor === 0) continue;
      for (let row = 0; row < this.#rows; row++) {
        const next = column[row]! - times(factor, by[row]!);
        column[row] = next < 0 ? next + PRIME : next;
      }
    }
    const pivot = column.findIndex((value) => value !== 0);
    if (pivot < 0) return false;
    const scale = inverse(column[pivot]!);
    for (let row = 0; row < this.#rows; row++) column[row] = times(column[row]!, scale);
    this.#basis.push({ pivot, column });
    return true;
  }
}
