import type { Definition } from "../../../grammars/definition/definition.ts";
import { characters, inOrder, literal, oneOf, repeated } from "../../../grammars/definition/pattern.ts";

/**
 * A tiny language of steps, for the machinery's own tests: what invariants do not need (keywords that identifiers may
 * begin with, lists, optional parts, records that contain each other) and nothing else.
 */
export const steps: Definition = {
  name: "steps",
  tokens: [
    { name: "Space", pattern: repeated(literal(" "), 1, null), role: "skipped" },
    { name: "Take", pattern: literal("#take") },
    { name: "Use", pattern: literal("#use") },
    { name: "At", pattern: literal("@") },
    { name: "Open", pattern: literal("(") },
    { name: "Close", pattern: literal(")") },
    { name: "Then", pattern: literal(";") },
    { name: "Left", pattern: literal("[") },
    { name: "Right", pattern: literal("]") },
    { name: "Comma", pattern: literal(",") },
    { name: "Word", pattern: inOrder(characters("az"), repeated(characters("az", "09", "--"), 0, 5)) },
  ],
  rules: [
    {
      kind: "infix",
      name: "sequence",
      operators: [{ token: "Then", node: "then" }],
      associativity: "right",
      operand: "step",
      of: "step",
      gives: "step",
      decoderMax: 2,
    },
    { kind: "choice", name: "step", of: ["take", "use", "block"] },
    { kind: "group", name: "block", open: "Open", rule: "sequence", close: "Close" },
    {
      kind: "record",
      name: "take",
      node: "take",
      gives: "step",
      parts: [
        { kind: "token", token: "Take" },
        { kind: "gap", required: true },
        { kind: "list", field: "names", rule: "word", sort: "word", separator: null, decoderMax: 2 },
      ],
    },
    {
      kind: "record",
      name: "use",
      node: "use",
      gives: "step",
      parts: [
        { kind: "token", token: "Use" },
        { kind: "gap", required: false },
        { kind: "token", token: "Left" },
        { kind: "list", field: "lemmas", rule: "word", sort: "word", separator: "Comma", decoderMax: 3 },
        { kind: "token", token: "Right" },
        {
          kind: "optional",
          parts: [
            { kind: "gap", required: false },
            { kind: "token", token: "At" },
            { kind: "text", field: "place", token: "Word", decoder: oneOf("h", "h2", "goal") },
          ],
        },
      ],
    },
    {
      kind: "record",
      name: "word",
      node: "word",
      gives: "word",
      parts: [{ kind: "text", field: "text", token: "Word", decoder: oneOf("a", "ab", "x-1") }],
    },
  ],
  start: "sequence",
  sort: "step",
  caps: { maxLength: 200, maxDepth: 8, maxDigits: 1 },
};
