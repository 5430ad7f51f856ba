/** A token of a Lean file, comments left out. Offsets are UTF-16; columns count from 0. */
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
}

/** Where a name of Lean's may begin, and what may follow: beside letters, signs that Lean takes for letters (`ℕ`, but `™` too). */
export const NAME_START = "\\p{L}_\\u2100-\\u214f\\u1f00-\\u1ffe\\u03ca-\\u03fb";
export const NAME_REST = `${NAME_START}\\p{N}'!?\\u2080-\\u209c`;
const PART = `(?:«[^»\\n]*»|[${NAME_START}][${NAME_REST}]*)`;
const WORD = new RegExp(`${PART}(?:\\.${PART})*`, "uy");
const NUMBER = /\d[\w.]*/y;
const CHARACTER = /'(?:\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|[^\\'\n])'/uy;
const SYMBOL = /:=|=>|<;>|<\||\|>|·|@\[|#\w+[!?]?|[^\s]/uy;

/** Reads Lean's lexical structure as far as declarations and holes need it: words, strings, nested comments, layout. */
export function readTokens(text: string): Tokens {
  const tokens: Token[] = [];
  let at = 0;
  let lineStart = 0;
  let first: boolean = true;
  const put = (kind: Token["kind"], end: number): void => {
    tokens.push({ kind, text: text.slice(at, end), start: at, end, column: at - lineStart, first });
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
    if (/^\s/.test(rest)) newlines(at + 1);
    else if (rest.startsWith("--")) newlines(endOfLine(text, at));
    else if (rest.startsWith("/-")) {
      const end = endOfComment(text, at);
      if (end < 0) return { tokens, unclosed: { what: "comment", start: at } };
      const wasFirst: boolean = first;
      newlines(end);
      first ||= wasFirst;
    } else if (/^(?:"|r#*")/.test(text.slice(at, at + 20))) {
      const end = endOfString(text, at);
      if (end < 0) return { tokens, unclosed: { what: "string", start: at } };
      put("string", end);
    } else {
      const word = match(WORD);
      const number = word < 0 ? match(NUMBER) : -1;
      const character = word < 0 && number < 0 ? match(CHARACTER) : -1;
      if (word >= 0) put("word", word);
      else if (number >= 0) put("number", number);
      else if (character >= 0) put("string", character);
      else put("symbol", match(SYMBOL));
    }
  }
  return { tokens, unclosed: null };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Comments nest. -1 when it is never closed. */
function endOfComment(text: string, start: number): number {
  let depth = 0;
  for (const mark of text.slice(start).matchAll(/\/-|-\//g)) {
    depth += mark[0] === "/-" ? 1 : -1;
    if (depth === 0) return start + mark.index + 2;
  }
  return -1;
}

function endOfString(text: string, start: number): number {
  const hashes = /^r(#*)"/.exec(text.slice(start))?.[1];
  if (hashes !== undefined) {
    const end = text.indexOf(`"${hashes}`, start + hashes.length + 2);
    return end < 0 ? -1 : end + hashes.length + 1;
  }
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}
