import { describe, expect, test } from "vitest";
import { evaluateFormula, evaluateTerm } from "../../../server/program/evaluate.ts";
import { integerType } from "../../../server/program/integer.ts";
import { and, type Formula, implies, or, type Term } from "../../../server/program/term.ts";
import { add, div, is, mod, multiply, t } from "./build.ts";

const values = new Map([
  ["x", 7n],
  ["y", -2n],
  ["big", 1n << 70n],
  ["zero", 0n],
]);
const lookup = (name: string): bigint | undefined => values.get(name);
const term = (of: Term): bigint | null => evaluateTerm(of, lookup);
const formula = (of: Formula): boolean | null => evaluateFormula(of, lookup);
const type = (name: string) => integerType(name, "math")!;

describe("terms", () => {
  test("arithmetic is exact at any size", () => {
    expect(term(multiply("big", "big"))).toBe(1n << 140n);
    expect(term(add("big", { kind: "negate", argument: t("x") }))).toBe((1n << 70n) - 7n);
  });

  test("division and modulo truncate towards zero", () => {
    expect(term(div(-7, 2))).toBe(-3n);
    expect(term(mod(-7, 2))).toBe(-1n);
    expect(term(mod(7, -2))).toBe(1n);
  });

  test("a shift to the right rounds down", () => {
    expect(term({ kind: "shiftRight", left: t(-7), right: t(1) })).toBe(-4n);
  });

  test("wrap converts modulo 2ⁿ", () => {
    expect(term({ kind: "wrap", type: type("unsigned char"), argument: t(-1) })).toBe(255n);
    expect(term({ kind: "wrap", type: type("char"), argument: t(200) })).toBe(-56n);
    expect(term({ kind: "wrap", type: type("_Bool"), argument: t(256) })).toBe(1n);
    expect(term({ kind: "wrap", type: type("unsigned long"), argument: t(-1) })).toBe((1n << 64n) - 1n);
  });

  test("bitwise operators work on two's complement", () => {
    const bits = (operator: "and" | "or" | "xor", left: number, right: number): Term => ({
      kind: "bits",
      operator,
      type: type("int"),
      left: t(left),
      right: t(right),
    });
    expect(term(bits("and", -1, 12))).toBe(12n);
    expect(term(bits("or", -8, 3))).toBe(-5n);
    expect(term(bits("xor", -1, 5))).toBe(-6n);
  });

  test.each<[string, Term]>([
    ["division by zero", div("x", "zero")],
    ["modulo by zero", mod("x", 0)],
    ["2 to the 64th", { kind: "pow2", argument: t(64) }],
    ["2 to a negative power", { kind: "pow2", argument: t(-1) }],
    ["a negative shift amount", { kind: "shiftRight", left: t("x"), right: t("y") }],
    [
      "an operand outside its type",
      { kind: "bits", operator: "and", type: type("unsigned char"), left: t(256), right: t(1) },
    ],
    ["a variable without a value", t("unknown")],
    ["anything built on it", add(1, multiply(0, div("x", 0)))],
  ])("%s is undefined", (_, undefinedTerm) => {
    expect(term(undefinedTerm)).toBeNull();
  });

  test("choose looks only at the branch it takes", () => {
    const safe: Term = { kind: "choose", condition: is("zero", "!=", 0), then: div("x", "zero"), else: t(5) };
    expect(term(safe)).toBe(5n);
    expect(term({ ...safe, condition: is(div(1, 0), "==", 0) })).toBeNull();
  });
});

describe("formulas", () => {
  const broken = is(div("x", "zero"), ">", 0);
  const yes = is("x", ">", 0);
  const no = is("x", "<", 0);

  test("a connective that is decided does not look further", () => {
    expect(formula(and(no, broken))).toBe(false);
    expect(formula(or(yes, broken))).toBe(true);
    expect(formula(implies(no, broken))).toBe(true);
  });

  test("an undefined operand before the decision makes it undefined", () => {
    expect(formula(and(broken, no))).toBeNull();
    expect(formula(or(broken, yes))).toBeNull();
    expect(formula(implies(broken, yes))).toBeNull();
    expect(formula(and(yes, broken))).toBeNull();
    expect(formula({ kind: "iff", left: yes, right: broken })).toBeNull();
    expect(formula({ kind: "not", argument: broken })).toBeNull();
  });

  test("relations", () => {
    const truths = (["<", "<=", ">", ">=", "==", "!="] as const).map((relation) =>
      formula(is("x", relation, 7)),
    );
    expect(truths).toEqual([false, true, false, true, true, false]);
  });

  test("a symbol has no value", () => {
    expect(formula({ kind: "symbol", name: "p" })).toBeNull();
  });
});
