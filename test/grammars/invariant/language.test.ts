import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDefinition } from "../../../grammars/definition/check.ts";
import { checkPrediction } from "../../../grammars/definition/prediction.ts";
import { invariantDefinition } from "../../../grammars/invariant/definition.ts";
import { invariantLanguage } from "../../../grammars/invariant/language.ts";
import { parseInvariant, parseInvariantJson } from "../../../grammars/invariant/parse.ts";
import { derive, isRecursive, largestBound, readGbnf, unreached } from "../emit/gbnf-reader.ts";
import { instance, isInstance, type Json, levels } from "../emit/schema-reader.ts";

const NAMES = ["i", "in", "Pre", "at", "true", "\\at(n, Pre)"];
const SCOPE = new Set(NAMES);

const ENTRIES = [
  ["atom", 0],
  ["atom", 1],
  ["invariant", 0],
  ["invariant", 2],
] as const;

function picker(numbers: Iterator<number>): (below: number) => number {
  return (below) => (numbers.next().value ?? 0) % below;
}

describe("the definition of invariants", () => {
  it.each(["atom", "invariant"] as const)("is sound and strong LL(1) for %s", (entry) => {
    const definition = invariantDefinition(entry, { names: [], initial: [] });
    expect(checkDefinition(definition)).toEqual([]);
    expect(checkPrediction(definition)).toEqual([]);
  });
});

describe.each(ENTRIES)("GBNF of %s at depth %i", (entry, maxDepth) => {
  const grammar = readGbnf(invariantLanguage(NAMES, { entry, maxDepth }).gbnf);

  it("is regular, reached throughout, and bounded", () => {
    expect(isRecursive(grammar)).toBe(false);
    expect(unreached(grammar)).toEqual([]);
    expect(largestBound(grammar)).toBeLessThan(20);
  });

  it("derives only what the parser accepts", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const text = derive(grammar, picker(numbers));
        if (text.length > 4096) return;
        const parsed = parseInvariant(text, SCOPE, entry);
        if (parsed.kind !== "ok") throw new Error(`${text}: ${parsed.column} ${parsed.message}`);
        // An atom is an invariant too, with the same tree.
        expect(parseInvariant(text, SCOPE)).toEqual(parsed);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });
});

describe.each(["atom", "invariant"] as const)("the JSON schema of %s", (entry) => {
  const schema = invariantLanguage(NAMES, { entry }).schema as Json;

  it("fits providers' caps: ten levels, 5000 properties, 15,000 characters", () => {
    expect(levels(schema)).toBeLessThanOrEqual(10);
    expect(JSON.stringify(schema).length).toBeLessThan(15_000);
  });

  it("has only instances that are read, over the given names", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const answer = instance(schema, picker(numbers));
        expect(isInstance(answer, schema)).toBe(true);
        const json = JSON.stringify(answer);
        if (json.length <= 65_536) expect(parseInvariantJson(json, SCOPE, entry).kind).toBe("ok");
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

describe("names", () => {
  it("can be written only if they were given", () => {
    const { gbnf, lark } = invariantLanguage(["count"]);
    expect(gbnf).toContain('token-name-name ::= "count"');
    expect(gbnf).not.toContain("\\\\at");
    expect(lark).toContain("NAME_NAME: /(count)/");
  });

  it("that no answer could mention are left out", () => {
    const odd = ["a b", "x|y", '"', "x\n", "\\at(x,Pre)", "\\at(x + 1, Pre)", "1x", "\u0445", "", "a->b"];
    expect(invariantLanguage([...odd, "x"])).toEqual(invariantLanguage(["x", "x"]));
  });

  it("may be none: numbers are left", () => {
    const grammar = readGbnf(invariantLanguage([], { entry: "atom" }).gbnf);
    expect(
      parseInvariant(
        derive(grammar, () => 0),
        new Set(),
        "atom",
      ).kind,
    ).toBe("ok");
  });
});
