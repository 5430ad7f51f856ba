import type { TextToken } from "./tokens.ts";

/** Words of C's types of numbers; any of them makes what follows a declaration. */
const INTEGERS =
  /^(?:int|long|short|char|unsigned|signed|_Bool|bool|size_t|ssize_t|ptrdiff_t|u?int(?:_fast|_least)?(?:8|16|32|64)_t|u?intmax_t|u?intptr_t)$/;
const FLOATS = /^(?:float|double)$/;
const QUALIFIERS = /^(?:const|volatile|static|register|restrict|auto|extern|inline|struct|union|enum)$/;
const KEYWORDS =
  /^(?:if|else|for|while|do|switch|case|default|break|continue|return|goto|sizeof|typedef|_Alignof|_Static_assert|asm|__asm__)$/;

/** A variable as its declaration shows it. */
export interface Declared {
  readonly name: string;
  /** `other`: pointers, arrays, structures, and types that only a header knows. */
  readonly type: "integer" | "float" | "other";
  /** Index of its name among the tokens. */
  readonly at: number;
  /** Index of the first token behind its initialiser's `=`; null without one. */
  readonly value: number | null;
}

/**
 * The variables that statements and heads of `for` among tokens declare: a statement that begins with words of a type. `a * b;`
 * as a statement is taken for a declaration, as a reader would.
 */
export function declarations(tokens: readonly TextToken[]): Declared[] {
  const found: Declared[] = [];
  tokens.forEach((_, at) => {
    const before = tokens[at - 1]?.text;
    const begins =
      before === undefined || /^[;{}:]$/.test(before) || (before === "(" && tokens[at - 2]?.text === "for");
    if (begins) found.push(...declaration(tokens, at));
  });
  return found;
}

/** The parameters between the parentheses of a function's head. */
export function parameters(tokens: readonly TextToken[]): Declared[] {
  const found: Declared[] = [];
  let first = 0;
  let depth = 0;
  tokens.forEach(({ text }, at) => {
    if (/^[([]$/.test(text)) depth++;
    if (/^[)\]]$/.test(text)) depth--;
    if (depth === 0 && (text === "," || at === tokens.length - 1)) {
      found.push(...declaration(tokens.slice(0, text === "," ? at : at + 1), first).slice(0, 1));
      first = at + 1;
    }
  });
  return found;
}

function declaration(tokens: readonly TextToken[], start: number): Declared[] {
  let at = start;
  const words: string[] = [];
  while (tokens[at]?.kind === "word" && !KEYWORDS.test(tokens[at]!.text)) {
    const next = tokens[at + 1];
    // The last word is the name, unless a star or a parenthesis stands in front of it.
    if (words.length > 0 && !(next?.kind === "word" || next?.text === "*")) break;
    words.push(tokens[at++]!.text);
  }
  if (words.length === 0 || tokens[at] === undefined) return [];
  const known = words.some((word) => INTEGERS.test(word) || FLOATS.test(word) || QUALIFIERS.test(word));
  if (!known && words.length !== 1) return [];
  const base = words.some((word) => FLOATS.test(word))
    ? "float"
    : words.some((word) => INTEGERS.test(word))
      ? "integer"
      : "other";
  const found: Declared[] = [];
  for (;;) {
    let stars = 0;
    while (tokens[at]?.text === "*" || tokens[at]?.text === "const") if (tokens[at++]!.text === "*") stars++;
    const name = tokens[at];
    if (name?.kind !== "word" || KEYWORDS.test(name.text)) return found;
    const after = tokens[at + 1]?.text;
    const plain = stars === 0 && after !== "[" && after !== "(";
    const value = after === "=" ? at + 2 : null;
    if (after !== undefined && !/^(?:[=,;[):]|in)$/.test(after)) return found;
    found.push({ name: name.text, type: plain ? base : "other", at, value });
    at = endOfDeclarator(tokens, at + 1);
    if (tokens[at]?.text !== ",") return found;
    at++;
  }
}

/** The index of the comma or semicolon behind a declarator. */
function endOfDeclarator(tokens: readonly TextToken[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const { text } = tokens[at]!;
    if (/^[([{]$/.test(text)) depth++;
    else if (/^[)\]}]$/.test(text) && --depth < 0) return at;
    else if (depth === 0 && (text === "," || text === ";")) return at;
  }
  return tokens.length;
}
