import type { Definition } from "../definition/definition.ts";
import { type Pattern, quantifier } from "../definition/pattern.ts";
import { type Bounded, expand } from "./sorted.ts";

/**
 * The decoder's grammar in llama.cpp's GBNF: what is derivable parses, in canonical spacing (one space or none at each
 * gap). No recursion, no repetition bound near 2000. `maxDepth` is the number of bracket levels.
 * Throws when nothing at all is derivable, such as an atom over no names and no numbers.
 */
export function gbnf(definition: Definition, { maxDepth }: { readonly maxDepth: number }): string {
  const productions = expand(definition, maxDepth);
  const root = productions.at(-1);
  if (root === undefined) throw new Error(`${definition.name}: no text can be derived at depth ${maxDepth}`);
  const tokens = new TokenRules();
  const lines = productions.map(({ name, body }) => `${name} ::= ${text(body, tokens, "choice")}`).reverse();
  return `${[`root ::= ${root.name}`, ...lines, ...tokens.lines()].join("\n")}\n`;
}

type Level = "choice" | "sequence" | "item";

function text(body: Bounded, tokens: TokenRules, level: Level): string {
  switch (body.kind) {
    case "literal":
      return quoted(body.text);
    case "pattern":
      return tokens.nameOf(body.name, body.pattern);
    case "rule":
      return body.name;
    case "sequence": {
      const inner = body.items.map((item) => text(item, tokens, "item")).filter((item) => item !== '""');
      if (inner.length === 0) return '""';
      return level === "item" && inner.length > 1 ? `(${inner.join(" ")})` : inner.join(" ");
    }
    case "choice": {
      const inner = body.items.map((item) => text(item, tokens, "sequence")).join(" | ");
      return level === "choice" ? inner : `(${inner})`;
    }
    case "repeat":
      return `${text(body.item, tokens, "item")}${quantifier(body.min, body.max)}`;
  }
}

/** One rule for each different token text. */
class TokenRules {
  readonly #names = new Map<string, string>();

  nameOf(suggested: string, pattern: Pattern): string {
    const body = patternText(pattern, "choice");
    const found = this.#names.get(body);
    if (found !== undefined) return found;
    const name = `token-${suggested.toLowerCase().replace(/[^a-z0-9]/g, "-")}`;
    this.#names.set(body, name);
    return name;
  }

  lines(): readonly string[] {
    return [...this.#names].map(([body, name]) => `${name} ::= ${body}`);
  }
}

function patternText(pattern: Pattern, level: Level): string {
  switch (pattern.kind) {
    case "literal":
      return quoted(pattern.text);
    case "class":
      return `[${pattern.ranges.map(([from, to]) => (from === to ? inClass(from) : `${inClass(from)}-${inClass(to)}`)).join("")}]`;
    case "sequence": {
      const inner = pattern.items.map((item) => patternText(item, "item")).join(" ");
      return level === "item" ? `(${inner})` : inner;
    }
    case "alternatives": {
      const inner = pattern.items.map((item) => patternText(item, "sequence")).join(" | ");
      return level === "choice" ? inner : `(${inner})`;
    }
    case "repeat":
      return `${patternText(pattern.item, "item")}${quantifier(pattern.min, pattern.max)}`;
  }
}

function quoted(literal: string): string {
  return `"${literal.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

function inClass(character: string): string {
  if (character === "\n") return "\\n";
  return /[\\\]^-]/.test(character) ? `\\${character}` : character;
}
