import type { Tree } from "../definition/definition.ts";
import { chevrotainParser } from "../emit/parser.ts";
import { printer } from "../emit/printer.ts";
import type { ProvedLanguage } from "./language.ts";
import type { Failure } from "./prove.ts";
import { randomTree, treesOfSize } from "./trees.ts";

const MOST = 4_000;
const RANDOM = 500;

/**
 * Prints trees and parses them back: all of the smallest sizes, as many sizes as stay below a number of trees, and random
 * larger ones. So this one is tried, not proved.
 */
export function roundTrips({ definition }: ProvedLanguage): {
  readonly failures: readonly Failure[];
  readonly sizes: { readonly size: number; readonly trees: number; readonly random: number };
} {
  const print = printer(definition);
  const parser = chevrotainParser(definition);
  const failure = (tree: Tree): Failure | null => {
    const text = print(tree);
    const parsed = parser.parse(text);
    if (parsed.kind === "error")
      return { message: `printed, but ${parsed.message}`, text, at: parsed.offset };
    return same(parsed.tree, tree) ? null : { message: "printed, but it parses to another tree", text };
  };
  let trees = 0;
  let size = 0;
  for (let next = 1; next < 12 && trees < MOST; next += 1) {
    const before = trees;
    for (const tree of treesOfSize(definition, next)) {
      trees += 1;
      const found = failure(tree);
      if (found !== null) return { failures: [found], sizes: { size, trees, random: 0 } };
      if (trees > MOST) break;
    }
    if (trees <= MOST && (trees > before || size === 0)) size = next;
  }
  let random = 0;
  let state = 20_261;
  const pick = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
  for (let run = 0; run < RANDOM; run += 1) {
    const tree = randomTree(definition, 5 + (run % 5), pick);
    if (tree === null) continue;
    if (print(tree).length > definition.caps.maxLength) continue;
    random += 1;
    const found = failure(tree);
    if (found !== null) return { failures: [found], sizes: { size, trees, random } };
  }
  return { failures: [], sizes: { size, trees, random } };
}

function same(left: unknown, right: unknown): boolean {
  if (typeof left !== "object" || left === null || typeof right !== "object" || right === null)
    return left === right;
  const [a, b] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
}
