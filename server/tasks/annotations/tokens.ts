/** A token of C as far as places and names need it; comments, directives and annotations are none. */
export interface TextToken {
  readonly kind: "word" | "number" | "literal" | "sign";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|\/\/(?:[^\n]*\\\r?\n)*[^\n]*|^[ \t]*#(?:[^\n]*\\\r?\n)*[^\n]*|(?<literal>"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?)|(?<word>[A-Za-z_]\w*)|(?<number>\.?\d(?:[eEpP][+-]|[\w.])*)|(?<sign>\+\+|--|->|<<=|>>=|[-+*/%&|^<>=!]=|&&|\|\||<<|>>|\.\.\.|[^\s\\])/gm;

/** The tokens of `text[start, end)`, placed in the whole text. Any text has some. */
export function textTokens(text: string, start: number, end: number): TextToken[] {
  const tokens: TextToken[] = [];
  for (const match of text.slice(start, end).matchAll(TOKEN)) {
    const groups = match.groups!;
    const kind = (["word", "number", "literal", "sign"] as const).find((one) => groups[one] !== undefined);
    if (kind === undefined) continue;
    const at = start + match.index;
    tokens.push({ kind, text: match[0], start: at, end: at + match[0].length });
  }
  return tokens;
}

/** The names in a piece of C or ACSL, keywords among them, each as often as it stands there. */
export function namesIn(text: string): readonly string[] {
  return text.match(/[A-Za-z_]\w*/g) ?? [];
}

/** The index of the bracket that closes the one at `open`; the last token where none does. */
export function closing(tokens: readonly TextToken[], open: number): number {
  const left = tokens[open]!.text;
  const right = { "(": ")", "[": "]", "{": "}" }[left];
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]!.text === left) depth++;
    else if (tokens[at]!.text === right && --depth === 0) return at;
  }
  return tokens.length - 1;
}

/** The index of the bracket that opens what the one at `close` closes; -1 where none does. */
export function opening(tokens: readonly TextToken[], close: number): number {
  const right = tokens[close]!.text;
  const left = { ")": "(", "]": "[", "}": "{" }[right];
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    if (tokens[at]!.text === right) depth++;
    else if (tokens[at]!.text === left && --depth === 0) return at;
  }
  return -1;
}

/** Tokens as C text: a space between two that would make one word. */
export function joined(tokens: readonly TextToken[]): string {
  return tokens
    .map(({ text }) => text)
    .join(" ")
    .replace(/ ?(\[|\]|\(|\)|\.|->) ?/g, "$1")
    .replace(/([&*!~-]) (?=\w)(?<=(?:^|[(,=<>+*/%-] ?)[&*!~-] )/g, "$1");
}
