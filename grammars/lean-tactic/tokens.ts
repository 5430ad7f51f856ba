import type { TokenDefinition } from "../definition/definition.ts";
import { badNumber, decimal, fixed, reserved } from "../definition/lexemes.ts";
import { anyOf, characters, inOrder, literal, oneOf, repeated } from "../definition/pattern.ts";
import { wordTokens } from "../definition/words.ts";
import { SYMBOL_TEXTS } from "./unicode.ts";
import { FORBIDDEN, HEADS, PREFIXES } from "./words.ts";

const start = characters("az", "AZ", "__");
const more = characters("az", "AZ", "09", "__", "''", "!!", "??");
const _digit = characters("09");
const dotted = inOrder(literal("."), characters("az", "AZ", "09", "__"), repeated(more, 0, null));
const name = inOrder(start, repeated(more, 0, null), repeated(dotted, 0, null));

const MARKS = ["@", "?", "."];

/** Words by class; `other` is every name that is not one of ours. */
export const words = wordTokens(
  {
    Head: HEADS,
    Prefix: PREFIXES,
    First: ["first"],
    By: ["by"],
    With: ["with"],
    Calc: ["calc"],
    Case: ["case", "next"],
    Forbidden: ["", ...MARKS, "_root_."].flatMap((mark) => FORBIDDEN.map((word) => mark + word)),
  },
  {
    rest: anyOf([inOrder(repeated(more, 1, null), repeated(dotted, 0, null)), repeated(dotted, 1, null)]),
    // A mark (`@f`, `?x`, `.inl`) belongs to its word, so that `@sorryAx` is no other word than it is to Lean.
    whole: anyOf([name, inOrder(oneOf(...MARKS), name)]),
    reserved: "Forbidden",
  },
);

/** Symbols spelled as words; what goes on behind one is no symbol and nothing else. */
const spelled = wordTokens(
  { Spelled: SYMBOL_TEXTS.filter((text) => /[a-z]$/.test(text)) },
  {
    rest: repeated(more, 1, null),
    whole: inOrder(literal("\\"), repeated(more, 1, null)),
    reserved: "Spelled",
  },
);
export const SPELLED: readonly string[] = spelled.of.Spelled;
const spelledTokens = spelled.tokens.map(
  ({ name: token, pattern }): TokenDefinition =>
    token.startsWith("Spelled")
      ? { name: token, pattern }
      : { name: `Glued${token}`, pattern, role: "reserved" },
);

export const DIGITS = 20;

const short = ["<-", "->", "<=", ">=", "/\\", "\\/"];
const barred = ["|-", "||", "|>"];

export const tokens: readonly TokenDefinition[] = [
  { name: "Space", pattern: repeated(characters("  ", "\n\n"), 1, null), role: "skipped" },
  reserved("OpenComment", "/-"),
  reserved("CloseComment", "-/"),
  reserved("LineComment", "--"),
  // Symbols whose end would make one of those with what follows; within a comment Lean looks for nothing else.
  { name: "CommentWithin", pattern: oneOf("\\/-", "<-/", "<--", "|-/", "|--"), role: "reserved" },
  ...words.tokens,
  ...spelledTokens,
  // What two tokens could be read as, but Lean reads otherwise or not at all.
  badNumber(DIGITS, start),
  { name: "Number", pattern: decimal(DIGITS) },
  fixed("All", "<;>"),
  fixed("OpenAngle", "(|"),
  fixed("CloseAngle", "|)"),
  fixed("Arrow", "=>"),
  {
    name: "LongSymbol",
    pattern: oneOf(
      ...SYMBOL_TEXTS.filter((text) => ![...short, ...barred].includes(text) && !/[a-z]$/.test(text)),
      ":=",
      "::",
      "!=",
      "==",
      "++",
      "&&",
      "<|",
      "<$>",
    ),
  },
  // Apart from the others, since none may stand next to an opening parenthesis.
  { name: "BarSymbol", pattern: oneOf(...barred) },
  { name: "ShortSymbol", pattern: oneOf(...short) },
  { name: "Symbol", pattern: oneOf("=", "<", ">", ":", "+", "-", "*", "/", "%", "^", "!") },
  fixed("Dot", "."),
  fixed("Bar", "|"),
  fixed("Comma", ","),
  fixed("Then", ";"),
  fixed("Open", "("),
  // `(f x).symm`: what is projected from a term in brackets belongs to the closing bracket.
  { name: "Project", pattern: inOrder(literal(")"), dotted, repeated(dotted, 0, null)) },
  fixed("Close", ")"),
  fixed("Left", "["),
  fixed("Right", "]"),
  fixed("OpenBlock", "{"),
  fixed("CloseBlock", "}"),
];
