import fc from "fast-check";
import { getLlama, type Llama, LlamaGrammar, LlamaLogLevel } from "node-llama-cpp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gbnf } from "../../../grammars/emit/gbnf.ts";
import { chevrotainParser } from "../../../grammars/emit/parser.ts";
import { LANGUAGES } from "../../../grammars/proofs/languages.ts";
import { derive, readGbnf } from "../emit/gbnf-reader.ts";

const runs = process.env.TOUCHSTONE_NIGHTLY === "1" ? 100_000 : 2_000;

let llama: Llama;
beforeAll(async () => {
  llama = await getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error });
});
afterAll(() => llama.dispose());

describe.each(["python-expression", "smt-term", "coq-tactic", "lean-tactic"])(
  "llama.cpp reading %s",
  (name) => {
    it("accepts what is derived, and nothing that the parser does not", { timeout: 600_000 }, () => {
      const { definition } = LANGUAGES[name]!();
      const source = gbnf(definition, { maxDepth: 2 });
      const { parse } = chevrotainParser(definition);
      const oracle = new LlamaGrammar(llama, { grammar: source }) as unknown as {
        _testText(text: string): boolean;
      };
      const grammar = readGbnf(source);
      const pieces = [..." ()[]|;,.@+-*/=<>x0", "\n", "admit", "sorry", "not", "--", "*)", "\u0435"];
      const texts = fc
        .infiniteStream(fc.nat())
        .map((numbers) => derive(grammar, (below) => (numbers.next().value ?? 0) % below));
      const mutation = fc.option(
        fc.record({ at: fc.nat(200), drop: fc.nat(2), insert: fc.constantFrom("", ...pieces) }),
      );
      let refused = 0;
      fc.assert(
        fc.property(texts, mutation, (text, change) => {
          if (text.length > 200) return;
          const place = (change?.at ?? 0) % (text.length + 1);
          const tried =
            change === null ? text : text.slice(0, place) + change.insert + text.slice(place + change.drop);
          const accepted = oracle._testText(tried);
          if (change === null) expect([tried, accepted]).toEqual([tried, true]);
          if (accepted) expect([tried, parse(tried).kind]).toEqual([tried, "ok"]);
          else refused += 1;
        }),
        { seed: 8, numRuns: runs },
      );
      expect(refused).toBeGreaterThan(runs / 20);
    });
  },
);
