import type { Definition } from "../definition/definition.ts";
import { quantifier, regexSource } from "../definition/pattern.ts";
import { type Bounded, expand } from "./sorted.ts";

/**
 * The same texts as `gbnf`, for servers that take Lark: OpenAI's custom tools and llguidance. Throws when nothing at all
 * is derivable.
 */
export function lark(definition: Definition, { maxDepth }: { readonly maxDepth: number }): string {
  const productions = expand(definition, maxDepth);
  const root = productions.at(-1);
  if (root === undefined) throw new Error(`${definition.name}: no text can be derived at depth ${maxDepth}`);
  const terminals = new Map<string, string>();
  const lines = productions
    .map(({ name, body }) => `${ruleName(name)}: ${text(body, terminals, "choice")}`)
    .reverse();
  const tokens = [...terminals].map(([regex, name]) => `${name}: /${regex}/`);
  return `${[`start: ${ruleName(root.name)}`, ...lines, ...tokens].join("\n")}\n`;
}

type Level = "choice" | "sequence" | "item";

function text(body: Bounded, terminals: Map<string, string>, level: Level): string {
  switch (body.kind) {
    case "literal":
      return quoted(body.text);
    case "pattern": {
      const regex = regexSource(body.pattern).replaceAll("(?:", "(");
      const known = terminals.get(regex);
      if (known !== undefined) return known;
      const name = body.name.toUpperCase().replace(/[^A-Z0-9]/g, "_");
      terminals.set(regex, name);
      return name;
    }
    case "rule":
      return ruleName(body.name);
    case "sequence": {
      const inner = body.items.map((item) => text(item, terminals, "item")).filter((item) => item !== "");
      return level === "item" && inner.length > 1 ? `(${inner.join(" ")})` : inner.join(" ");
    }
    case "choice": {
      const inner = body.items.map((item) => text(item, terminals, "sequence")).join(" | ");
      return level === "choice" ? inner : `(${inner})`;
    }
    case "repeat": {
      const item = text(body.item, terminals, "item");
      const short = quantifier(body.min, body.max);
      return short.startsWith("{") ? `${item}~${body.min}..${body.max}` : `${item}${short}`;
    }
  }
}

function ruleName(name: string): string {
  return name.replaceAll("-", "_");
}

function quoted(literal: string): string {
  return `"${literal.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
