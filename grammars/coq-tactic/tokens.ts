import type { TokenDefinition } from "../definition/definition.ts";
import { badNumber, decimal, fixed, reserved } from "../definition/lexemes.ts";
import { anyOf, characters, inOrder, literal, oneOf, repeated } from "../definition/pattern.ts";
import { wordTokens } from "../definition/words.ts";
import { ATTEMPTS, CHOOSERS, FINISHERS, FORBIDDEN, HEADS } from "./words.ts";

const start = characters("az", "AZ", "__");
const more = characters("az", "AZ", "09", "__", "''");
const _digit = characters("09");
const dotted = inOrder(literal("."), start, repeated(more, 0, null));
const name = inOrder(start, repeated(more, 0, null), repeated(dotted, 0, null));

const MARKS = ["@", "?", "!", "%"];

/** Words by class; `other` is every name that is not one of ours. `heads` are tactics besides the allowlist. */
export function coqWords(heads: readonly string[]) {
  return wordTokens(
    {
      Head: [...new Set([...HEADS, ...heads])],
      Attempt: ATTEMPTS,
      Finisher: FINISHERS,
      Chooser: CHOOSERS,
      By: ["by"],
      Do: ["do"],
      Forbidden: ["", ...MARKS].flatMap((mark) => FORBIDDEN.map((word) => mark + word)),
    },
    {
      rest: anyOf([inOrder(repeated(more, 1, null), repeated(dotted, 0, null)), repeated(dotted, 1, null)]),
      // A mark (`@f`, `?H`) belongs to its word, so that `@admit` is no other word than it is to Coq.
      whole: anyOf([name, inOrder(oneOf(...MARKS), name)]),
      reserved: "Forbidden",
    },
  );
}

export const DIGITS = 20;

/** In the order of the lexer, with the words where they belong. */
export const coqTokens = (words: readonly TokenDefinition[]): readonly TokenDefinition[] => [
  { name: "Space", pattern: repeated(characters("  ", "\n\n"), 1, null), role: "skipped" },
  reserved("OpenComment", "(*"),
  reserved("CloseComment", "*)"),
  // Coq ends a sentence at a dot with white space after it, and only there.
  {
    name: "End",
    pattern: inOrder(literal("."), repeated(characters("  ", "\n\n"), 1, null)),
    canonical: ".\n",
  },
  // One token, which keeps the colon out of a tactic's own arguments.
  fixed("Equation", "eqn:"),
  ...words,
  // What two tokens could be read as, but Coq reads otherwise or not at all.
  badNumber(DIGITS, start),
  {
    name: "Number",
    pattern: decimal(DIGITS),
  },
  {
    name: "LongSymbol",
    pattern: oneOf(
      "<->",
      "=>",
      ":=",
      "::",
      "<>",
      "<=?",
      "=?",
      "<?",
      "<=",
      ">=",
      "==",
      "/\\",
      "\\/",
      "&&",
      "||",
    ),
  },
  { name: "ArgumentSymbol", pattern: oneOf("<-", "->", "|-", "!", "?") },
  { name: "Marks", pattern: oneOf("---", "--", "***", "**", "+++") },
  fixed("PlusPlus", "++"),
  fixed("Minus", "-"),
  fixed("Plus", "+"),
  fixed("Star", "*"),
  { name: "Symbol", pattern: oneOf("=", "<", ">", "&", "~", "^", "/", ":") },
  fixed("Bar", "|"),
  fixed("Comma", ","),
  fixed("Then", ";"),
  fixed("Open", "("),
  fixed("Close", ")"),
  fixed("Left", "["),
  fixed("Right", "]"),
  fixed("OpenBrace", "{"),
  fixed("CloseBrace", "}"),
];
