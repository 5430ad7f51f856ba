import type { IToken, Lexer } from "chevrotain";
import { createLexer, lexAll, markProblem, nameCharacter, retype } from "../c/lexer.ts";
import { KEYWORDS, LEXED, Stray } from "./tokens.ts";

let lexer: Lexer | null = null;

/** The ACSL tokens of `text[start, end)`, placed in the whole text; comment delimiters must not be part of it. */
export function lexAcsl(text: string, start: number, end: number): IToken[] {
  lexer ??= createLexer(LEXED);
  const tokens = lexAll(lexer, text, start, end);
  for (const token of tokens) {
    const keyword = KEYWORDS.get(token.image);
    if (keyword !== undefined) retype(token, keyword);
    else if (token.tokenType === Stray) markProblem(token, strayMessage(token.image));
  }
  return tokens;
}

const SYMBOLS: Readonly<Record<string, string>> = {
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
  "≡": "==",
  "∧": "&&",
  "∨": "||",
  "¬": "!",
  "⇒": "==>",
  "⇔": "<==>",
  "∀": "\\forall",
  "∃": "\\exists",
  "−": "-",
};

function strayMessage(image: string): string {
  const ascii = SYMBOLS[image];
  if (ascii !== undefined) return `the symbol ${image} is not supported yet: write '${ascii}'`;
  return `${nameCharacter(image)} cannot stand in an ACSL annotation`;
}
