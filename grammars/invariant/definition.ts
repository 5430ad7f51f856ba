import type { Definition, TokenDefinition } from "../definition/definition.ts";
import { decimal, fixed, reserved } from "../definition/lexemes.ts";
import { record, text, token } from "../definition/parts.ts";
import { characters, inOrder, literal, oneOf, repeated } from "../definition/pattern.ts";

/** `atom`: one comparison of two terms. `invariant`: any formula. */
export type Entry = "atom" | "invariant";

/** What a decoder may write for a variable, for a variable's initial value, and for a number. */
export interface Vocabulary {
  readonly names: readonly string[];
  readonly initial: readonly string[];
}

const caps = { maxLength: 4096, maxDepth: 64, maxDigits: 20 };
const DECODER_DIGITS = 10;

const tokens: readonly TokenDefinition[] = [
  { name: "Space", pattern: repeated(literal(" "), 1, null), role: "skipped" },
  fixed("Iff", "<==>"),
  fixed("Implies", "==>"),
  fixed("And", "&&"),
  fixed("Or", "||"),
  fixed("Equal", "=="),
  fixed("NotEqual", "!="),
  fixed("LessEqual", "<="),
  fixed("GreaterEqual", ">="),
  fixed("Less", "<"),
  fixed("Greater", ">"),
  fixed("Not", "!"),
  fixed("Plus", "+"),
  // C reads it as one token, so it is not two minus signs here either.
  reserved("Decrement", "--"),
  fixed("Minus", "-"),
  fixed("Times", "*"),
  fixed("Divide", "/"),
  fixed("Remainder", "%"),
  fixed("Open", "("),
  fixed("Close", ")"),
  fixed("True", "\\true"),
  fixed("False", "\\false"),
  fixed("At", "\\at"),
  // With its comma, since a variable may be called Pre.
  {
    name: "Pre",
    pattern: inOrder(literal(","), repeated(literal(" "), 0, null), literal("Pre")),
    canonical: ", Pre",
  },
  { name: "Integer", pattern: decimal(caps.maxDigits) },
  {
    name: "Identifier",
    pattern: inOrder(characters("az", "AZ", "__"), repeated(characters("az", "AZ", "09", "__"), 0, null)),
  },
];

/**
 * ACSL predicates (ACSL 1.17, section 2.2; precedence as in its table of operators): `!` and unary `-`, then `* / %`,
 * `+ -`, relations, `&&`, `||`, `==>` (to the right), `<==>` (to the left). Left out on purpose: a relation of relations
 * (`a < b == c` means one thing in C and another in ACSL), `++`, `--`, everything with a side effect, and quantifiers.
 */
export function invariantDefinition(entry: Entry, { names, initial }: Vocabulary): Definition {
  const relation = {
    kind: "relation",
    families: [
      { tokens: ["Less", "LessEqual"], chains: true },
      { tokens: ["Greater", "GreaterEqual"], chains: true },
      { tokens: ["Equal", "NotEqual"], chains: false },
    ],
    node: "compare",
    chain: "chain",
    operand: "sum",
    of: "term",
    gives: "formula",
    decoderMax: 2,
  } as const;
  const connective = { kind: "infix", of: "formula", gives: "formula" } as const;
  const arithmetic = { kind: "infix", associativity: "left", of: "term", gives: "term" } as const;
  const atom = { ...relation, name: "atom", required: true, decoderMax: 1 };
  return {
    name: entry === "atom" ? "invariant-atom" : "invariant",
    tokens,
    rules: [
      ...(entry === "atom" ? [atom] : []),
      {
        ...connective,
        name: "iff",
        operators: [{ token: "Iff", node: "iff" }],
        associativity: "left",
        operand: "implication",
        decoderMax: 1,
      },
      {
        ...connective,
        name: "implication",
        operators: [{ token: "Implies", node: "implies" }],
        associativity: "right",
        operand: "disjunction",
        decoderMax: 1,
      },
      {
        ...connective,
        name: "disjunction",
        operators: [{ token: "Or", node: "or" }],
        associativity: "list",
        operand: "conjunction",
        decoderMax: 3,
      },
      {
        ...connective,
        name: "conjunction",
        operators: [{ token: "And", node: "and" }],
        associativity: "list",
        operand: "comparison",
        decoderMax: 5,
      },
      { ...relation, name: "comparison", required: false },
      {
        ...arithmetic,
        name: "sum",
        operators: [
          { token: "Plus", node: "add" },
          { token: "Minus", node: "subtract", spaced: true },
        ],
        operand: "product",
        decoderMax: 4,
      },
      {
        ...arithmetic,
        name: "product",
        operators: [
          { token: "Times", node: "multiply" },
          { token: "Divide", node: "divide" },
          { token: "Remainder", node: "remainder" },
        ],
        operand: "unary",
        decoderMax: 2,
      },
      {
        kind: "prefix",
        name: "unary",
        operators: [
          { token: "Minus", node: "negate", of: "term", gives: "term" },
          { token: "Not", node: "not", of: "formula", gives: "formula" },
        ],
        operand: "primary",
      },
      { kind: "choice", name: "primary", of: ["integer", "name", "initial", "true", "false", "group"] },
      { kind: "group", name: "group", open: "Open", rule: "iff", close: "Close" },
      record("true", "formula", token("True")),
      record("false", "formula", token("False")),
      record("integer", "term", text("digits", "Integer", decimal(DECODER_DIGITS))),
      record("name", "term", text("name", "Identifier", oneOf(...names))),
      record(
        "initial",
        "term",
        token("At"),
        token("Open"),
        text("name", "Identifier", oneOf(...initial)),
        token("Pre"),
        token("Close"),
      ),
    ],
    start: entry === "atom" ? "atom" : "iff",
    sort: "formula",
    caps,
  };
}
