import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInvariant, parseInvariantJson } from "../../../grammars/invariant/parse.ts";
import { printInvariant } from "../../../grammars/invariant/print.ts";
import type { InvariantTree } from "../../../grammars/invariant/tree.ts";
import { anyFormula, SCOPE, smallFormulas, smallTerms } from "./trees.ts";

function hasChain(tree: unknown): boolean {
  return JSON.stringify(tree).includes('"chain"');
}

/** Caps aside, a printed tree parses to itself, and its text is already canonical. */
function expectRoundTrip(tree: InvariantTree): void {
  const text = printInvariant(tree);
  if (text.length > 4096) return;
  const parsed = parseInvariant(text, SCOPE);
  if (parsed.kind !== "ok") throw new Error(`${text}: ${parsed.message}`);
  expect(parsed.tree).toEqual(tree);
  if (!hasChain(tree)) expect(parseInvariantJson(JSON.stringify({ answer: tree }), SCOPE)).toEqual(parsed);
}

describe("parse(print(t)) = t", () => {
  it("for every formula of height 3 over three ground formulas", () => {
    const formulas = smallFormulas(3);
    expect(formulas.length).toBeGreaterThan(5_000);
    for (const formula of formulas) expectRoundTrip(formula);
  });

  it("for every term of height 3 over two leaves, on either side of a relation", () => {
    const terms = smallTerms(3);
    expect(terms.length).toBeGreaterThan(2_000);
    const zero = { kind: "integer", digits: "0" } as const;
    for (const term of terms) {
      expectRoundTrip({ kind: "compare", relation: "<=", left: term, right: zero });
      expectRoundTrip({ kind: "compare", relation: "!=", left: zero, right: term });
    }
  });

  it("for random formulas", () => {
    fc.assert(fc.property(anyFormula, expectRoundTrip), { seed: 1, numRuns: 2000 });
  });
});

describe("printed text", () => {
  it("is safe within a comment, on one line, and never glues two tokens", () => {
    fc.assert(
      fc.property(anyFormula, (tree) => {
        const text = printInvariant(tree);
        expect(text).toMatch(/^[\x20-\x7e]+$/);
        expect(text).not.toMatch(/\*\/|\/\*|\/\/|--|\+\+|["';@#]/);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });
});
