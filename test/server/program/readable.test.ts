import { describe, expect, it } from "vitest";
import { evaluateFormula } from "../../../server/program/evaluate.ts";
import { printFormula } from "../../../server/program/print.ts";
import { randomFrom } from "../../../server/program/random.ts";
import { plainComparisons } from "../../../server/program/readable.ts";
import { and, type Formula, implies, quantified } from "../../../server/program/term.ts";
import { add, is, subtract } from "./build.ts";
import { randomFormula } from "./generate.ts";

const same = (name: string) => name;
const plain = (formula: Formula) => printFormula(plainComparisons(formula), same);

describe("comparisons as people write them", () => {
  it.each<[string, Formula]>([
    ["i < n", is("i", "<=", subtract("n", 1))],
    ["i < n", is("i", "<=", add("n", -1))],
    ["k <= i", is("k", "<", add("i", 1))],
    ["i < k", is(add("i", 1), "<=", "k")],
    ["i > n", is("i", ">=", add("n", 1))],
    ["i >= n", is(add("i", 1), ">", "n")],
    ["i == n - 1", is("i", "==", subtract("n", 1))],
    ["i + 1 < n", is(add("i", 1), "<", "n")],
    ["i <= 4", is("i", "<=", 4)],
  ])("%s", (text, formula) => expect(plain(formula)).toBe(text));

  it("mean the same in every state", () => {
    const random = randomFrom(11);
    const names = ["a", "b"];
    let changed = 0;
    for (let round = 0; round < 400; round++) {
      const left = add(random.pick(names), random.between(-1, 1));
      const right = subtract(random.pick(names), random.between(-1, 1));
      const nested = randomFormula(random, names, 2, "32");
      const formula = and(is(left, random.pick(["<", "<=", ">", ">="] as const), right), nested);
      const other = plainComparisons(formula);
      if (printFormula(other, same) !== printFormula(formula, same)) changed++;
      for (let trial = 0; trial < 8; trial++) {
        const state = new Map([
          ["a", BigInt(random.between(-3, 3))],
          ["b", BigInt(random.between(-3, 3))],
        ]);
        const value = (one: Formula) => evaluateFormula(one, (name) => state.get(name));
        expect(value(other)).toBe(value(formula));
      }
    }
    expect(changed).toBeGreaterThan(100);
  });
});

describe("quantifiers as people write them", () => {
  const sorted = quantified(
    "forall",
    ["?i", "?j"],
    implies(and(is(0, "<=", "?i"), is("?j", "<", "n"), is("?i", "<=", "?j")), is("?i", "!=", add("?j", "x"))),
  );

  it("have their bounds in a chain, in whatever order they came", () => {
    expect(printFormula(sorted, same)).toBe("\\forall integer i, j; 0 <= i <= j < n ==> i != j + x");
  });

  it("hide no name that means something where they stand, whether or not they speak of it", () => {
    const scope = (...names: string[]) => Object.assign((name: string) => name, { scope: new Set(names) });
    expect(printFormula(sorted, scope("i"))).toBe("\\forall integer k, j; 0 <= k <= j < n ==> k != j + x");
    expect(printFormula(sorted, scope("i", "k", "l", "m"))).toBe(
      "\\forall integer i2, j; 0 <= i2 <= j < n ==> i2 != j + x",
    );
    const inner = quantified("exists", ["?k"], is("?k", "==", "i"));
    expect(printFormula(quantified("forall", ["?i"], and(is("?i", ">", 0), inner)), scope("i", "k"))).toBe(
      "\\forall integer l; l > 0 && (\\exists integer m; m == i)",
    );
  });
});
