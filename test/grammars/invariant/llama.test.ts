import fc from "fast-check";
import { getLlama, type Llama, LlamaGrammar, LlamaLogLevel } from "node-llama-cpp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invariantLanguage } from "../../../grammars/invariant/language.ts";
import { parseInvariant } from "../../../grammars/invariant/parse.ts";
import { derive, readGbnf } from "../emit/gbnf-reader.ts";

const NAMES = ["i", "in", "n", "\\at(n, Pre)"];
const SCOPE = new Set(NAMES);
const ALPHABET = [
  ..."inPre01 9()<=>!&|+-*/%,\\;\n@{}",
  "\\at(n, Pre)",
  "\\true",
  "==>",
  "<==>",
  "--",
  "*/",
  "\u0435",
];

let llama: Llama;
beforeAll(async () => {
  llama = await getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error });
});
afterAll(() => llama.dispose());

/** llama.cpp's own automaton: whether it would let a model write this and stop. Needs no model. */
function oracle(gbnf: string): (text: string) => boolean {
  const grammar = new LlamaGrammar(llama, { grammar: gbnf }) as unknown as {
    _testText(text: string): boolean;
  };
  return (text) => grammar._testText(text);
}

describe.each(["atom", "invariant"] as const)("llama.cpp reading the GBNF of %s", (entry) => {
  const { gbnf } = invariantLanguage(NAMES, { entry });
  const grammar = readGbnf(gbnf);
  const texts = fc
    .infiniteStream(fc.nat())
    .map((numbers) => derive(grammar, (below) => (numbers.next().value ?? 0) % below))
    .filter((text) => text.length < 400);

  it("agrees with a second reading of it: what is derived, it accepts", () => {
    const accepts = oracle(gbnf);
    fc.assert(
      fc.property(texts, (text) => {
        expect([text, accepts(text)]).toEqual([text, true]);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it("accepts nothing that the parser does not, near misses included", () => {
    const accepts = oracle(gbnf);
    let accepted = 0;
    let refused = 0;
    const mutation = fc.record({
      at: fc.nat(400),
      drop: fc.nat(2),
      insert: fc.oneof(fc.constant(""), fc.constantFrom(...ALPHABET)),
    });
    fc.assert(
      fc.property(texts, mutation, (text, { at, drop, insert }) => {
        const place = at % (text.length + 1);
        const mutant = text.slice(0, place) + insert + text.slice(place + drop);
        const parsed = parseInvariant(mutant, SCOPE, entry);
        if (accepts(mutant)) {
          accepted += 1;
          expect([mutant, parsed.kind]).toEqual([mutant, "ok"]);
        } else refused += 1;
      }),
      { seed: 6, numRuns: 1000 },
    );
    // Both sides are exercised.
    expect(accepted).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(200);
  });

  it.each(["n <= 1", "n<=1", "\\at(n, Pre) - -i >= (in + 1) * 2", "0 <= i <= n"])("accepts %s", (text) => {
    if (entry === "atom" && text.startsWith("0")) return;
    expect(oracle(gbnf)(text)).toBe(true);
  });

  it.each([
    "",
    "n",
    "n--1 < 0",
    "j < n",
    "n < 01",
    "n < 12345678901",
    "n < 1 ",
    " n < 1",
    "n  < 1",
    "n < 1;",
  ])("refuses %j", (text) => {
    expect(oracle(gbnf)(text)).toBe(false);
  });
});
