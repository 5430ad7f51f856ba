import { describe, expect, it } from "vitest";
import { parseExpressions, printExpression, readAnswer, readValue } from "../../../provers/smtlib/answer.ts";

describe("S-expressions of an answer", () => {
  it("are read with strings, quoted symbols and comments", () => {
    expect(parseExpressions('((x 5)\n ((+ x |a (b|) (- 3))) ; (end\n"a ""b"" )" sat')).toEqual([
      [
        ["x", "5"],
        [
          ["+", "x", "|a (b|"],
          ["-", "3"],
        ],
      ],
      '"a ""b"" )"',
      "sat",
    ]);
  });

  it.each(["(", ")", "(sat", '"open', "|open", "sat)"])("%s is none", (text) => {
    expect(parseExpressions(text)).toBeNull();
  });

  it("as deep as a solver likes", () => {
    const deep = parseExpressions(`${"(".repeat(100_000)}x${")".repeat(100_000)}`);
    expect(deep).toHaveLength(1);
  });

  it("are printed in one line", () => {
    expect(printExpression(parseExpressions("(not\n  (f x))")![0]!)).toBe("(not (f x))");
  });
});

describe("an answer", () => {
  it("is an error wherever one stands in it", () => {
    expect(readAnswer('sat\n(error "line 1 column 2: bad "x"")\nunsat\n')).toEqual({
      kind: "error",
      message: 'line 1 column 2: bad "x"',
    });
    expect(readAnswer("unsupported\n; foo line: 1 position: 4\nsat")).toMatchObject({ kind: "error" });
    expect(readAnswer('( error "two\nlines")')).toEqual({ kind: "error", message: "two\nlines" });
  });

  it("is no error for a variable of that name", () => {
    expect(readAnswer("(error 5)")).toEqual({ kind: "expressions", expressions: [["error", "5"]] });
  });

  it("is unreadable when it is cut off", () => {
    expect(readAnswer("((x 5)")).toEqual({ kind: "unreadable", text: "((x 5)" });
  });
});

describe("a value", () => {
  it.each([
    ["12345678901234567890", 12345678901234567890n],
    ["(- 7)", -7n],
    ["true", true],
    ["false", false],
    ["(- (- 7))", 7n],
  ])("%s", (text, value) => {
    expect(readValue(parseExpressions(text)![0]!)).toBe(value);
  });

  it.each(["1.0", "(/ 1 2)", "#b01", "x", "(- true)", "(- 1 2)", "()", "-5"])(
    "%s is not an integer or truth value",
    (text) => {
      expect(readValue(parseExpressions(text)![0]!)).toBeNull();
    },
  );
});
