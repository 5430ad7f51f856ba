import type { Definition, TokenDefinition } from "../definition/definition.ts";
import { characters, inOrder, literal, oneOf, type Pattern, repeated } from "../definition/pattern.ts";

/** `atom`: one comparison of two terms. `invariant`: any formula. */
export type Entry = "atom" | "invariant";

/** What a decoder may write for a variable, for a variable's initial value, and for a number. */
export interface Vocabulary {
  readonly names: readonly string[];
  readonly initial: readonly string[];
}

const caps = { maxLength: 4096, maxDepth: 64, maxDigits: 20 };
const DECODER_DIGITS = 10;

function number(digits: number): Pattern {
  return oneOf("0", inOrder(characters("19"), repeated(characters("09"), 0, digits - 1)));
}

const operator = (name: string, text: string): TokenDefinition => ({ name, pattern: literal(text) });

const tokens: readonly TokenDefinition[] = [
  { name: "Space", pattern: repeated(literal(" "), 1, null), role: "skipped" },
  operator("Iff", "<==>"),
  operator("Implies", "==>"),
  operator("And", "&&"),
  operator("Or", "||"),
  operator("Equal", "=="),
  operator("NotEqual", "!="),
  operator("LessEqual", "<="),
  operator("GreaterEqual", ">="),
  operator("Less", "<"),
  operator("Greater", ">"),
  operator("Not", "!"),
  operator("Plus", "+"),
  // C reads it as one token, so it is not two minus signs here either.
  { name: "Decrement", pattern: literal("--"), role: "reserved" },
  operator("Minus", "-"),
  operator("Times", "*"),
  operator("Divide", "/"),
  operator("Remainder", "%"),
  operator("Open", "("),
  operator("Close", ")"),
  operator("True", "\\true"),
  operator("False", "\\false"),
  operator("At", "\\at"),
  // With its comma, since a variable may be called Pre.
  {
    name: "Pre",
    pattern: inOrder(literal(","), repeated(literal(" "), 0, null), literal("Pre")),
    canonical: ", Pre",
  },
  { name: "Integer", pattern: number(caps.maxDigits) },
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
      {
        kind: "record",
        name: "true",
        node: "true",
        gives: "formula",
        parts: [{ kind: "token", token: "True" }],
      },
      {
        kind: "record",
        name: "false",
        node: "false",
        gives: "formula",
        parts: [{ kind: "token", token: "False" }],
      },
      {
        kind: "record",
        name: "integer",
        node: "integer",
        gives: "term",
        parts: [{ kind: "text", field: "digits", token: "Integer", decoder: number(DECODER_DIGITS) }],
      },
      {
        kind: "record",
        name: "name",
        node: "name",
        gives: "term",
        parts: [{ kind: "text", field: "name", token: "Identifier", decoder: oneOf(...names) }],
      },
      {
        kind: "record",
        name: "initial",
        node: "initial",
        gives: "term",
        parts: [
          { kind: "token", token: "At" },
          { kind: "token", token: "Open" },
          { kind: "text", field: "name", token: "Identifier", decoder: oneOf(...initial) },
          { kind: "token", token: "Pre" },
          { kind: "token", token: "Close" },
        ],
      },
    ],
    start: entry === "atom" ? "atom" : "iff",
    sort: "formula",
    caps,
  };
}
