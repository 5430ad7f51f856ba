import { integer, type Term, variable } from "../../program/term.ts";

/** A product of variables: how often each column takes part. The constant is all zeros. */
export type Monomial = readonly number[];

export function degreeOf(monomial: Monomial): number {
  return monomial.reduce((sum, power) => sum + power, 0);
}

/**
 * All monomials over `count` variables up to a degree, by degree and within one in lexicographic order, the constant first. Those
 * that `skip` accepts are left out together with all their multiples.
 */
export function monomialsUpTo(
  count: number,
  degree: number,
  skip: (monomial: Monomial) => boolean = () => false,
): Monomial[] {
  let layer: Monomial[] = [Array.from({ length: count }, () => 0)];
  const found = [...layer];
  for (let at = 1; at <= degree; at++) {
    layer = layer.flatMap((monomial) => {
      const last = monomial.findLastIndex((power) => power > 0);
      return Array.from({ length: count - Math.max(0, last) }, (_, i) =>
        raised(monomial, Math.max(0, last) + i),
      );
    });
    layer = layer.filter((monomial) => !skip(monomial));
    found.push(...layer);
  }
  return found;
}

function raised(monomial: Monomial, column: number): Monomial {
  return monomial.map((power, i) => (i === column ? power + 1 : power));
}

/** Whether `by` divides `monomial`. */
export function divides(by: Monomial, monomial: Monomial): boolean {
  return by.every((power, i) => power <= monomial[i]!);
}

/** The product as a term; the constant is 1. */
export function termOf(monomial: Monomial, columns: readonly string[]): Term {
  const factors = monomial.flatMap((power, i) => Array.from({ length: power }, () => variable(columns[i]!)));
  if (factors.length === 0) return integer(1);
  return factors.reduce((left, right): Term => ({ kind: "multiply", left, right }));
}
