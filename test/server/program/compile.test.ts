import { expect, test } from "vitest";
import { compileFormula } from "../../../server/program/compile.ts";
import { evaluateFormula } from "../../../server/program/evaluate.ts";
import { randomFrom } from "../../../server/program/random.ts";
import { StateTable } from "../../../server/program/states.ts";
import type { Formula } from "../../../server/program/term.ts";
import { visitFormula } from "../../../server/program/traverse.ts";
import { add, div, is, multiply, subtract } from "./build.ts";
import { randomFormula } from "./generate.ts";

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const names = ["a", "b", "c"];
const index = new Map(names.map((name, position) => [name, position]));

/** The truth over exact integers, and whether every intermediate value is a safe integer. */
function exactly(formula: Formula, state: readonly number[]): { truth: boolean | null; safe: boolean } {
  let safe = true;
  visitFormula(formula, (node) => {
    if (node.kind === "integer" && !Number.isSafeInteger(Number(node.value))) safe = false;
  });
  const truth = evaluateFormula(
    formula,
    (name) => BigInt(state[index.get(name)!]!),
    (_, value) => {
      if (value > SAFE || value < -SAFE) safe = false;
      return true;
    },
  );
  return { truth, safe };
}

test("compiled and columnar truth agree with the exact one, and never refute what they cannot tell", () => {
  let decided = 0;
  let refuted = 0;
  for (let seed = 0; seed < 3000; seed++) {
    const random = randomFrom(seed);
    const formula = randomFormula(random, names, 3, "math");
    const compiled = compileFormula(formula, index);
    for (let round = 0; round < 4; round++) {
      const size = random.pick([3, 10, 1000, 2 ** 31, 2 ** 52]);
      const state = names.map(() => random.between(-size, size));
      const table = new StateTable(names);
      table.add(state, 0, { run: 0, visit: 0, iteration: 0 });
      const { truth, safe } = exactly(formula, state);
      const verdicts = [
        compiled(Float64Array.from([99, ...state]), 1),
        table.screen(formula).kind === "holds",
      ];
      for (const [way, holds] of verdicts.entries()) {
        const label = `seed ${seed}, way ${way}, state ${state}`;
        if (!holds) expect(truth, label).toBe(false);
        if (truth === false && safe) expect(holds, label).toBe(false);
      }
      if (truth !== null && safe) decided++;
      if (!verdicts[0]) refuted++;
    }
  }
  expect(decided).toBeGreaterThan(5000);
  expect(refuted).toBeGreaterThan(2000);
});

test("what leaves the safe integers cannot be told", () => {
  const huge = Number.MAX_SAFE_INTEGER;
  // Over doubles the sum rounds; a check at the end alone would miss it.
  const cancelled = is(subtract(add("a", 2), "a"), "==", 2);
  const falsehood = is(subtract(multiply("a", "a"), multiply("a", "a")), "!=", 0);
  for (const formula of [cancelled, falsehood]) {
    expect(compileFormula(formula, index)(Float64Array.of(huge, 0, 0), 0)).toBe(true);
  }
});

test("a constant beyond the safe integers is compared rightly", () => {
  const test = compileFormula(is("a", "<", (1n << 53n) + 1n), index);
  expect(test(Float64Array.of(Number.MAX_SAFE_INTEGER, 0, 0), 0)).toBe(true);
  const never = compileFormula(is("a", ">", 1n << 64n), index);
  expect(never(Float64Array.of(Number.MAX_SAFE_INTEGER, 0, 0), 0)).toBe(false);
});

test("division by zero and unknown variables cannot be told", () => {
  expect(compileFormula(is(div("a", "b"), "!=", div("a", "b")), index)(Float64Array.of(1, 0, 0), 0)).toBe(
    true,
  );
  expect(compileFormula(is("elsewhere", "!=", "elsewhere"), index)(Float64Array.of(1, 0, 0), 0)).toBe(true);
});

test("names never reach the code", () => {
  const hostile = 'a");throw new Error("executed");//';
  const test = compileFormula(is(hostile, "==", 1), new Map([[hostile, 0]]));
  expect(test(Float64Array.of(1), 0)).toBe(true);
  expect(test(Float64Array.of(2), 0)).toBe(false);
});
