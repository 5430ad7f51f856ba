import { describe, expect, it } from "vitest";
import { readAcslPredicate } from "../../../grammars/acsl/read.ts";
import { readC } from "../../../grammars/c/read.ts";
import { evaluateFormula } from "../../../server/program/evaluate.ts";
import { integerType } from "../../../server/program/integer.ts";
import { lowerPredicate } from "../../../server/program/lower/annotation.ts";
import { Context } from "../../../server/program/lower/context.ts";
import { printFormula, printTerm } from "../../../server/program/print.ts";
import { type Random, randomFrom } from "../../../server/program/random.ts";
import { and, FALSE, type Formula, not, or, type Term, TRUE } from "../../../server/program/term.ts";
import { simplifyFormula, visitFormula } from "../../../server/program/traverse.ts";
import { add, div, is, mod, multiply, subtract, t } from "./build.ts";
import { randomFormula } from "./generate.ts";

const same = (name: string) => name;
const negate = (argument: Term): Term => ({ kind: "negate", argument });

describe("terms", () => {
  it.each<[string, Term]>([
    ["x - 1", add("x", -1)],
    ["x + 1", subtract("x", -1)],
    ["x + 1", add(1, "x")],
    ["2 * x", multiply("x", 2)],
    ["y - x", add(negate(t("x")), "y")],
    ["x - 2 * y", add("x", multiply(-2, "y"))],
    ["x - (y - z)", subtract("x", subtract("y", "z"))],
    ["x - y - z", subtract(subtract("x", "y"), "z")],
    ["(x + y) * z", multiply(add("x", "y"), "z")],
    ["x * y / z", div(multiply("x", "y"), "z")],
    ["x * (y / z)", multiply("x", div("y", "z"))],
    ["x % (y * z)", mod("x", multiply("y", "z"))],
    ["-(-x)", negate(negate(t("x")))],
    ["-(x + y)", negate(add("x", "y"))],
    ["-x", multiply("x", -1)],
    ["-3", t(-3)],
    ["x - -y * z", subtract("x", multiply(negate(t("y")), "z"))],
    ["(x < y ? x : y)", { kind: "choose", condition: is("x", "<", "y"), then: t("x"), else: t("y") }],
    [
      "(unsigned int)(x + 1)",
      { kind: "wrap", type: integerType("unsigned int", "32")!, argument: add("x", 1) },
    ],
    ["(char)x", { kind: "wrap", type: integerType("char", "32")!, argument: t("x") }],
    ["x >> 2", { kind: "shiftRight", left: t("x"), right: t(2) }],
    ["1 << x", { kind: "pow2", argument: t("x") }],
  ])("%s", (text, term) => {
    expect(printTerm(term, same)).toBe(text);
  });

  it("carry the names that the source gives them", () => {
    expect(printTerm(add("x#2", "y"), (name) => name.replace(/#\d+$/, ""))).toBe("x + y");
  });
});

describe("formulas", () => {
  it.each<[string, Formula]>([
    ["\\true", TRUE],
    ["\\false", FALSE],
    ["0 <= i && i <= n", and(is(0, "<=", "i"), is("i", "<=", "n"))],
    ["x == 0", is(0, "==", "x")],
    ["x < 0", is(0, ">", "x")],
    ["x >= y", not(is("x", "<", "y"))],
    ["x != y", not(is("x", "==", "y"))],
    ["!(x == 0 && y == 0)", not(and(is("x", "==", 0), is("y", "==", 0)))],
    ["(x == 0 && y == 0) || x > y", or(and(is("x", "==", 0), is("y", "==", 0)), is("x", ">", "y"))],
    ["x > 0 ==> y > 0 ==> x > y", implies(is("x", ">", 0), implies(is("y", ">", 0), is("x", ">", "y")))],
    ["(x > 0 ==> y > 0) ==> x > y", implies(implies(is("x", ">", 0), is("y", ">", 0)), is("x", ">", "y"))],
    ["x > 0 <==> y > 0", { kind: "iff", left: is("x", ">", 0), right: is("y", ">", 0) }],
    [
      "(x & y) == 0",
      is(
        { kind: "bits", operator: "and", type: integerType("int", "32")!, left: t("x"), right: t("y") },
        "==",
        0,
      ),
    ],
    ["x % 2 == 0", is(mod("x", 2), "==", 0)],
  ])("%s", (text, formula) => {
    expect(printFormula(formula, same)).toBe(text);
  });

  function implies(left: Formula, right: Formula): Formula {
    return { kind: "implies", left, right };
  }
});

describe("round trip", () => {
  const names = ["a", "b", "c"];
  const file = readC("names.c", "void f(int a, unsigned b, signed char c) { }");
  const context = () => new Context(file, file.functions[0]!, "32", "c");

  function read(text: string): Formula {
    const reading = readAcslPredicate(text);
    if (reading.kind === "error") throw new Error(`${text}: ${reading.diagnostics[0]?.message}`);
    const ctx = context();
    for (const parameter of file.functions[0]!.parameters) ctx.declare(parameter, "parameter", false);
    const formula = lowerPredicate(ctx, reading.predicate, "statement");
    if (ctx.diagnostics.length > 0) throw new Error(`${text}: ${ctx.diagnostics[0]!.message}`);
    return formula;
  }

  /** Annotations cannot say a shift by a variable, nor a bitwise operation on integers of any size. */
  function sayable(formula: Formula): boolean {
    let found = true;
    visitFormula(formula, (node) => {
      if (node.kind === "pow2" || node.kind === "bits") found = false;
      if (
        node.kind === "shiftRight" &&
        !(node.right.kind === "integer" && node.right.value >= 0n && node.right.value < 64n)
      )
        found = false;
    });
    return found;
  }

  const someFormula = (random: Random) => simplifyFormula(randomFormula(random, names, 4, "32"));

  it("reads back what was printed: the same value in every state, and the same text", () => {
    const random = randomFrom(7);
    let compared = 0;
    for (let round = 0; round < 1500; round++) {
      const formula = someFormula(random);
      if (!sayable(formula)) continue;
      const text = printFormula(formula, same);
      const again = read(text);
      for (let trial = 0; trial < 4; trial++) {
        const state = new Map<string, bigint>([
          ["a", BigInt(random.between(-2147483648, 2147483647))],
          ["b", BigInt(random.between(0, 9))],
          ["c", BigInt(random.between(-128, 127))],
        ]);
        const expected = evaluateFormula(formula, (name) => state.get(name));
        if (expected === null) continue;
        expect([text, evaluateFormula(again, (name) => state.get(name))]).toEqual([text, expected]);
        compared++;
      }
      const normal = printFormula(again, same);
      expect(printFormula(read(normal), same)).toBe(normal);
    }
    expect(compared).toBeGreaterThan(1000);
  });

  it("keeps what people write to the letter", () => {
    for (const text of [
      "0 <= a && a <= c",
      "a == 2 * c + 1",
      "a % 2 == 0 ==> c > a - 3",
      "a * (a - 1) / 2 == c",
      "(a == 0 && c == 0) || a > c",
      "!(a > 0 <==> c > 0)",
      "(a & c) == 3",
      "(unsigned int)(a - 1) < b",
      "-a <= c",
    ]) {
      expect(printFormula(read(text), same)).toBe(text);
    }
  });
});
