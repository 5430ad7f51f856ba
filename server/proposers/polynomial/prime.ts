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
 * Columns of a matrix that come one at a time, each told whether it depends linearly (modulo the prime) on those before it that
 * do not. Where the rows are many, dependence here is dependence over the rationals but for accidents, which a check on the exact
 * values finds.
 */
export class Columns {
  readonly #rows: number;
  /** Reduced independent columns: 1 in the pivot row, 0 in the pivot rows of those before. `made`: of which given columns. */
  readonly #basis: {
    readonly pivot: number;
    readonly column: Float64Array;
    readonly made: Float64Array;
  }[] = [];

  constructor(rows: number) {
    this.#rows = rows;
  }

  get rank(): number {
    return this.#basis.length;
  }

  /** Keeps a new column and answers null; for any other, the numbers of the kept ones that it is made of. */
  dependsOn(values: Float64Array): readonly number[] | null {
    const column = Float64Array.from(values);
    const made = new Float64Array(this.rank + 1);
    made[this.rank] = 1;
    for (const { pivot, column: by, made: of } of this.#basis) {
      const factor = column[pivot]!;
      if (factor === 0) continue;
      subtract(column, factor, by, this.#rows);
      subtract(made, factor, of, of.length);
    }
    const pivot = column.findIndex((value) => value !== 0);
    if (pivot < 0) return [...made.keys()].filter((i) => i < this.rank && made[i] !== 0);
    const scale = inverse(column[pivot]!);
    for (let row = 0; row < this.#rows; row++) column[row] = times(column[row]!, scale);
    for (let i = 0; i < made.length; i++) made[i] = times(made[i]!, scale);
    this.#basis.push({ pivot, column, made });
    return null;
  }
}

/** target := target − factor · by, in the first `length` places. */
function subtract(target: Float64Array, factor: number, by: Float64Array, length: number): void {
  for (let i = 0; i < length; i++) {
    const next = target[i]! - times(factor, by[i]!);
    target[i] = next < 0 ? next + PRIME : next;
  }
}
