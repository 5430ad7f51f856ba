import { describe, expect, it } from "vitest";
import { checkDefinition } from "../../../grammars/definition/check.ts";
import type { Definition, Rule } from "../../../grammars/definition/definition.ts";
import { characters, literal, oneOf } from "../../../grammars/definition/pattern.ts";

const word: Rule = {
  kind: "record",
  name: "word",
  node: "word",
  gives: "word",
  parts: [{ kind: "text", field: "text", token: "Word" }],
};
const one: Definition = {
  name: "one",
  tokens: [{ name: "Word", pattern: characters("az") }],
  rules: [word],
  start: "word",
  sort: "word",
  caps: { maxLength: 10, maxDepth: 4, maxDigits: 1 },
};

describe("checking a definition", () => {
  it("accepts a sound one", () => {
    expect(checkDefinition(one)).toEqual([]);
  });

  it.each<[string, Partial<Definition>, string]>([
    ["a start that is not there", { start: "gone" }, "the start rule gone is not defined"],
    ["two rules of one name", { rules: [word, word] }, "two rules have the same name"],
    [
      "a reference to nothing",
      { rules: [word, { kind: "choice", name: "either", of: ["word", "gone"] }], start: "either" },
      "rule either refers to gone, which is not defined",
    ],
    [
      "a token that is not there",
      { rules: [{ ...word, parts: [{ kind: "token", token: "Gone" }] }] },
      "rule word uses token Gone, which is not defined",
    ],
    [
      "a field that hides the kind",
      { rules: [{ ...word, parts: [{ kind: "text", field: "kind", token: "Word" }] }] },
      'rule word has two fields of one name, or one named "kind"',
    ],
    [
      "a rule that nothing reaches",
      { rules: [word, { ...word, name: "other" }] },
      "rule other cannot be reached from word",
    ],
    [
      "a rule that never ends",
      {
        tokens: [...one.tokens, { name: "Open", pattern: literal("(") }],
        rules: [
          { kind: "choice", name: "either", of: ["word", "loop"] },
          word,
          { kind: "group", name: "loop", open: "Open", rule: "loop", close: "Open" },
        ],
        start: "either",
      },
      "rule loop derives no finite text",
    ],
    [
      "left recursion",
      { rules: [{ kind: "choice", name: "either", of: ["word", "either"] }, word], start: "either" },
      "rule either can begin with itself",
    ],
    [
      "a token hidden by its own prefix",
      {
        tokens: [
          { name: "Less", pattern: literal("<") },
          { name: "LessEqual", pattern: literal("<=") },
          ...one.tokens,
        ],
        rules: [
          {
            ...word,
            parts: [{ kind: "token", token: "Less" }, { kind: "token", token: "LessEqual" }, ...word.parts],
          },
        ],
      },
      "token LessEqual can never be read whole: Less comes first",
    ],
    [
      "a token outside ASCII",
      { tokens: [{ name: "Word", pattern: oneOf("a", "\u03b1") }] },
      "token Word is not ASCII",
    ],
    [
      "a token that matches nothing",
      { tokens: [{ name: "Word", pattern: oneOf() }] },
      "token Word matches nothing",
    ],
    [
      "a token in no rule",
      { tokens: [...one.tokens, { name: "Plus", pattern: literal("+") }] },
      "token Plus is in use, but no rule has it",
    ],
    [
      "a canonical text that is not one",
      { tokens: [{ name: "Word", pattern: characters("az"), canonical: "ab" }] },
      "token Word does not match its own canonical text",
    ],
  ])("finds %s", (_, change, problem) => {
    expect(checkDefinition({ ...one, ...change })).toContain(problem);
  });
});
