import type { Program } from "../../program/program.ts";
import type { Formula, Term } from "../../program/term.ts";
import { visitProgram } from "../../program/traverse.ts";
import { gcd } from "../harvest/affine.ts";

/** From here on a loop that counts to a number is longer than runs that are worth their time. */
const LARGE = 1_000n;
/** Limits of types stay what they are. */
const TYPES = 2n ** 31n - 1n;
/** Remainders by 2, 3, 4 and 6 are kept. */
const STEP = 12n;

const MOST_UNITS = 40n;
const NEAR = 3n;
/** What a unit becomes: as much as runs of about that length allow. */
const FACTORS = [24n, 12n, 6n, 4n];
const LONGEST = 160n;

/** Small numbers for a program's large ones: the same order, the same neighbours, where possible the same ratios. */
export interface Scale {
  readonly down: ReadonlyMap<bigint, bigint>;
  readonly up: ReadonlyMap<bigint, bigint>;
}

/** Null for a program without large numbers. */
export function scaleOf(program: Program): Scale | null {
  const large = new Set<bigint>();
  const other = new Set<bigint>();
  visitProgram(program, (node) => {
    if (node.kind !== "integer") return;
    const size = node.value < 0n ? -node.value : node.value;
    (size >= LARGE && size < TYPES ? large : other).add(size);
  });
  if (large.size === 0) return null;
  const sizes = [...large].sort((a, b) => (a < b ? -1 : 1));
  const images = proportional(sizes) ?? inSteps(sizes);
  // A number that is there already could not be told from one that is meant to be large.
  if (images.some((one) => other.has(one)) || new Set(images).size < images.length) return null;
  const down = new Map<bigint, bigint>();
  const up = new Map<bigint, bigint>();
  for (const [i, size] of sizes.entries()) {
    for (const sign of [1n, -1n]) {
      down.set(sign * size, sign * images[i]!);
      up.set(sign * images[i]!, sign * size);
    }
  }
  for (const [i, size] of sizes.entries()) {
    for (const shift of [1n, -1n]) {
      for (const sign of [1n, -1n]) {
        const near = sign * (images[i]! + shift);
        if (!up.has(near)) up.set(near, sign * (size + shift));
      }
    }
  }
  return { down, up };
}

/** Multiples of a unit, or next to them, where the largest is not many units: so differences stay differences. */
function proportional(sizes: readonly bigint[]): bigint[] | null {
  const largest = sizes.at(-1)!;
  const units = sizes.flatMap((one, i) => sizes.slice(i).map((other) => gcd(one, other)));
  for (const unit of units.sort((a, b) => (a > b ? -1 : 1))) {
    if (unit * MOST_UNITS < largest) return null;
    const parts = sizes.map((size) => {
      const times = (size + unit / 2n) / unit;
      return { times, rest: size - times * unit };
    });
    if (parts.some(({ rest }) => rest > NEAR || rest < -NEAR)) continue;
    const factor = FACTORS.find((one) => one * (largest / unit) <= LONGEST) ?? FACTORS.at(-1)!;
    return parts.map(({ times, rest }) => times * factor + rest);
  }
  return null;
}

/** One step a number, or a neighbourhood of them, with its remainder. */
function inSteps(sizes: readonly bigint[]): bigint[] {
  let at = STEP;
  return sizes.map((size, i) => {
    const before = i === 0 ? null : sizes[i - 1]! / STEP;
    if (size / STEP !== before) at += STEP;
    return at + (size % STEP);
  });
}

/** The program with every number that the map names replaced. */
export function withNumbers(program: Program, numbers: ReadonlyMap<bigint, bigint>): Program {
  const { blocks, loops } = program;
  return { ...program, blocks: replaced(blocks, numbers), loops: replaced(loops, numbers) };
}

/** Any tree of terms and formulas with the numbers replaced. */
export function replaced<Tree>(tree: Tree, numbers: ReadonlyMap<bigint, bigint>): Tree {
  if (Array.isArray(tree)) return tree.map((one) => replaced(one, numbers)) as Tree;
  if (typeof tree !== "object" || tree === null) return tree;
  if (isInteger(tree)) return { ...tree, value: numbers.get(tree.value) ?? tree.value };
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, replaced(value, numbers)]),
  ) as Tree;
}

function isInteger(tree: object): tree is Extract<Term | Formula, { kind: "integer" }> {
  return "kind" in tree && tree.kind === "integer" && "value" in tree && typeof tree.value === "bigint";
}
