import type { StateTable } from "../../program/states.ts";
import { compare, type Formula, integer, type Term } from "../../program/term.ts";
import { gcd, linearTerm } from "./affine.ts";
import { nullSpaceModulo } from "./modular.ts";

const LARGEST = 1000n;
const LEAST_ROWS = 4;
/** Moduli for combinations of more variables, and most variables and rows for them. */
const PRIMES = [2, 3, 5];
const MOST_TERMS = 4;
const MOST_ROWS = 200;

/**
 * Congruences that all sampled states satisfy: of one variable and of sums and differences of two with the largest modulus, of
 * more variables with a small prime one (Granger, "Static analysis of linear congruence equalities among variables of a program",
 * 1991, has the static analogue). `ofOne`: only the first kind; remainders of products are hard for a solver.
 */
export function congruences(table: StateTable, names: readonly string[], ofOne: boolean): Formula[] {
  const columns = names.filter((name) => table.index.has(name));
  if (columns.length === 0 || table.size < LEAST_ROWS) return [];
  const moduli = new Map<string, bigint>();
  const found = columns.flatMap((name) => {
    const one = congruence(table, [{ name, factor: 1 }]);
    if (one) moduli.set(name, one.modulus);
    return one ? [one.formula] : [];
  });
  if (ofOne) return found;
  for (const [i, first] of columns.entries()) {
    for (const second of columns.slice(i + 1)) {
      for (const factor of [-1, 1]) {
        const two = congruence(table, [
          { name: first, factor: 1 },
          { name: second, factor },
        ]);
        const known = gcd(moduli.get(first) ?? 1n, moduli.get(second) ?? 1n);
        if (two && known % two.modulus !== 0n) found.push(two.formula);
      }
    }
  }
  return [...found, ...PRIMES.flatMap((prime) => primeCongruences(table, columns, prime))];
}

interface Part {
  readonly name: string;
  readonly factor: number;
}

/** The largest modulus by which all sampled values agree; null where they are equal or agree by none. */
function congruence(
  table: StateTable,
  parts: readonly Part[],
): { readonly modulus: bigint; readonly formula: Formula } | null {
  const value = (row: number) =>
    parts.reduce(
      (sum, { name, factor }) => sum + BigInt(factor * table.value(row, table.index.get(name)!)),
      0n,
    );
  const first = value(0);
  let modulus = 0n;
  let negative = first < 0n;
  for (let row = 1; row < table.size && modulus !== 1n; row++) {
    const here = value(row);
    negative ||= here < 0n;
    modulus = gcd(modulus, here - first);
  }
  if (modulus < 2n || modulus > LARGEST) return null;
  const remainder = ((first % modulus) + modulus) % modulus;
  return { modulus, formula: congruent(linearTerm(parts), modulus, remainder, negative) };
}

/** C's remainder takes the sign of what is divided: where that may be negative, it is multiples that are spoken of. */
function congruent(term: Term, modulus: bigint, remainder: bigint, negative: boolean): Formula {
  const shifted: Term =
    negative && remainder !== 0n ? { kind: "subtract", left: term, right: integer(remainder) } : term;
  const mod: Term = { kind: "mod", left: shifted, right: integer(modulus) };
  return compare("==", mod, integer(negative ? 0n : remainder));
}

/** Combinations of two to four variables with a remainder modulo the prime that is no consequence of single ones. */
function primeCongruences(table: StateTable, columns: readonly string[], prime: number): Formula[] {
  const places = columns.map((name) => table.index.get(name)!);
  const stride = Math.max(1, Math.floor(table.size / MOST_ROWS));
  const rows: number[][] = [];
  for (let row = 0; row < table.size; row += stride)
    rows.push([1, ...places.map((place) => table.value(row, place))]);
  return nullSpaceModulo(rows, columns.length + 1, prime).flatMap(([constant, ...factors]) => {
    const parts = columns.flatMap((name, i) => {
      const factor = factors[i]! * 2 > prime ? factors[i]! - prime : factors[i]!;
      return factor === 0 ? [] : [{ name, factor }];
    });
    if (parts.length < 2 || parts.length > MOST_TERMS) return [];
    const remainder = BigInt((prime - constant!) % prime);
    return [congruent(linearTerm(parts), BigInt(prime), remainder, true)];
  });
}
