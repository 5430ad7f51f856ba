import { describe, expect, it } from "vitest";
import { type Expression, readExpressions, symbolText } from "../../../grammars/smtlib/expression.ts";
import { expressionText } from "../../../grammars/smtlib/problem.ts";

function shape(expression: Expression): unknown {
  return expression.kind === "atom" ? expression.text : expression.items.map(shape);
}

describe("S-expressions", () => {
  it("are read with comments, strings and quoted symbols", () => {
    const read = readExpressions('; a comment (\n(a |b c| "d "" )" (e))\n f');
    expect(read.kind === "read" && read.expressions.map(shape)).toEqual([
      ["a", "b c", '"d "" )"', ["e"]],
      "f",
    ]);
  });

  it("know their places", () => {
    const read = readExpressions("(a\n  (b c))");
    if (read.kind !== "read") throw new Error();
    const [outer] = read.expressions;
    expect(outer).toMatchObject({ span: { start: 0, end: 11, line: 1, column: 1 } });
    expect(outer?.kind === "list" && outer.items[1]).toMatchObject({
      span: { start: 5, end: 10, line: 2, column: 3 },
    });
  });

  it.each([
    ["(a\n (b", 2, 2, "never closed"],
    ["(a))\n", 1, 4, "closes nothing"],
    ['(a\n   "b)', 2, 4, "string"],
    ["\n|b)", 2, 1, "quoted symbol"],
    ["(".repeat(5000), 1, 2001, "parentheses are open"],
  ])("that are broken are refused with their place: %j", (text, line, column, words) => {
    const read = readExpressions(text);
    if (read.kind !== "error") throw new Error("it was read");
    expect(read.span).toMatchObject({ line, column });
    expect(read.message).toContain(words);
  });

  it("keep the bars of symbols that are something else without them: `(= |5| 5)` says something", () => {
    const text = "(= |5| 5 |-1| |#b1| |let| |_| || |a b| |x|)";
    const read = readExpressions(text);
    expect(read.kind === "read" && read.expressions.map(expressionText)).toEqual([
      "(= |5| 5 |-1| |#b1| |let| |_| || |a b| x)",
    ]);
  });

  it("quote symbols that need it", () => {
    expect(["x", "x!", "a b", "1x", "x'"].map(symbolText)).toEqual(["x", "x!", "|a b|", "|1x|", "|x'|"]);
  });
});
