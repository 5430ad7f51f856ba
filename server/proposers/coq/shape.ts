/**
 * Coq's printed terms, read as far as choosing a tactic needs it: binders, premises, the connective at the top, words. It is a
 * guess about text and never trusted: a wrong one costs a failed tactic.
 */
export interface Statement {
  /** Quantified variables in order; the type is empty where it was not printed. */
  readonly binders: readonly { readonly name: string; readonly type: string }[];
  readonly premises: readonly string[];
  readonly conclusion: string;
}

const OPEN = "([{";
const CLOSE = ")]}";

/** Splits at an operator that stands outside all brackets, `match`es and binders. */
export function splitTop(text: string, operator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (OPEN.includes(char)) depth++;
    else if (CLOSE.includes(char)) depth--;
    else if (wordAt(text, at, "match")) depth++;
    else if (wordAt(text, at, "end")) depth--;
    else if (depth === 0 && binderAt(text, at)) break;
    else if (depth === 0 && text.startsWith(operator, at) && alone(text, at, operator)) {
      parts.push(text.slice(start, at).trim());
      at += operator.length - 1;
      start = at + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

/** Takes the quantifiers and premises off a statement. */
export function readStatement(text: string): Statement {
  const binders: Statement["binders"][number][] = [];
  const premises: string[] = [];
  let rest = text.replace(/\s+/g, " ").trim();
  for (;;) {
    if (/^forall\b/.test(rest)) {
      const comma = topComma(rest);
      if (comma < 0) break;
      binders.push(...readBinders(rest.slice(6, comma)));
      rest = rest.slice(comma + 1).trim();
      continue;
    }
    const [premise, ...others] = splitTop(rest, "->");
    if (premise === undefined || others.length === 0) break;
    premises.push(premise);
    rest = rest.slice(rest.indexOf("->", premise.length) + 2).trim();
  }
  return { binders, premises, conclusion: stripParentheses(rest) };
}

/** `a b : T`, `(a b : T) (c : U)`, `a b`. */
function readBinders(text: string): { name: string; type: string }[] {
  const groups = [...text.matchAll(/[({]([^(){}]*(?:\([^()]*\)[^(){}]*)*)[)}]/g)].map(
    ([, inside]) => inside!,
  );
  return (groups.length > 0 ? groups : [text]).flatMap((group) => {
    const colon = group.indexOf(":");
    const names = (colon < 0 ? group : group.slice(0, colon)).trim().split(/\s+/);
    const type = colon < 0 ? "" : group.slice(colon + 1).trim();
    return names.filter((name) => /^[\p{L}_]/u.test(name)).map((name) => ({ name, type }));
  });
}

/** The comma that ends the binders of a `forall` at the start. */
function topComma(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (OPEN.includes(char)) depth++;
    else if (CLOSE.includes(char)) depth--;
    else if (char === "," && depth === 0) return at;
  }
  return -1;
}

export function stripParentheses(text: string): string {
  let inner = text.trim();
  while (inner.startsWith("(") && matching(inner, 0) === inner.length - 1) inner = inner.slice(1, -1).trim();
  return inner;
}

function matching(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (OPEN.includes(text[at]!)) depth++;
    else if (CLOSE.includes(text[at]!) && --depth === 0) return at;
  }
  return -1;
}

/** Sides of an equation at the top; null where there is none. */
export function equation(text: string): readonly [string, string] | null {
  const sides = splitTop(stripParentheses(text), "=");
  return sides.length === 2 ? [sides[0]!, sides[1]!] : null;
}

/** What binds loosest in a proposition: a connective, a relation, or the head constant of an application. */
export function topOf(text: string): string {
  const term = stripParentheses(text);
  if (/^(forall|exists)\b/.test(term)) return term.startsWith("forall") ? "forall" : "exists";
  for (const operator of ["<->", "->", "\\/", "/\\"])
    if (splitTop(term, operator).length > 1) return operator;
  if (term.startsWith("~")) return "~";
  for (const operator of ["=", "<>", "<=", ">=", "<", ">"])
    if (splitTop(term, operator).length > 1) return operator;
  return /^@?([\p{L}_][\p{L}\p{N}_'.]*)/u.exec(term)?.[1] ?? "";
}

/** Identifiers in a text, each once, in order. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.match(/[\p{L}_][\p{L}\p{N}_'.]*/gu) ?? [])].map((word) => word.replace(/\.+$/, ""));
}

/** Words and operators of a part of a statement that stand for themselves: what is bound is left out. They may repeat. */
export function rigid(part: string, { binders }: Statement): string[] {
  const bound = new Set(binders.map(({ name }) => name));
  return tokensOf(part).filter(
    (token) =>
      !bound.has(token) && !/^(match|with|end|if|then|else|let|in|fun|forall|exists|as|return)$/.test(token),
  );
}

/** True when every one of the words and operators stands in a text. */
export function occur(tokens: readonly string[], text: string): boolean {
  const there = new Set(tokensOf(text));
  return tokens.every((token) => there.has(token));
}

/** True when a text speaks of numbers, as far as signs and names tell. */
export function isArithmetic(text: string): boolean {
  const plain = text.replace(/<->|->|<>|\} \+ \{|=>/g, " ");
  return /[<>+*]|\b\d+\b|\b(S|nat|Z|N|length|max|min|mod)\b/.test(plain);
}

function tokensOf(text: string): string[] {
  return (
    text.match(
      /[\p{L}_][\p{L}\p{N}_']*(?:\.[\p{L}_][\p{L}\p{N}_']*)*|\d+|[^\s\p{L}\p{N}_'()[\]{},.;:@?]+/gu,
    ) ?? []
  );
}

/** The terms that `match … with`, `if … then` and `let (…) := … in` take apart, innermost first. */
export function scrutinees(text: string): string[] {
  const found: string[] = [];
  for (const [pattern, closer] of [
    [/\bmatch\s/g, /\swith\b/],
    [/\bif\s/g, /\sthen\b/],
    [/\blet\s*\([^)]*\)\s*:=\s/g, /\sin\b/],
  ] as const) {
    for (const start of text.matchAll(pattern)) {
      const rest = text.slice(start.index + start[0].length);
      const end = closer.exec(rest)?.index;
      if (end !== undefined) found.push(rest.slice(0, end).trim());
    }
  }
  const whole = found.filter((term) => balanced(term) && !/\b(match|if|let)\b/.test(term));
  return [...new Set(whole)];
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (OPEN.includes(char)) depth++;
    else if (CLOSE.includes(char) && --depth < 0) return false;
  }
  return depth === 0;
}

function wordAt(text: string, at: number, word: string): boolean {
  return (
    text.startsWith(word, at) &&
    !/[\p{L}\p{N}_'.]/u.test(text[at - 1] ?? " ") &&
    !/[\p{L}\p{N}_']/u.test(text[at + word.length] ?? " ")
  );
}

/** A binder reaches as far to the right as it can: nothing after it is at the top. */
function binderAt(text: string, at: number): boolean {
  return ["forall", "exists", "fun", "let"].some((word) => wordAt(text, at, word));
}

/** True when an operator is not part of a longer one. */
function alone(text: string, at: number, operator: string): boolean {
  const symbols = /[-<>=/\\~:|+*&]/;
  return !symbols.test(text[at - 1] ?? " ") && !symbols.test(text[at + operator.length] ?? " ");
}
