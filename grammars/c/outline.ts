/**
 * Where the loops and functions of a C text are, by tokens and brackets alone: a fraction of what reading the text takes, and
 * never in the way of a text that is half written. What it says is where to offer something, never what holds there.
 */
export interface Outline {
  readonly functions: readonly OutlinedFunction[];
  /** In the order of their keywords. */
  readonly loops: readonly OutlinedLoop[];
}

export interface OutlinedFunction {
  readonly name: string;
  /** From the first token of the declaration, or the annotation in front of it, to the closing brace. */
  readonly start: number;
  readonly end: number;
}

export interface OutlinedLoop {
  /** Of the keyword. */
  readonly keyword: number;
  /** The whole loop, its annotation included. */
  readonly start: number;
  readonly end: number;
  /** Whether the annotation in front of it has a `loop invariant`. */
  readonly invariant: boolean;
  /** Index into `functions`; null outside of them. */
  readonly function: number | null;
}

interface Token {
  readonly kind: "annotation" | "word" | "sign";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Statements nested without braces, as in long chains of `else if`; what is deeper ends where the function does. */
const DEEPEST = 1000;

const TOKENS =
  /\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|\/\/(?:[^\n]*\\\r?\n)*[^\n]*|^[ \t]*#(?:[^\n]*\\\r?\n)*[^\n]*|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|[A-Za-z_]\w*|[(){};=]/gm;

/** Reads the outline in one pass; any text has one. */
export function outlineC(text: string): Outline {
  const tokens = tokensOf(text);
  const functions: OutlinedFunction[] = [];
  const loops: OutlinedLoop[] = [];
  let first = 0;
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at]!;
    if (token.text === "{") {
      const end = closing(tokens, at, "{", "}");
      const name = functionName(tokens, first, at);
      if (name !== null)
        functions.push({ name, start: tokens[first]!.start, end: tokens[end]?.end ?? text.length });
      const inside = tokens.slice(at, end + 1);
      if (name !== null) loops.push(...loopsOf(inside, functions.length - 1, text.length));
      at = end + 1;
      if (name !== null) first = at;
      continue;
    }
    at++;
    if (token.text === ";") first = at;
  }
  return { functions, loops: loops.sort((a, b) => a.keyword - b.keyword) };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKENS)) {
    const [word] = match;
    const start = match.index;
    const kind = /^\/[*/]@/.test(word) ? "annotation" : /^[A-Za-z_]/.test(word) ? "word" : "sign";
    if (kind === "sign" && !/^[(){};=]$/.test(word)) continue;
    tokens.push({ kind, text: word, start, end: start + word.trimEnd().length });
  }
  return tokens;
}

/** The name in front of the first parenthesis; null for `struct s {` and `int a[] = {`. */
function functionName(tokens: readonly Token[], first: number, brace: number): string | null {
  const head = tokens.slice(first, brace).filter(({ kind }) => kind !== "annotation");
  if (head.some(({ text }) => text === "=")) return null;
  const open = head.findIndex(({ text }) => text === "(");
  const name = head[open - 1];
  return name?.kind === "word" ? name.text : null;
}

/** The index of the bracket that closes the one at `open`; the last token where none does. */
function closing(tokens: readonly Token[], open: number, left: string, right: string): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]!.text === left) depth++;
    else if (tokens[at]!.text === right && --depth === 0) return at;
  }
  return tokens.length - 1;
}

function loopsOf(tokens: readonly Token[], inFunction: number, length: number): OutlinedLoop[] {
  const loops: OutlinedLoop[] = [];
  const tails = new Set<number>();
  tokens.forEach((token, at) => {
    if (token.kind !== "word" || !["for", "while", "do"].includes(token.text) || tails.has(at)) return;
    const last = endOfStatement(tokens, at, tails);
    let from = at;
    while (tokens[from - 1]?.kind === "annotation") from--;
    const annotations = tokens.slice(from, at).filter(({ text }) => /\bloop\s+\w/.test(text));
    loops.push({
      keyword: token.start,
      start: annotations[0]?.start ?? token.start,
      end: tokens[last]?.end ?? length,
      invariant: annotations.some(({ text }) => /\bloop\s+invariant\b/.test(text)),
      function: inFunction,
    });
  });
  return loops;
}

/** The index of a statement's last token. The `while` that ends a `do` is noted: it is no loop of its own. */
function endOfStatement(tokens: readonly Token[], start: number, tails: Set<number>, depth = 0): number {
  if (depth > DEEPEST) return tokens.length - 1;
  const inner = (from: number) => endOfStatement(tokens, from, tails, depth + 1);
  let at = start;
  while (tokens[at]?.kind === "annotation") at++;
  const token = tokens[at];
  switch (token?.text) {
    case undefined:
      return tokens.length - 1;
    case "{":
      return closing(tokens, at, "{", "}");
    case "for":
    case "while":
    case "switch":
      return inner(afterHead(tokens, at));
    case "if": {
      const then = inner(afterHead(tokens, at));
      return tokens[then + 1]?.text === "else" ? inner(then + 2) : then;
    }
    case "do": {
      const body = inner(at + 1);
      if (tokens[body + 1]?.text !== "while") return body;
      tails.add(body + 1);
      return afterHead(tokens, body + 1);
    }
    default: {
      let open = 0;
      for (; at < tokens.length; at++) {
        const { text } = tokens[at]!;
        if (text === "(" || text === "{") open++;
        else if (text === ")" || text === "}") {
          // The block around ends before a semicolon: the statement is half written.
          if (--open < 0) return at - 1;
        } else if (text === ";" && open === 0) return at;
      }
      return tokens.length - 1;
    }
  }
}

/** The index of what follows `keyword (…)`. */
function afterHead(tokens: readonly Token[], keyword: number): number {
  return tokens[keyword + 1]?.text === "(" ? closing(tokens, keyword + 1, "(", ")") + 1 : keyword + 1;
}
