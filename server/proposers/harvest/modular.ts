/** A basis of the vectors that every row is orthogonal to modulo a small prime, with entries from 0 to the prime less one. */
export function nullSpaceModulo(
  rows: readonly (readonly number[])[],
  width: number,
  prime: number,
): number[][] {
  const residue = (value: number) => ((value % prime) + prime) % prime;
  const reduced: { readonly pivot: number; readonly row: number[] }[] = [];
  const eliminate = (row: number[], by: readonly number[], pivot: number): void => {
    const factor = row[pivot]!;
    if (factor !== 0) for (let i = 0; i < width; i++) row[i] = residue(row[i]! - factor * by[i]!);
  };
  for (const original of rows) {
    if (reduced.length === width) return [];
    const row = original.map(residue);
    for (const { pivot, row: by } of reduced) eliminate(row, by, pivot);
    const pivot = row.findIndex((value) => value !== 0);
    if (pivot < 0) continue;
    const scale = inverse(row[pivot]!, prime);
    for (let i = 0; i < width; i++) row[i] = residue(row[i]! * scale);
    for (const other of reduced) eliminate(other.row, row, pivot);
    reduced.push({ pivot, row });
  }
  const pivots = new Set(reduced.map(({ pivot }) => pivot));
  const free = Array.from({ length: width }, (_, i) => i).filter((i) => !pivots.has(i));
  return free.map((column) => {
    const vector = Array.from({ length: width }, () => 0);
    vector[column] = 1;
    for (const { pivot, row } of reduced) vector[pivot] = residue(-row[column]!);
    return vector;
  });
}

function inverse(value: number, prime: number): number {
  for (let candidate = 1; candidate < prime; candidate++)
    if ((value * candidate) % prime === 1) return candidate;
  throw new Error(`${value} has no inverse modulo ${prime}`);
}
