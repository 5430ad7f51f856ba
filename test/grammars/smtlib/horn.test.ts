import { describe, expect, it } from "vitest";
import { readHorn } from "../../../grammars/smtlib/horn.ts";

function outcome(text: string): string {
  const read = readHorn(text);
  if (read.kind === "error") return `${read.span.line}:${read.span.column}: ${read.message}`;
  return read.problem.conditions
    .map(({ text, clause }) => {
      if (clause === null) return `${text} is no clause`;
      const goal = clause.goal ? ", goal" : "";
      return `${text}: ${clause.body.length} before, ${clause.constraint.length} constraints${goal}`;
    })
    .join("; ");
}

const INV = "(declare-fun inv (Int) Bool)\n";

describe("constrained Horn clauses", () => {
  it.each(["(declare-const k Int)", "(declare-fun k () Int)"])(
    "a run refutes nothing where one value holds for all clauses: %s",
    (constant) => {
      const asked = (clause: string) => outcome(`${INV}${constant}\n${clause}`);
      expect(asked("(assert (= k 3))")).toBe("query at line 3 is no clause");
      expect(asked("(assert (forall ((k Int)) (=> (= k 0) (inv k))))")).toMatch(/^initiation/);
    },
  );

  it("end where the script does", () => {
    const first = "(assert (inv 0))\n(check-sat)\n(exit)\n(assert (=> (inv 0) false))";
    expect(outcome(INV + first)).toBe("initiation of 'inv' at line 2: 0 before, 0 constraints");
  });

  it.each([
    [
      "(assert (forall ((x Int)) (=> (= x 0) (inv x))))",
      "initiation of 'inv' at line 2: 0 before, 1 constraints",
    ],
    ["(assert (inv 0))", "initiation of 'inv' at line 2: 0 before, 0 constraints"],
    [
      "(assert (forall ((x Int) (y Int)) (=> (and (inv x) (and (< x 5) (= y (+ x 1)))) (inv y))))",
      "consecution of 'inv' at line 2: 1 before, 2 constraints",
    ],
    [
      "(assert (forall ((x Int)) (=> (and (inv x) (< x 0)) false)))",
      "query at line 2: 1 before, 1 constraints",
    ],
    ["(assert (forall ((x Int)) (=> (inv x) (>= x 0))))", "query at line 2: 1 before, 0 constraints, goal"],
    ["(assert (forall ((x Int)) (not (and (inv x) (< x 0)))))", "query at line 2: 1 before, 1 constraints"],
    [
      "(assert (forall ((x Int)) (or (not (inv x)) (< x 9) (inv (- x 1)))))",
      "consecution of 'inv' at line 2: 1 before, 1 constraints",
    ],
    ["(assert (forall ((x Int)) (=> (or (inv x) (= x 0)) (inv (+ x 1)))))", "query at line 2 is no clause"],
  ])("are told apart: %s", (clause, expected) => {
    expect(outcome(INV + clause)).toBe(expected);
  });

  it("may be a template with a hole", () => {
    const text = `(declare-const x Int)
(define-fun inv ((x Int)) Bool SPLIT_HERE_1 )
SPLIT_HERE_1
(assert (not (=> (= x 1) (inv x))))`;
    expect(outcome(text)).toBe("initiation of 'inv' at line 4: 0 before, 1 constraints");
    expect(outcome(text.replace("(not (=> (= x 1) (inv x)))", "(inv x)"))).toBe(
      "4:9: a template asserts the negation of each condition",
    );
  });

  it.each([
    ["", "1:1: no predicate is declared here; Horn clauses need (declare-fun inv (Int …) Bool)"],
    [INV, "1:1: no clause is asserted about this predicate"],
    ["(declare-fun f (Int) Int)", "1:22: only predicates can be solved for: the result is Bool"],
    [`${INV}(assert)`, "2:1: a formula is missing here"],
    [`${INV}(assert (forall (x Int) (inv x)))`, "2:18: a parameter is (name sort)"],
    [`${INV}(push 1)`, "2:1: 'push' has no place among Horn clauses here"],
    [`${INV}(assert (inv 0)`, "2:1: this parenthesis is never closed"],
  ])("say what is wrong and where: %j", (text, message) => {
    expect(outcome(text)).toBe(message);
  });
});
