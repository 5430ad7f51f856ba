import { type IntegerRange, type IntegerType, rangeOf } from "../integer.ts";

/** The smallest range with all these values; there must be one. */
export function hull(...values: readonly bigint[]): IntegerRange {
  let [low, high] = [values[0]!, values[0]!];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** The smallest range with both; null, which is unbounded, when one is. */
export function union(left: IntegerRange | null, right: IntegerRange | null): IntegerRange | null {
  return left && right && hull(left.low, left.high, right.low, right.high);
}

/** Cuts a known range to the values of a type, for use after an obligation that says so. */
export function clip(known: IntegerRange | null, type: IntegerType): IntegerRange {
  const range = rangeOf(type);
  if (known === null || known.high < range.low || known.low > range.high) return range;
  return { low: hull(known.low, range.low).high, high: hull(known.high, range.high).low };
}

export function contains(outer: IntegerRange, inner: IntegerRange | null): boolean {
  return inner !== null && outer.low <= inner.low && inner.high <= outer.high;
}
