import { describe, expect, it } from "vitest";
import { evaluateFormula, evaluateTerm } from "../../../server/program/evaluate.ts";
import { integerType } from "../../../server/program/integer.ts";
import { randomFrom } from "../../../server/program/random.ts";
import {
  and,
  FALSE,
  type Formula,
  integer,
  not,
  or,
  type Term,
  TRUE,
  variable,
} from "../../../server/program/term.ts";
import {
  same,
  simplifyFormula,
  simplifyTerm,
  sizeOf,
  substituteFormula,
  substituteTerm,
  variablesOf,
  variablesOfTerm,
} from "../../../server/program/traverse.ts";
import { add, is, mod, multiply, subtract, t } from "./build.ts";
import { randomFormula, randomTerm } from "./generate.ts";

const names = ["x", "y", "z"];

describe("substitution", () => {
  it("replaces all variables at once", () => {
    const swapped = substituteTerm(subtract("x", "y"), (name) =>
      name === "x" ? variable("y") : variable("x"),
    );
    expect(swapped).toEqual(subtract("y", "x"));
  });

  it("reaches conditions inside terms and keeps what is not replaced", () => {
    const term: Term = { kind: "choose", condition: is("x", "<", "y"), then: t("x"), else: t("z") };
    const formula = substituteFormula(is(term, "==", 0), (name) => (name === "x" ? integer(7) : null));
    expect(variablesOf(formula)).toEqual(new Set(["y", "z"]));
  });

  it("means evaluation in the changed state, for random formulas", () => {
    const random = randomFrom(11);
    for (let round = 0; round < 500; round++) {
      const formula = randomFormula(random, names, 3, "32");
      const replacement = randomTerm(random, names, 2, "32");
      const state = new Map(names.map((name) => [name, BigInt(random.between(-5, 5))]));
      const value = evaluateTerm(replacement, (name) => state.get(name));
      if (value === null) continue;
      const changed = new Map(state).set("x", value);
      const substituted = substituteFormula(formula, (name) => (name === "x" ? replacement : null));
      const expected = evaluateFormula(formula, (name) => changed.get(name));
      if (expected !== null) expect(evaluateFormula(substituted, (name) => state.get(name))).toBe(expected);
    }
  });
});

describe("measures", () => {
  it("names variables in the order of their first occurrence", () => {
    expect([...variablesOfTerm(add(multiply("b", "a"), "b"))]).toEqual(["b", "a"]);
  });

  it("counts the nodes of formulas and terms", () => {
    expect(sizeOf(and(is("x", "<", 1), not(is("y", "==", add("x", 2)))))).toBe(10);
  });
});

describe("simplification", () => {
  it.each<[string, Term, Term]>([
    ["constants", add(2, multiply(3, 4)), t(14)],
    ["constants of sums", subtract(add(1, "x"), 3), subtract("x", 2)],
    ["units", multiply(1, add("x", 0)), t("x")],
    ["a term minus itself", subtract("x", "x"), t(0)],
    ["division as C's", { kind: "div", left: t(-7), right: t(2) }, t(-3)],
    ["the sign of the remainder", mod(-7, 2), t(-1)],
    ["shifts of negative values", { kind: "shiftRight", left: t(-7), right: t(1) }, t(-4)],
    ["conversions", { kind: "wrap", type: integerType("unsigned char", "32")!, argument: t(-1) }, t(255)],
    ["division by zero stays", mod(5, 0), mod(5, 0)],
    ["powers out of range stay", { kind: "pow2", argument: t(64) }, { kind: "pow2", argument: t(64) }],
  ])("folds %s", (_, term, expected) => {
    expect(simplifyTerm(term)).toEqual(expected);
  });

  it.each<[string, Formula, Formula]>([
    ["comparisons of constants", is(1, "<", 2), TRUE],
    ["a term compared with itself", is(add("x", "y"), "<", add("x", "y")), FALSE],
    ["negated comparisons", not(is("x", "<", "y")), is("x", ">=", "y")],
    ["units of junctions", and(TRUE, or(FALSE, is("x", "<", 1))), is("x", "<", 1)],
    ["implications of false", { kind: "implies", left: is("x", "<", 1), right: FALSE }, is("x", ">=", 1)],
    ["equivalences with true", { kind: "iff", left: TRUE, right: is("x", "<", 1) }, is("x", "<", 1)],
    [
      "truth values that became numbers",
      is({ kind: "choose", condition: is("x", "<", "y"), then: t(1), else: t(0) }, "==", 0),
      is("x", ">=", "y"),
    ],
  ])("folds %s", (_, formula, expected) => {
    expect(simplifyFormula(formula)).toEqual(expected);
  });

  it("keeps the value of every formula in every state", () => {
    const random = randomFrom(5);
    let compared = 0;
    for (let round = 0; round < 2000; round++) {
      const formula = randomFormula(random, names, 4, random.pick(["math", "32", "64"] as const));
      const simplified = simplifyFormula(formula);
      for (let trial = 0; trial < 5; trial++) {
        const state = new Map(names.map((name) => [name, BigInt(random.between(-9, 9))]));
        const value = evaluateFormula(formula, (name) => state.get(name));
        if (value === null) continue;
        expect(evaluateFormula(simplified, (name) => state.get(name))).toBe(value);
        compared++;
      }
      expect(same(simplifyFormula(simplified), simplified)).toBe(true);
    }
    expect(compared).toBeGreaterThan(3000);
  });
});
