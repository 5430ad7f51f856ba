import { describe, expect, it } from "vitest";
import { OPERATORS, smtTermLanguage } from "../../../grammars/smt-term/language.ts";
import { parseSmtTerm, printSmtTerm } from "../../../grammars/smt-term/parse.ts";

describe("an SMT-LIB term", () => {
  it.each(["x", "12", "(- 1)", "(f (+ x 1) (- 1))", "(=> (<= 0 i) (= (a.b i) x!1))"])(
    "is read and printed: %s",
    (text) => {
      const parsed = parseSmtTerm(text);
      if (parsed.kind === "error") throw new Error(parsed.message);
      expect(printSmtTerm(parsed.term)).toBe(text);
    },
  );

  it.each([
    ["-1", 1],
    ["(let ((x 1)) x)", 2],
    ["(assert x)", 2],
    ["x) (assert false", 2],
    ["(f x", 5],
    ["(f)", 3],
    ["()", 2],
    ["|x|", 1],
    ['"x"', 1],
    ["x ; y", 3],
    ["01", 1],
    ["(forall ((x Int)) x)", 2],
  ])("is refused, with its column: %s", (text, column) => {
    expect(parseSmtTerm(text)).toMatchObject({ kind: "error", line: 1, column });
  });

  it("has decoders over the given symbols, without those that are none", () => {
    const { gbnf } = smtTermLanguage({ constants: ["x", "let", "a b"], functions: [...OPERATORS, "-1"] });
    expect(gbnf).toContain('"x"');
    expect(gbnf).not.toContain('"let"');
    expect(gbnf).not.toContain('"a b"');
    expect(gbnf).not.toContain('"-1"');
  });
});
