import { type Definition, ruleOf, tokenOf } from "../definition/definition.ts";
import { bodyOf, type Ebnf, referencesIn } from "../definition/ebnf.ts";
import { fixedText, isEmpty, type Pattern } from "../definition/pattern.ts";

/** A decoder's grammar: no recursion, every choice productive, spaces written out. */
export interface Production {
  /** Lower case letters, digits and `-`. */
  readonly name: string;
  readonly body: Bounded;
}

export type Bounded =
  | { readonly kind: "literal"; readonly text: string }
  /** A token's text; `name` suggests one for its rule. */
  | { readonly kind: "pattern"; readonly name: string; readonly pattern: Pattern }
  | { readonly kind: "rule"; readonly name: string }
  | { readonly kind: "sequence"; readonly items: readonly Bounded[] }
  | { readonly kind: "choice"; readonly items: readonly Bounded[] }
  | { readonly kind: "repeat"; readonly item: Bounded; readonly min: number; readonly max: number };

/**
 * The product of rules, sorts and depths: a production for each rule that has texts of that sort within that many levels
 * of brackets. So the language is regular and every text in it is well-sorted. The last production is the start; empty
 * when a definition has no text at all at that depth.
 */
export function expand(definition: Definition, maxDepth: number): readonly Production[] {
  const productions: Production[] = [];
  const known = new Map<string, string | null>();

  const nameOf = (rule: string, sort: string, depth: number): string | null => {
    if (depth < 0) return null;
    const level = reachable(definition, rule).has(rule) ? `-${depth}` : "";
    const name = `${rule}-${sort}${level}`.toLowerCase().replace(/[^a-z0-9]/g, "-");
    const found = known.get(name);
    if (found !== undefined) return found;
    const body = bound(bodyOf(ruleOf(definition, rule), sort), rule, depth);
    // A production that only names another one would be a step for nothing.
    const used = body?.kind === "rule" ? body.name : body === null ? null : name;
    if (body !== null && body.kind !== "rule") productions.push({ name, body });
    known.set(name, used);
    return used;
  };

  const bound = (body: Ebnf, rule: string, depth: number): Bounded | null => {
    switch (body.kind) {
      case "token": {
        const token = tokenOf(definition, body.token);
        const pattern = body.decoder ?? token.pattern;
        const text = token.canonical ?? fixedText(pattern);
        if (isEmpty(pattern)) return null;
        return text === null
          ? { kind: "pattern", name: `${rule}-${body.field ?? body.token}`, pattern }
          : literal(text);
      }
      case "gap":
        return body.required ? literal(" ") : { kind: "repeat", item: literal(" "), min: 0, max: 1 };
      case "rule": {
        const spent = recurs(definition, rule, body.rule) ? 1 : 0;
        const name = nameOf(body.rule, body.sort!, depth - spent);
        return name === null ? null : { kind: "rule", name };
      }
      case "sequence": {
        const items = body.items.map((item) => bound(item, rule, depth));
        return items.includes(null) ? null : { kind: "sequence", items: items as Bounded[] };
      }
      case "choice": {
        const items = body.items.map((item) => bound(item, rule, depth)).filter((item) => item !== null);
        return items.length === 0 ? null : items.length === 1 ? items[0]! : { kind: "choice", items };
      }
      case "optional": {
        const item = bound(body.item, rule, depth);
        return item === null ? NOTHING : { kind: "repeat", item, min: 0, max: 1 };
      }
      case "repeat": {
        const item = body.max === 0 ? null : bound(body.item, rule, depth);
        if (item === null) return body.min === 0 ? NOTHING : null;
        return { kind: "repeat", item, min: body.min, max: body.max };
      }
    }
  };

  const root = nameOf(definition.start, definition.sort, maxDepth);
  return root === null
    ? []
    : [
        ...productions.filter(({ name }) => name !== root),
        ...productions.filter(({ name }) => name === root),
      ];
}

const NOTHING: Bounded = { kind: "sequence", items: [] };

function literal(text: string): Bounded {
  return { kind: "literal", text };
}

/** Whether a reference spends a level: brackets, and fields of records, that lead back to where they stand. */
function recurs(definition: Definition, from: string, to: string): boolean {
  const { kind } = ruleOf(definition, from);
  return (kind === "group" || kind === "record") && (to === from || reachable(definition, to).has(from));
}

/** Rules that may stand within a rule, itself only when it may too. */
function reachable(definition: Definition, rule: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const add = (name: string): void => {
    for (const next of referencesIn(bodyOf(ruleOf(definition, name)))) reached.add(next.rule);
  };
  add(rule);
  for (const name of reached) add(name);
  return reached;
}
