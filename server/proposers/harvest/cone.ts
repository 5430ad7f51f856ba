/**
 * Linear inequalities that generators satisfy, by Chernikova's double description (Motzkin, Raiffa, Thompson, Thrall 1953;
 * Chernikova 1968): vectors `c` with `c · g ≥ 0` for each generator `g`. All are combinations of the rays, with factors that are
 * not negative, and of the lines.
 */
export interface DualCone {
  /** `c · g = 0` for all generators. */
  readonly lines: readonly (readonly number[])[];
  readonly rays: readonly (readonly number[])[];
}

const MOST_RAYS = 200;
/** Comparisons of rays in all, so that the time has a bound that does not depend on the clock. */
const MOST_WORK = 1_000_000;
/** Beyond it the numbers are an accident of sampling, and products of two might not be exact. */
const LARGEST = 2 ** 25;

interface Ray {
  readonly vector: readonly number[];
  /** Which of the generators so far it is orthogonal to. */
  readonly tight: ReadonlySet<number>;
}

/** Null where there are too many rays or too large numbers. */
export function dualCone(generators: readonly (readonly number[])[], width: number): DualCone | null {
  let lines: (readonly number[])[] = Array.from({ length: width }, (_, i) =>
    Array.from({ length: width }, (_, j) => (i === j ? 1 : 0)),
  );
  let rays: Ray[] = [];
  let work = 0;
  for (const [at, generator] of generators.entries()) {
    if (generator.some((value) => Math.abs(value) > LARGEST)) continue;
    const across = lines.findIndex((line) => product(line, generator) !== 0);
    if (across >= 0) {
      const line = lines[across]!;
      const chosen = product(line, generator) > 0 ? line : line.map((value) => 0 - value);
      lines = lines
        .filter((_, i) => i !== across)
        .map((other) => combined(other, chosen, product(chosen, generator), -product(other, generator)));
      rays = rays.map(({ vector, tight }) => ({
        vector: combined(vector, chosen, product(chosen, generator), -product(vector, generator)),
        tight: new Set([...tight, at]),
      }));
      rays.push({ vector: chosen, tight: new Set(Array.from({ length: at }, (_, i) => i)) });
    } else {
      const sides = rays.map(({ vector }) => Math.sign(product(vector, generator)));
      const count = (side: number) => sides.filter((one) => one === side).length;
      work += count(1) * count(-1) * rays.length;
      if (work > MOST_WORK) return null;
      rays = cut(rays, generator, at);
    }
    if (rays.length > MOST_RAYS || [...lines, ...rays.map((ray) => ray.vector)].some(isLarge)) return null;
  }
  return { lines, rays: rays.map((ray) => ray.vector) };
}

function cut(rays: readonly Ray[], generator: readonly number[], at: number): Ray[] {
  const signed = rays.map((ray) => ({ ray, value: product(ray.vector, generator) }));
  const inside = signed.filter(({ value }) => value > 0);
  const outside = signed.filter(({ value }) => value < 0);
  const kept = signed.flatMap(({ ray, value }) =>
    value > 0 ? [ray] : value === 0 ? [{ vector: ray.vector, tight: new Set([...ray.tight, at]) }] : [],
  );
  for (const above of inside) {
    for (const below of outside) {
      if (!adjacent(above.ray, below.ray, rays)) continue;
      const vector = combined(below.ray.vector, above.ray.vector, above.value, -below.value);
      const tight = new Set([...above.ray.tight].filter((one) => below.ray.tight.has(one)));
      kept.push({ vector, tight: tight.add(at) });
    }
  }
  return kept;
}

/** No third ray is orthogonal to all that both are. */
function adjacent(left: Ray, right: Ray, rays: readonly Ray[]): boolean {
  const both = [...left.tight].filter((one) => right.tight.has(one));
  return !rays.some((ray) => ray !== left && ray !== right && both.every((one) => ray.tight.has(one)));
}

function product(left: readonly number[], right: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i]! * right[i]!;
  return sum;
}

/** first · a + second · b in lowest terms. */
function combined(first: readonly number[], second: readonly number[], a: number, b: number): number[] {
  return lowest(first.map((value, i) => value * a + second[i]! * b));
}

export function lowest(vector: readonly number[]): number[] {
  let divisor = 0;
  for (const value of vector) {
    let [x, y] = [Math.abs(value), divisor];
    while (y !== 0) [x, y] = [y, x % y];
    divisor = x;
  }
  return divisor > 1 ? vector.map((value) => value / divisor) : [...vector];
}

function isLarge(vector: readonly number[]): boolean {
  return vector.some((value) => !(Math.abs(value) <= LARGEST));
}
