import { type ILexerConfig, type IToken, Lexer, type TokenType } from "chevrotain";
import { endOf, shorten } from "./source.ts";
import {
  Continuation,
  Identifier,
  KEYWORDS,
  LEXED,
  OpenQuote,
  Problem,
  Stray,
  UnterminatedComment,
} from "./tokens.ts";

/**
 * Recovery stays off: Chevrotain's lexer would drop characters. The last token type takes any character, so no text makes it
 * fail; if it did, that would be a bug and is thrown.
 */
export function createLexer(tokens: TokenType[], config: ILexerConfig = { skipValidations: true }): Lexer {
  return new Lexer(tokens, { positionTracking: "onlyOffset", recoveryEnabled: false, ...config });
}

let lexer: Lexer | null = null;

/** The C tokens of `text[start, end)`, placed in the whole text. What begins no token comes as a `Problem` with its message. */
export function lexC(text: string, start: number, end: number): IToken[] {
  lexer ??= createLexer(LEXED);
  const tokens: IToken[] = [];
  for (const token of lexAll(lexer, text, start, end)) {
    if (token.tokenType === Continuation) {
      if (splitsWord(text, token)) {
        tokens.push(problem(token, "a line continuation splits a word: join the two lines"));
      }
      continue;
    }
    if (token.tokenType === Identifier) retype(token, KEYWORDS.get(token.image) ?? Identifier);
    else if (token.tokenType === UnterminatedComment)
      markProblem(token, "the comment is never closed: add '*/'");
    else if (token.tokenType === OpenQuote) markProblem(token, openQuote(token.image));
    else if (token.tokenType === Stray)
      markProblem(token, `${nameCharacter(token.image)} cannot stand in C code`);
    tokens.push(token);
  }
  return tokens;
}

/** All tokens of `text[start, end)` with offsets into `text`. */
export function lexAll(lexer: Lexer, text: string, start: number, end: number): IToken[] {
  const { tokens, errors } = lexer.tokenize(text.slice(start, end));
  if (errors.length > 0)
    throw new Error(`the lexer's last token takes any character, yet: ${errors[0]!.message}`);
  for (const token of tokens) {
    token.startOffset += start;
    token.endOffset = token.startOffset + token.image.length - 1;
  }
  return tokens;
}

export function retype(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx!;
}

export function markProblem(token: IToken, message: string): void {
  retype(token, Problem);
  token.payload = message;
}

/** A token in the place of another that says why that cannot be read. */
export function problem(place: IToken, message: string): IToken {
  const token = { ...place };
  markProblem(token, message);
  return token;
}

/** `'@'`, or the code point of what a message cannot show. */
export function nameCharacter(image: string): string {
  const code = image.charCodeAt(0);
  if (code > 32 && code < 127) return `the character '${image}'`;
  return `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

function openQuote(image: string): string {
  if (image.startsWith("''")) return "a character constant is empty: write the character between the quotes";
  const what = image.startsWith("'") ? "character constant" : "string";
  return `the ${what} ${shorten(image)} is not closed on its line: add the closing quote`;
}

/** A backslash between two lines is a space unless both sides would make one token (C11 5.1.1.2, phases 2 and 3). */
function splitsWord(text: string, token: IToken): boolean {
  const before = text[token.startOffset - 1] ?? " ";
  const after = text[endOf(token)] ?? " ";
  const word = /[\w.'"$\u0080-\uffff\\]/;
  const operator = /[-+*/%<>=!&|^#:.]/;
  return (word.test(before) && word.test(after)) || (operator.test(before) && operator.test(after));
}
