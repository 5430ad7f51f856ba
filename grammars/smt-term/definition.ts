import type { Definition, TokenDefinition } from "../definition/definition.ts";
import { badNumber, decimal, fixed } from "../definition/lexemes.ts";
import { gap, list, record, text, token } from "../definition/parts.ts";
import { characters, inOrder, literal, oneOf, repeated } from "../definition/pattern.ts";
import { wordTokens } from "../definition/words.ts";

/** What a decoder may write: constants, and functions or operators to apply. */
export interface Vocabulary {
  readonly constants: readonly string[];
  readonly functions: readonly string[];
}

const caps = { maxLength: 8192, maxDepth: 48, maxDigits: 20 };
const DECODER_DIGITS = 6;

/** Reserved words of SMT-LIB 2.6 (section 3.1), those of its commands (3.9) and of Z3's own; none is a symbol of a term here. */
const RESERVED: readonly string[] = [
  ..."! _ as let forall exists match par lambda BINARY DECIMAL HEXADECIMAL NUMERAL STRING".split(" "),
  ..."assert check-sat check-sat-assuming declare-const declare-datatype declare-datatypes declare-fun".split(
    " ",
  ),
  ..."declare-sort define-fun define-fun-rec define-funs-rec define-sort define-const echo exit get-assertions".split(
    " ",
  ),
  ..."get-assignment get-info get-model get-option get-proof get-unsat-assumptions get-unsat-core get-value".split(
    " ",
  ),
  ..."pop push reset reset-assertions set-info set-logic set-option include eval simplify minimize maximize".split(
    " ",
  ),
  ..."declare-rel declare-var rule query apply check-sat-using assert-soft dbg-eval display".split(" "),
];

const marks = [
  "~~",
  "!!",
  "@@",
  "$$",
  "%%",
  "^^",
  "&&",
  "**",
  "__",
  "++",
  "==",
  "<<",
  ">>",
  "..",
  "??",
  "//",
  "--",
];
const more = characters("az", "AZ", "09", ...marks);
const symbol = inOrder(characters("az", "AZ", ...marks), repeated(more, 0, null));

const words = wordTokens(
  { Reserved: RESERVED },
  { rest: repeated(more, 1, null), whole: symbol, reserved: "Reserved" },
);

const tokens: readonly TokenDefinition[] = [
  { name: "Space", pattern: repeated(characters("  ", "\n\n"), 1, null), role: "skipped" },
  // Symbols to SMT-LIB, numbers to Z3, and nothing to cvc5: `(- 1)` is the number.
  {
    name: "SignedNumber",
    pattern: inOrder(literal("-"), repeated(characters("09"), 1, null), repeated(more, 0, null)),
    role: "reserved",
  },
  ...words.tokens,
  badNumber(caps.maxDigits, characters("az", "AZ", ...marks)),
  { name: "Number", pattern: decimal(caps.maxDigits) },
  fixed("Open", "("),
  fixed("Close", ")"),
];

/**
 * Terms of SMT-LIB 2.6 (section 3.6) without binders: numerals, symbols, applications. Sorts are not told apart: they are
 * the problem's own, and its front end checks them. Left out on purpose: quoted symbols, strings, annotations, `let`.
 */
export function smtTermDefinition({ constants, functions }: Vocabulary): Definition {
  return {
    name: "smt-term",
    tokens,
    rules: [
      { kind: "choice", name: "term", of: ["integer", "name", "apply"] },
      record("integer", "term", text("digits", "Number", decimal(DECODER_DIGITS))),
      record("name", "term", text("name", words.of.other, oneOf(...constants))),
      record(
        "apply",
        "term",
        token("Open"),
        text("function", words.of.other, oneOf(...functions)),
        gap,
        list("arguments", "term", null, 2),
        token("Close"),
      ),
    ],
    start: "term",
    sort: "term",
    caps,
  };
}

/** Whether a text is one symbol of the language. */
export const SYMBOL_TOKENS: readonly string[] = words.of.other;
