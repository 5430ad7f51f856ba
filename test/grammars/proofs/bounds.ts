import type { IToken, Lexer } from "chevrotain";
import { type Definition, type Part, type Rule, ruleOf } from "../../../grammars/definition/definition.ts";
import { bodyOf, type Ebnf, referencesIn } from "../../../grammars/definition/ebnf.ts";
import { matches, type Pattern } from "../../../grammars/definition/pattern.ts";

/**
 * Whether a text that the parser accepts keeps to what a decoder may write: chains as long, brackets as deep, words and
 * numbers of its own. Reads the text once more by the definition's rules, sharing nothing with what makes decoders.
 */
export function withinBounds(definition: Definition, lexer: Lexer, text: string, depth: number): boolean {
  const { tokens } = lexer.tokenize(text);
  let at = 0;
  let kept = true;
  const next = (): IToken | undefined => tokens[at];

  const firsts = new Map<string, ReadonlySet<string>>();
  const firstOf = (body: Ebnf): ReadonlySet<string> => {
    switch (body.kind) {
      case "token":
        return new Set([body.token]);
      case "rule": {
        const found = firsts.get(body.rule) ?? firstOf(bodyOf(ruleOf(definition, body.rule)));
        firsts.set(body.rule, found);
        return found;
      }
      case "gap":
        return new Set();
      case "choice":
        return new Set(body.items.flatMap((item) => [...firstOf(item)]));
      case "sequence": {
        const all = new Set<string>();
        for (const item of body.items) {
          for (const token of firstOf(item)) all.add(token);
          if (item.kind !== "gap" && item.kind !== "optional" && !(item.kind === "repeat" && item.min === 0))
            break;
        }
        return all;
      }
      case "optional":
      case "repeat":
        return firstOf(body.item);
    }
  };
  const begins = (body: Ebnf): boolean => {
    const token = next();
    return token !== undefined && firstOf(body).has(token.tokenType.name);
  };

  /** Reads one rule, and says how many levels of brackets, and of records in themselves, it needs. */
  const rule = (name: string): number => {
    const { kind } = ruleOf(definition, name);
    const read = (body: Ebnf): number => {
      switch (body.kind) {
        case "gap":
          return 0;
        case "token": {
          const token = tokens[at++]!;
          const decoder = body.decoder ?? narrowed(ruleOf(definition, name), body.field);
          if (decoder !== undefined && !matches(decoder, token.image)) kept = false;
          return 0;
        }
        case "rule": {
          const deeper =
            (kind === "group" || kind === "record") &&
            (body.rule === name || within(definition, body.rule).has(name));
          return (deeper ? 1 : 0) + rule(body.rule);
        }
        case "sequence":
          return Math.max(0, ...body.items.map(read));
        case "choice":
          return read(body.items.find(begins)!);
        case "optional":
          return begins(body.item) ? read(body.item) : 0;
        case "repeat": {
          let levels = 0;
          let times = 0;
          for (; times < body.min || begins(body.item); times += 1)
            levels = Math.max(levels, read(body.item));
          if (times > body.max) kept = false;
          return levels;
        }
      }
    };
    return read(bodyOf(ruleOf(definition, name)));
  };
  return rule(definition.start) <= depth && kept;
}

/** What a decoder may write for a field that takes several tokens. */
function narrowed(rule: Rule, field: string | undefined): Pattern | undefined {
  const find = (parts: readonly Part[]): Pattern | undefined => {
    for (const part of parts) {
      if (part.kind === "text" && part.field === field) return part.decoder;
      const inner = part.kind === "optional" ? find(part.parts) : undefined;
      if (inner !== undefined) return inner;
    }
    return undefined;
  };
  return rule.kind === "record" && field !== undefined ? find(rule.parts) : undefined;
}

function within(definition: Definition, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (of: string) => {
    for (const inner of referencesIn(bodyOf(ruleOf(definition, of)))) found.add(inner.rule);
  };
  add(name);
  for (const inner of found) add(inner);
  return found;
}
