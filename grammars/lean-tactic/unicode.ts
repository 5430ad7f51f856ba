/**
 * The language is ASCII, as a decoder and a lexer can agree on; Lean's own symbols are written in it as follows. Each has
 * one spelling here, so what is printed says what was read. Where Lean knows an ASCII spelling, it is that one.
 */
const SYMBOLS: readonly (readonly [ascii: string, unicode: string])[] = [
  ["<->", "↔"],
  ["<-", "←"],
  ["->", "→"],
  ["<=", "≤"],
  [">=", "≥"],
  ["/\\", "∧"],
  ["\\/", "∨"],
  ["|-", "⊢"],
  ["(|", "⟨"],
  ["|)", "⟩"],
  ["\\ne", "≠"],
  ["\\not", "¬"],
  ["\\forall", "∀"],
  ["\\exists", "∃"],
  ["\\subst", "▸"],
  ["\\comp", "∘"],
  ["\\times", "×"],
  ["\\dvd", "∣"],
  ["\\in", "∈"],
  ["\\notin", "∉"],
  ["\\sub", "⊆"],
  ["\\cup", "∪"],
  ["\\cap", "∩"],
  ["\\empty", "∅"],
  ["\\inv", "⁻¹"],
  ["\\up", "↑"],
  ["\\mapsto", "↦"],
];

/** The ASCII spellings that are symbols of terms; brackets are not among them. */
export const SYMBOL_TEXTS: readonly string[] = SYMBOLS.map(([ascii]) => ascii).filter(
  (ascii) => ascii !== "(|" && ascii !== "|)",
);

/** Letters that names have in practice: Greek, subscripts, letter-like signs. `λ` is a keyword. */
const LETTER = /[\u0370-\u03ba\u03bc-\u03ff\u1d62-\u1d6a\u2080-\u209c\u2100-\u214f]/;

/** A name as it is written in the language: `h₁` is `h_u2081_`. */
export function encodeName(name: string): string {
  return [...name].map((letter) => (LETTER.test(letter) ? encodeLetter(letter) : letter)).join("");
}

/** A text in the language's ASCII, and for each of its characters the offset of what it came from. */
export interface Ascii {
  readonly text: string;
  readonly offsets: readonly number[];
}

/** Spells Lean's symbols and letters out; anything else that is not ASCII stays, for the lexer to refuse. */
export function toAscii(source: string): Ascii {
  const symbols = new Map(SYMBOLS.map(([ascii, unicode]) => [unicode, ascii] as const));
  let text = "";
  const offsets: number[] = [];
  const put = (piece: string, offset: number): void => {
    text += piece;
    for (let index = 0; index < piece.length; index += 1) offsets.push(offset);
  };
  for (let at = 0; at < source.length; ) {
    const pair = source.slice(at, at + 2);
    const one = source.charAt(at);
    const found = symbols.has(pair) ? pair : one;
    const symbol = symbols.get(found);
    if (symbol !== undefined) put(symbol.startsWith("\\") ? ` ${symbol} ` : symbol, at);
    else if (one === "·") put(".", at);
    else if (one === "λ") put("fun", at);
    else if (pair === "\r\n") put("\n", at + 1);
    else put(LETTER.test(one) ? encodeLetter(one) : one, at);
    at += found.length;
    if (symbol === undefined && pair === "\r\n") at += 1;
  }
  offsets.push(source.length);
  return { text, offsets };
}

/** A line of the language as Lean is shown it. */
export function toUnicode(text: string): string {
  const symbols = new Map(SYMBOLS);
  const tokens = SYMBOLS.map(([ascii]) => ascii)
    .toSorted((a, b) => b.length - a.length)
    .map((ascii) => ascii.replace(/[\\|()/<>-]/g, "\\$&") + (/[a-z]$/.test(ascii) ? "(?![a-z])" : ""));
  // The space before a closing angle keeps tokens of ASCII apart, and goes.
  return text
    .replace(
      new RegExp(`<;>|=>|\\|\\||<\\||\\|>| ?\\|\\)|${tokens.join("|")}`, "g"),
      (token) => symbols.get(token.trimStart()) ?? token,
    )
    .replace(/(?<![^ ([⟨\n])\.(?![A-Za-z_0-9.])/g, "·")
    .replace(/_u([0-9a-f]{4})_/g, (whole, code: string) => {
      const letter = String.fromCharCode(Number.parseInt(code, 16));
      return LETTER.test(letter) ? letter : whole;
    });
}

function encodeLetter(letter: string): string {
  return `_u${letter.charCodeAt(0).toString(16).padStart(4, "0")}_`;
}
