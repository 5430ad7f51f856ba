import fc from "fast-check";
import { getLlama, type Llama, LlamaGrammar, LlamaLogLevel } from "node-llama-cpp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gbnf } from "../../../grammars/emit/gbnf.ts";
import { chevrotainParser } from "../../../grammars/emit/parser.ts";
import { printer } from "../../../grammars/emit/printer.ts";
import { LANGUAGES } from "../../../grammars/proofs/languages.ts";
import { derive, readGbnf } from "../emit/gbnf-reader.ts";
import { withinBounds } from "./bounds.ts";

const runs = process.env.TOUCHSTONE_NIGHTLY === "1" ? 100_000 : 2_000;
const LONGEST = 200;

let llama: Llama;
beforeAll(async () => {
  llama = await getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error });
});
afterAll(() => llama.dispose());

const PIECES = [..." ()[]|;,.@+-*/=<>x0", "\n", "  ", "admit", "sorry", "not", "n", "--", "*)", "\u0435"];

/** llama.cpp's own automaton beside the parser: each string is tried on both, half of them near misses. */
describe.each(Object.keys(LANGUAGES))("llama.cpp reading %s", (name) => {
  const { definition } = LANGUAGES[name]!();
  const depth = 2;
  const source = gbnf(definition, { maxDepth: depth });
  const { parse, lexer } = chevrotainParser(definition);
  const print = printer(definition);
  const grammar = readGbnf(source);
  const texts = fc
    .infiniteStream(fc.nat())
    .map((numbers) => derive(grammar, (below) => (numbers.next().value ?? 0) % below))
    .filter((text) => text.length <= LONGEST);
  const change = fc.option(
    fc.record({ at: fc.nat(LONGEST), drop: fc.nat(2), insert: fc.constantFrom("", ...PIECES) }),
    { freq: 2 },
  );

  it("accepts just what the parser does, within the bounds and in canonical spacing", {
    timeout: 3_000_000,
  }, () => {
    const oracle = new LlamaGrammar(llama, { grammar: source }) as unknown as {
      _testText(text: string): boolean;
    };
    const seen = { derived: 0, mutated: 0, accepted: 0, refused: 0, canonical: 0, beyond: 0 };
    fc.assert(
      fc.property(texts, change, (text, mutation) => {
        const place = (mutation?.at ?? 0) % (text.length + 1);
        const tried =
          mutation === null
            ? text
            : text.slice(0, place) + mutation.insert + text.slice(place + mutation.drop);
        const accepted = oracle._testText(tried);
        if (mutation === null) expect([tried, accepted]).toEqual([tried, true]);
        const parsed = parse(tried);
        if (accepted) expect([tried, parsed.kind]).toEqual([tried, "ok"]);
        seen[mutation === null ? "derived" : "mutated"] += 1;
        seen[accepted ? "accepted" : "refused"] += 1;
        // The converse: what the parser accepts, llama.cpp does, once it is spaced as decoders space it.
        if (parsed.kind === "error") return;
        const canonical = print(parsed.tree);
        if (withinBounds(definition, lexer, canonical, depth)) {
          expect([canonical, oracle._testText(canonical)]).toEqual([canonical, true]);
          seen.canonical += 1;
        } else seen.beyond += 1;
      }),
      { seed: 8, numRuns: runs },
    );
    // Every side is exercised.
    expect(seen.derived).toBeGreaterThan(runs / 3);
    expect(seen.mutated).toBeGreaterThan(runs / 3);
    expect(seen.refused).toBeGreaterThan(runs / 20);
    expect(seen.canonical).toBeGreaterThan(runs / 3);
    if (process.env.TOUCHSTONE_NIGHTLY === "1") process.stdout.write(`${name}: ${JSON.stringify(seen)}\n`);
  });
});
