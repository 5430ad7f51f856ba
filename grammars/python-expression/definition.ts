import type { Definition, InfixRule, TokenDefinition } from "../definition/definition.ts";
import { badNumber, decimal, fixed, reserved } from "../definition/lexemes.ts";
import { record, text, token } from "../definition/parts.ts";
import { characters, inOrder, literal, oneOf, repeated } from "../definition/pattern.ts";
import { wordTokens } from "../definition/words.ts";

/** Names that a decoder may write, and those whose value at the function's entry it may (`old(x)`). */
export interface Vocabulary {
  readonly names: readonly string[];
  readonly initial: readonly string[];
}

const caps = { maxLength: 4096, maxDepth: 48, maxDigits: 20 };
const DECODER_DIGITS = 10;

/** Python's keywords (language reference, 2.3.1) besides those that the language has. */
const KEYWORDS: readonly string[] = (
  "None as assert async await break class continue def del elif else except finally for from global if import in is " +
  "lambda nonlocal pass raise return try while with yield"
).split(" ");

const start = characters("az", "AZ", "__");
const more = characters("az", "AZ", "09", "__");

const words = wordTokens(
  {
    And: ["and"],
    Or: ["or"],
    Not: ["not"],
    True: ["True"],
    False: ["False"],
    Old: ["old"],
    Keyword: KEYWORDS,
  },
  { rest: repeated(more, 1, null), whole: inOrder(start, repeated(more, 0, null)), reserved: "Keyword" },
);
const [and, or, not, yes, no, old] = [
  words.of.And[0]!,
  words.of.Or[0]!,
  words.of.Not[0]!,
  words.of.True[0]!,
  words.of.False[0]!,
  words.of.Old[0]!,
];

const tokens: readonly TokenDefinition[] = [
  { name: "Space", pattern: repeated(literal(" "), 1, null), role: "skipped" },
  ...words.tokens,
  badNumber(caps.maxDigits, start),
  { name: "Number", pattern: decimal(caps.maxDigits) },
  reserved("Power", "**"),
  reserved("ShiftLeft", "<<"),
  reserved("ShiftRight", ">>"),
  fixed("FloorDivide", "//"),
  fixed("Equal", "=="),
  fixed("NotEqual", "!="),
  fixed("LessEqual", "<="),
  fixed("GreaterEqual", ">="),
  fixed("Less", "<"),
  fixed("Greater", ">"),
  fixed("Plus", "+"),
  fixed("Minus", "-"),
  fixed("Times", "*"),
  fixed("Modulo", "%"),
  fixed("Open", "("),
  fixed("Close", ")"),
];

/**
 * Python's expressions over integers and truth values (language reference, chapter 6): `or`, `and`, `not`, comparisons that
 * chain, `+ - * // %`, and `old(x)` for a value at the function's entry. Models know Python best; what they say is
 * translated (translate.ts), and the translation is checked. Left out: calls, attributes, indexing, `**`, `/`, strings.
 */
export function pythonExpressionDefinition({ names, initial }: Vocabulary): Definition {
  const word = (name: string, tokenName: string, operand: string, decoderMax: number): InfixRule => ({
    kind: "infix",
    name: `${name}s`,
    operators: [{ token: tokenName, node: name, word: true }],
    associativity: "list",
    operand,
    of: "formula",
    gives: "formula",
    decoderMax,
  });
  const arithmetic = { kind: "infix", associativity: "left", of: "term", gives: "term" } as const;
  return {
    name: "python-expression",
    tokens,
    rules: [
      word("or", or, "ands", 3),
      word("and", and, "negation", 5),
      {
        kind: "prefix",
        name: "negation",
        operators: [{ token: not, node: "not", of: "formula", gives: "formula", word: true }],
        operand: "comparison",
      },
      {
        kind: "relation",
        name: "comparison",
        families: [
          { tokens: ["Less", "LessEqual", "Greater", "GreaterEqual", "Equal", "NotEqual"], chains: true },
        ],
        required: false,
        node: "compare",
        chain: "chain",
        operand: "sum",
        of: "term",
        gives: "formula",
        decoderMax: 2,
      },
      {
        ...arithmetic,
        name: "sum",
        operators: [
          { token: "Plus", node: "add" },
          { token: "Minus", node: "subtract" },
        ],
        operand: "product",
        decoderMax: 4,
      },
      {
        ...arithmetic,
        name: "product",
        operators: [
          { token: "Times", node: "multiply" },
          { token: "FloorDivide", node: "floorDivide" },
          { token: "Modulo", node: "modulo" },
        ],
        operand: "unary",
        decoderMax: 2,
      },
      {
        kind: "prefix",
        name: "unary",
        operators: [{ token: "Minus", node: "negate", of: "term", gives: "term" }],
        operand: "primary",
      },
      { kind: "choice", name: "primary", of: ["integer", "name", "initial", "true", "false", "group"] },
      { kind: "group", name: "group", open: "Open", rule: "ors", close: "Close" },
      record("true", "formula", token(yes)),
      record("false", "formula", token(no)),
      record("integer", "term", text("digits", "Number", decimal(DECODER_DIGITS))),
      record("name", "term", text("name", words.of.other, oneOf(...names))),
      record(
        "initial",
        "term",
        token(old),
        token("Open"),
        text("name", words.of.other, oneOf(...initial)),
        token("Close"),
      ),
    ],
    start: "ors",
    sort: "formula",
    caps,
  };
}

export const NAME_TOKENS: readonly string[] = words.of.other;
