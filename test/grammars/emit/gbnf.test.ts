import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gbnf } from "../../../grammars/emit/gbnf.ts";
import { chevrotainParser } from "../../../grammars/emit/parser.ts";
import { derive, isRecursive, largestBound, readGbnf, unreached } from "./gbnf-reader.ts";
import { steps } from "./steps.ts";

describe("emitted GBNF", () => {
  it("repeats rules for each level of brackets, and only those that can hold brackets", () => {
    expect(gbnf(steps, { maxDepth: 1 })).toBe(
      `root ::= sequence-step-1
sequence-step-1 ::= step-step-1 (" "? (";" " "?) step-step-1){0,2}
step-step-1 ::= take-step | use-step | block-step-1
block-step-1 ::= "(" sequence-step-0 ")"
sequence-step-0 ::= step-step-0 (" "? (";" " "?) step-step-0){0,2}
step-step-0 ::= take-step | use-step
use-step ::= "#use" " "? "[" (word-word ("," " "? word-word){0,3}) "]" (" "? "@" token-use-place)?
take-step ::= "#take" " " (word-word (" " word-word){0,2})
word-word ::= token-word-text
token-word-text ::= "x-1" | "ab" | "a"
token-use-place ::= "goal" | "h2" | "h"
`,
    );
  });

  it.each([0, 1, 2, 3])("has no recursion, no dead rule and small bounds at depth %i", (maxDepth) => {
    const grammar = readGbnf(gbnf(steps, { maxDepth }));
    expect(isRecursive(grammar)).toBe(false);
    expect(unreached(grammar)).toEqual([]);
    expect(largestBound(grammar)).toBeLessThan(2000);
  });

  it("derives only what the parser accepts", () => {
    const { parse } = chevrotainParser({ ...steps, caps: { ...steps.caps, maxLength: 10_000 } });
    const grammar = readGbnf(gbnf(steps, { maxDepth: 2 }));
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const text = derive(grammar, (below) => (numbers.next().value ?? 0) % below);
        expect(parse(text)).toMatchObject({ kind: "ok" });
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it("says so when nothing can be derived", () => {
    const empty = {
      ...steps,
      rules: steps.rules.filter(({ name }) => name === "word"),
      start: "word",
      sort: "step",
    };
    expect(() => gbnf(empty, { maxDepth: 1 })).toThrow("no text can be derived");
  });
});
