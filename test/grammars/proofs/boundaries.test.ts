import { describe, expect, it } from "vitest";
import { readLexer } from "../../../grammars/automata/lexer.ts";
import type { Definition, Rule } from "../../../grammars/definition/definition.ts";
import { GAP, printed } from "../../../grammars/definition/printed.ts";
import { chevrotainParser } from "../../../grammars/emit/parser.ts";
import { printer } from "../../../grammars/emit/printer.ts";
import { parseLeanTactic } from "../../../grammars/lean-tactic/parse.ts";
import { boundaries } from "../../../grammars/proofs/boundaries.ts";
import { LANGUAGES } from "../../../grammars/proofs/languages.ts";
import { randomTree, treesOfSize } from "../../../grammars/proofs/trees.ts";

const changed = (definition: Definition, name: string, change: (rule: Rule) => Rule): Definition => ({
  ...definition,
  rules: definition.rules.map((rule) => (rule.name === name ? change(rule) : rule)),
});

describe.each(Object.keys(LANGUAGES))("what is printed of %s", (name) => {
  const { definition } = LANGUAGES[name]!();
  const { lexer } = chevrotainParser(definition);

  it("is cut into the same tokens again, whatever the tree", () => {
    expect(boundaries(definition, readLexer(lexer).tokens).failures).toEqual([]);
  });

  it("has no two pieces side by side that the proof does not know of", { timeout: 60_000 }, () => {
    const { pieces, next } = printed(definition);
    const pairs = new Set(
      next.flatMap((behind, at) => [...behind].map((to) => `${pieces[at]!.token} ${pieces[to]!.token}`)),
    );
    let state = 7;
    const pick = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 4_294_967_296) * below);
    };
    const trees = [1, 2, 3, 4].flatMap((size) => [...treesOfSize(definition, size)].slice(0, 300));
    for (let run = 0; run < 300; run += 1) {
      const tree = randomTree(definition, 4 + (run % 5), pick);
      if (tree !== null) trees.push(tree);
    }
    const seen = new Set<string>();
    for (const text of trees.map(printer(definition))) {
      const { tokens } = lexer.tokenize(text);
      // What lies between two tokens is one space or nothing.
      const met = tokens.flatMap(({ tokenType, startOffset, image }, index) => {
        const end =
          tokens[index - 1] === undefined
            ? 0
            : tokens[index - 1]!.startOffset + tokens[index - 1]!.image.length;
        const between = text.slice(end, startOffset);
        expect(["", " "]).toContain(between);
        expect(image).not.toBe("");
        return between === "" ? [tokenType.name] : [GAP, tokenType.name];
      });
      for (let at = 1; at < met.length; at += 1) seen.add(`${met[at - 1]} ${met[at]}`);
    }
    expect([...seen].filter((pair) => !pairs.has(pair))).toEqual([]);
    // The trees try much of what the proof is about.
    expect(seen.size).toBeGreaterThan(pairs.size / 6);
  });
});

describe("a printer that would let two tokens run together", () => {
  const { definition: python } = LANGUAGES["python-expression"]!();
  const { definition: lean } = LANGUAGES["lean-tactic"]!();
  it.each<[string, Definition, Definition, string]>([
    [
      "a word without a space behind it",
      python,
      changed(python, "negation", (rule) =>
        rule.kind === "prefix"
          ? { ...rule, operators: rule.operators.map((operator) => ({ ...operator, word: false })) }
          : rule,
      ),
      "not0",
    ],
    [
      "a closing angle next to an operator",
      lean,
      changed(lean, "angles", (rule) => ({
        ...rule,
        ...(rule.kind === "record" && {
          parts: rule.parts.map((part) =>
            part.kind === "optional" ? { ...part, parts: part.parts.slice(0, 1) } : part,
          ),
        }),
      })),
      "<|",
    ],
  ])("is found out by a shortest text: %s", (_, before, after, text) => {
    expect(after).not.toEqual(before);
    const { tokens } = readLexer(chevrotainParser(before).lexer);
    expect(boundaries(after, tokens).failures).toEqual([
      { message: expect.stringMatching(/^the lexer reads as /), text },
    ]);
  });

  it("is none of Lean's, since an entry of a parenthesis begins with no bar", () => {
    expect(parseLeanTactic("exact f ( || x)", { entry: "tactic" })).toMatchObject({
      kind: "error",
      column: 11,
      message: '"||" cannot stand here',
    });
    expect(parseLeanTactic("exact f (x || y)", { entry: "tactic" }).kind).toBe("ok");
  });
});
