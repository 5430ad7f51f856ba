import { describe, expect, it } from "vitest";
import type { HornClauses } from "../../../../server/conditions/horn.ts";
import { printFormula } from "../../../../server/program/print.ts";
import { readSolution } from "../../../../server/proposers/spacer/solution.ts";

const clauses: HornClauses = { text: "", predicates: [{ name: "inv_0", variables: ["x", "n"] }] };

function shown(text: string): readonly string[] | string {
  const solution = readSolution(text, clauses);
  if (solution.kind === "rejected") return solution.reason;
  return solution.invariants.flat().map((formula) => printFormula(formula, (name) => name));
}

const defined = (body: string) => `((define-fun inv_0 ((x!0 Int) (x!1 Int)) Bool ${body}))`;

describe("a solution of Horn clauses", () => {
  it("becomes conjuncts as a person writes them", () => {
    const body = "(let ((a!1 (+ x!1 (* (- 1) x!0)))) (and (>= a!1 0) (not (<= x!0 (- 1)))))";
    expect(shown(defined(body))).toEqual(["n >= x", "x >= 0"]);
    expect(shown(defined("(not (or (not (= (mod x!0 2) 0)) (> x!0 (* 2 x!1))))"))).toEqual([
      "(x % 2 < 0 ? x % 2 + 2 : x % 2) == 0",
      "x <= 2 * n",
    ]);
  });

  it("loses what it says of unknown numbers, and keeps what follows", () => {
    const body =
      "(exists ((a Int) (b Int)) (! (and (= a (+ x!0 1)) (<= a x!1) (< b a) (>= x!1 0)) :weight 0))";
    expect(shown(defined(body))).toEqual(["x < n", "n >= 0"]);
  });

  it("may use functions that it defines, and say nothing of a predicate", () => {
    const text =
      "(model (define-fun small ((k Int)) Bool (< k 3)) (define-fun inv_0 ((a Int) (b Int)) Bool (small b)))";
    expect(shown(text)).toEqual(["n <= 2"]);
    expect(shown("()")).toEqual([]);
    expect(shown(defined("true"))).toEqual([]);
  });

  it.each([
    ["(define-fun inv_0 ((x", "never closed"],
    ["sat", "a definition is expected"],
    [defined("(forall ((y Bool)) (= x!0 y))"), "only integers may be bound"],
    [defined("(> x!0 2.5)"), "'2.5' is not declared"],
    [defined("(+ x!0 1)"), "defined as an integer"],
    [defined("(= x!0 true)"), "values of two sorts are compared"],
    [defined("(and x!0)"), "truth value is needed"],
    [defined("(> (select x!0 1) 0)"), "an array is needed here"],
    [defined("(> system 0)"), "'system' is not declared"],
    ["((define-fun inv_0 ((x Int)) Bool true))", "wrong number of arguments"],
    ["((define-fun inv_0 (x Int) Bool (inv_0 x)))", "a parameter is (name sort)"],
    [defined("(inv_0 x!0 x!1)"), "'inv_0' is not supported"],
    ['(*/ system("") /*)', "a definition is expected"],
  ])("that is anything else is refused: %s", (text, words) => {
    expect(shown(text)).toContain(words);
  });

  it("that doubles itself without end is refused, not followed", () => {
    const lets = Array.from({ length: 60 }, (_, i) => `(let ((v${i + 1} (+ v${i} v${i}))) `).join("");
    const body = `(let ((v0 x!0)) ${lets}(> v60 0)${")".repeat(60)})`;
    expect(shown(defined(body))).toContain("too large when its parts are written out");
  });
});
