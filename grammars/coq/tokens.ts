/** A token of Coq's surface language, as far as telling sentences apart needs it. Offsets are UTF-16 into the text. */
export interface Token {
  /** A `stop` ends a sentence; `unclosed` is a comment or a string that the text ends in. */
  readonly kind: "word" | "number" | "string" | "symbol" | "stop" | "unclosed";
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const BLANK = /\s/;
const WORD_START = /[\p{L}_]/u;
const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_']*(?:\.[\p{L}_][\p{L}\p{M}\p{N}_']*)*/uy;
const NUMBER = /\d[\d_]*(?:\.\d[\d_]*)?/y;
const SYMBOLS = [":=", "=>", "->", "|-", "{|", "|}", "#["];

/**
 * The tokens of a text; comments are left out. A full stop is what Coq's own lexer takes for one (coq_lex.mll): a dot before
 * a blank or the end, where two dots together are a token and the third of `...` is the stop.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (kind: Token["kind"], end: number) => {
    tokens.push({ kind, start: at, end, text: text.slice(at, end) });
    at = end;
  };
  while (at < text.length) {
    const char = text[at]!;
    if (BLANK.test(char)) at++;
    else if (text.startsWith("(*", at)) {
      const end = commentEnd(text, at);
      if (end === null) push("unclosed", text.length);
      else at = end;
    } else if (char === '"') {
      const end = text.indexOf('"', at + 1);
      // A doubled quote inside a string reads as two strings side by side, which is all the same here.
      if (end < 0) push("unclosed", text.length);
      else push("string", end + 1);
    } else if (text.startsWith("..", at)) push("symbol", at + 2);
    else if (char === "." && (at + 1 === text.length || BLANK.test(text[at + 1]!))) push("stop", at + 1);
    else {
      const end = match(WORD, text, at) ?? match(NUMBER, text, at);
      if (end !== null) push(WORD_START.test(char) || char > "\uD7FF" ? "word" : "number", end);
      else push("symbol", at + (SYMBOLS.find((one) => text.startsWith(one, at))?.length ?? 1));
    }
  }
  return tokens;
}

function match(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null ? null : at + found[0].length;
}

/** Where a comment ends; comments nest, and a string inside one hides what closes it. Null when nothing closes it. */
export function commentEnd(text: string, start: number): number | null {
  let depth = 1;
  let at = start + 2;
  while (at < text.length) {
    if (text.startsWith("(*", at)) {
      depth++;
      at += 2;
    } else if (text.startsWith("*)", at)) {
      depth--;
      at += 2;
      if (depth === 0) return at;
    } else if (text[at] === '"') {
      const end = text.indexOf('"', at + 1);
      if (end < 0) return null;
      at = end + 1;
    } else at++;
  }
  return null;
}
