/**
 * A small regular expression as a value: what a token looks like. There is no lookaround, backreference or lazy
 * quantifier to write. `alternatives` must list a longer text before its own prefix, so that the first match (what
 * JavaScript takes) is the longest match (what GBNF and automata mean).
 */
export type Pattern =
  | { readonly kind: "literal"; readonly text: string }
  /** One character in any of the inclusive ranges. */
  | { readonly kind: "class"; readonly ranges: readonly (readonly [string, string])[] }
  | { readonly kind: "sequence"; readonly items: readonly Pattern[] }
  /** No alternatives at all is the empty language. */
  | { readonly kind: "alternatives"; readonly items: readonly Pattern[] }
  /** `max` null is unbounded. */
  | { readonly kind: "repeat"; readonly item: Pattern; readonly min: number; readonly max: number | null };

export function literal(text: string): Pattern {
  return { kind: "literal", text };
}

/** `characters("az", "AZ", "__")`: inclusive ranges, two characters each. */
export function characters(...ranges: readonly string[]): Pattern {
  return { kind: "class", ranges: ranges.map((range) => [range[0]!, range[1]!] as const) };
}

export function inOrder(...items: readonly Pattern[]): Pattern {
  return { kind: "sequence", items };
}

/** Literals come longest first, whatever order they are given in. */
export function oneOf(...items: readonly (Pattern | string)[]): Pattern {
  const patterns = items.map((item) => (typeof item === "string" ? literal(item) : item));
  const length = (pattern: Pattern) => (pattern.kind === "literal" ? pattern.text.length : 0);
  return { kind: "alternatives", items: patterns.toSorted((a, b) => length(b) - length(a)) };
}

/** The patterns in the given order; one alone stays what it is. */
export function anyOf(patterns: readonly Pattern[]): Pattern {
  return patterns.length === 1 ? patterns[0]! : { kind: "alternatives", items: patterns };
}

export function repeated(item: Pattern, min: number, max: number | null): Pattern {
  return { kind: "repeat", item, min, max };
}

/** A literal's text; null when the pattern is not one fixed text. */
export function fixedText(pattern: Pattern): string | null {
  return pattern.kind === "literal" ? pattern.text : null;
}

/** Whether the pattern matches no text at all. */
export function isEmpty(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "literal":
      return false;
    case "class":
      return pattern.ranges.length === 0;
    case "sequence":
      return pattern.items.some(isEmpty);
    case "alternatives":
      return pattern.items.every(isEmpty);
    case "repeat":
      return pattern.min > 0 && isEmpty(pattern.item);
  }
}

/** Source of an equivalent JavaScript regular expression, without anchors or flags. */
export function regexSource(pattern: Pattern): string {
  switch (pattern.kind) {
    case "literal":
      return [...pattern.text].map(escapeCharacter).join("");
    case "class":
      return `[${pattern.ranges.map(([from, to]) => regexRange(from, to)).join("")}]`;
    case "sequence":
      return pattern.items.map(regexSource).join("");
    case "alternatives":
      return `(?:${pattern.items.map(regexSource).join("|")})`;
    case "repeat":
      return `(?:${regexSource(pattern.item)})${quantifier(pattern.min, pattern.max)}`;
  }
}

/** Nothing for exactly one, `?`, `*`, `+`, `{m}`, `{m,n}`: the same text in regular expressions and in GBNF. */
export function quantifier(min: number, max: number | null): string {
  if (max === null) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  if (min === 1 && max === 1) return "";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

/** One test a pattern, kept: whether a whole text matches. */
export function matches(pattern: Pattern, text: string): boolean {
  let whole = compiled.get(pattern);
  if (whole === undefined) {
    whole = isEmpty(pattern) ? /(?!)/ : new RegExp(`^(?:${regexSource(pattern)})$`);
    compiled.set(pattern, whole);
  }
  // `$` without the m flag is the very end, so a trailing newline does not slip through.
  return whole.test(text);
}

const compiled = new WeakMap<Pattern, RegExp>();

function regexRange(from: string, to: string): string {
  return from === to ? escapeCharacter(from) : `${escapeCharacter(from)}-${escapeCharacter(to)}`;
}

function escapeCharacter(character: string): string {
  if (character === "\n") return "\\n";
  return /[A-Za-z0-9_ ]/.test(character) ? character : `\\${character}`;
}
