import { describe, expect, it } from "vitest";
import { type Expression, readExpressions } from "../../../grammars/smtlib/expression.ts";
import { expressionText, Malformed, type Sorted, sortedVariables } from "../../../grammars/smtlib/problem.ts";
import { fitted } from "../../../grammars/sygus/fit.ts";
import { derives, readGrammar } from "../../../grammars/sygus/grammar.ts";

function read(text: string): readonly Expression[] {
  const result = readExpressions(text);
  if (result.kind === "error") throw new Error(result.message);
  return result.expressions;
}

const parameters: readonly Sorted[] = (() => {
  const [list] = read("((x Int) (y Int) (b Bool))");
  return sortedVariables(list, list!);
})();
const LEAST = "((S Bool ((<= T T) (not S) (and S S))) (T Int (x y 0 1 (+ T T) (- T T))))";
const ANY =
  "((S Bool) (T Int)) ((S Bool ((Variable Bool) (> T T) (or S S) (not S))) (T Int ((Variable Int) (Constant Int) (* (Constant Int) T))))";

function written(grammar: string, term: string): string | null {
  const found = fitted(readGrammar(read(grammar), "inv"), parameters, read(term)[0]!);
  return found && expressionText(found);
}

function inside(grammar: string, term: string): boolean {
  return derives(readGrammar(read(grammar), "inv"), parameters, read(term)[0]!);
}

describe("a grammar for the answer", () => {
  it.each([
    [LEAST, "(and (<= x 0) (not (<= (+ x 1) y)))", true],
    [LEAST, "(< x 0)", false],
    [LEAST, "(<= x 2)", false],
    [LEAST, "(<= x b)", false],
    [LEAST, "(and (<= x 0) (<= x 0) (<= x 0))", false],
    [LEAST, "x", false],
    [ANY, "(or b (> (* 3 x) (- 7)))", true],
    [ANY, "(or b (> (* 3 x) -7))", true],
    [ANY, "(> x z)", false],
    [ANY, "(> b 1)", false],
    ["((S Bool (S (and S S))))", "true", false],
    ["((S Bool (true S (and S S))))", "(and true (and true true))", true],
  ])("%s derives %s: %s", (grammar, term, wanted) => {
    expect(inside(grammar, term)).toBe(wanted);
  });

  it.each([
    [LEAST, "(= x y)", "(and (<= y x) (<= x y))"],
    [LEAST, "(> x 2)", "(<= (+ 1 (+ 1 1)) x)"],
    [LEAST, "(or (< x 0) (>= y 4))", "(not (and (<= 0 x) (not (<= (+ (+ 1 1) (+ 1 1)) y))))"],
    [ANY, "(and (<= x 5) (>= (+ x x) y))", "(not (or (> x 5) (> y (* 2 x))))"],
    [ANY, "(=> b (<= x 5))", "(or (not b) (> 6 x))"],
    ["((S Bool ((= x 0))))", "(= 0 x)", "(= x 0)"],
    ["((S Bool ((= x 0))))", "(<= x 0)", null],
  ])("under %s, %s is written %s", (grammar, term, wanted) => {
    const found = written(grammar, term);
    if (wanted !== null) expect(found).toBe(wanted);
    if (found !== null) expect(inside(grammar, found)).toBe(true);
  });

  it.each([
    ["((S Bool))", /list of \(nonterminal sort/],
    ["((S Int (x)))", /'S' has to be Bool/],
    ["((S Bool) (T Int)) ((T Int (x)) (S Bool (true)))", /declared as others/],
    ["((S Bool ((let ((z x)) (<= z 0)))))", /'let' in a grammar/],
  ])("%s is refused", (grammar, message) => {
    expect(() => readGrammar(read(grammar), "inv")).toThrow(Malformed);
    expect(() => readGrammar(read(grammar), "inv")).toThrow(message);
  });
});
