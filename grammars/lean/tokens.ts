import { NAME_REST, NAME_START } from "./names.ts";
import { beginsString, endOfCharacter, endOfComment, endOfLine, endOfString, isGlued } from "./strings.ts";

/** A token of a Lean file, comments left out. Offsets are UTF-16; columns count characters from 0, as Lean's layout does: `𝕜` is one. */
export interface Token {
  readonly kind: "word" | "string" | "number" | "symbol";
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly column: number;
  /** First on its line. */
  readonly first: boolean;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  /** What is open at the end of the text: a comment or a string; null when nothing is. */
  readonly unclosed: { readonly what: "comment" | "string"; readonly start: number } | null;
  /** Offsets at which what seems a comment or a character may be parts of other tokens: what stands behind them is a guess. */
  readonly doubtful: readonly number[];
  /** Offsets of strings that would end elsewhere if Lean read them as interpolated ones, or not as such: what stands behind them is read on the word before. */
  readonly twoWays: readonly number[];
}

const PART = `(?:«[^»]*»|[${NAME_START}][${NAME_REST}]*)`;
const WORD = new RegExp(`${PART}(?:\\.${PART})*`, "uy");
/** A name may stand right behind a number (`1000macro`), and is none of its digits. */
const NUMBER = /0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d[\d_]*)?/y;
const SYMBOL = /:=|=>|<;>|<\||\|>|·|@\[|''|⁻¹'|#\w+[!?]?|[^\s]/uy;

/** Reads Lean's lexical structure as far as declarations and holes need it: words, strings, nested comments, layout. */
export function readTokens(text: string): Tokens {
  const tokens: Token[] = [];
  const twoWays: number[] = [];
  const doubtful: number[] = [];
  let commentEnd = -1;
  let counted = { at: 0, column: 0 };
  let at = 0;
  let lineStart = 0;
  let first: boolean = true;
  const put = (kind: Token["kind"], end: number): void => {
    const seen = counted.at < lineStart ? { at: lineStart, column: 0 } : counted;
    const column = seen.column + columnsIn(text.slice(seen.at, at));
    counted = { at, column };
    tokens.push({ kind, text: text.slice(at, end), start: at, end, column, first });
    first = false;
    newlines(end);
  };
  const newlines = (end: number): void => {
    const last = text.lastIndexOf("\n", end - 1);
    if (last >= at) {
      lineStart = last + 1;
      first = text.slice(lineStart, end).trim() === "";
    }
    at = end;
  };
  const match = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : -1;
  };
  while (at < text.length) {
    const rest = text.slice(at, at + 3);
    if (/^(?:--|\/-|'["\\/«-])/.test(rest) && isGlued(text, at, at === commentEnd)) doubtful.push(at);
    if (/^\s/.test(rest)) newlines(at + 1);
    else if (rest.startsWith("--")) newlines(endOfLine(text, at));
    else if (rest.startsWith("/-")) {
      const end = endOfComment(text, at);
      if (end < 0) return { tokens, unclosed: { what: "comment", start: at }, twoWays, doubtful };
      const wasFirst: boolean = first;
      newlines(end);
      commentEnd = end;
      first ||= wasFirst;
    } else if (beginsString(text, at)) {
      const read = endOfString(text, at);
      if (read.twoWays) twoWays.push(at);
      if (read.end < 0) return { tokens, unclosed: { what: "string", start: at }, twoWays, doubtful };
      put("string", read.end);
    } else {
      const word = match(WORD);
      const number = word < 0 ? match(NUMBER) : -1;
      const character = word < 0 && number < 0 ? endOfCharacter(text, at) : -1;
      if (word >= 0) put("word", word);
      else if (number >= 0) put("number", number);
      else if (character >= 0) put("string", character);
      else put("symbol", match(SYMBOL));
    }
  }
  return { tokens, unclosed: null, twoWays, doubtful };
}

/** Columns that a piece of a line takes. */
export function columnsIn(piece: string): number {
  return piece.length - (piece.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
