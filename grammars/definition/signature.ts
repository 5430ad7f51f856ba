import { type Definition, type Part, type Rule, ruleOf, tokenOf, tokensOf } from "./definition.ts";
import { anyOf, fixedText, type Pattern } from "./pattern.ts";

/** A field of a node: what JSON may hold there. `rule` is where its text would stand. */
export type Field =
  | {
      readonly kind: "tree";
      readonly name: string;
      readonly rule: string;
      readonly sort: string;
      readonly optional: boolean;
    }
  /** `most` bounds decoders only. */
  | {
      readonly kind: "list";
      readonly name: string;
      readonly rule: string;
      readonly sort: string;
      readonly least: number;
      readonly most: number;
      readonly optional: boolean;
    }
  /** `decoder` is what a decoder may write; what is read is one of the tokens (`pattern`, less what comes before it). */
  | {
      readonly kind: "text";
      readonly name: string;
      readonly tokens: readonly string[];
      readonly pattern: Pattern;
      readonly decoder: Pattern;
      readonly optional: boolean;
    }
  | { readonly kind: "operator"; readonly name: string; readonly values: readonly string[] };

/** A kind of node, as one rule makes it. */
export interface NodeSignature {
  readonly node: string;
  readonly rule: string;
  readonly gives: string;
  readonly fields: readonly Field[];
}

/**
 * The nodes that a rule makes itself, not those it passes on. Chains of relations are left out: two relations joined by
 * a conjunction say the same in JSON, with fewer levels.
 */
export function nodesMadeBy(definition: Definition, rule: Rule): readonly NodeSignature[] {
  const made = (node: string, gives: string, fields: readonly Field[]): NodeSignature => ({
    node,
    rule: rule.name,
    gives,
    fields,
  });
  const operand = (name: string, at: string, sort: string): Field => ({
    kind: "tree",
    name,
    rule: at,
    sort,
    optional: false,
  });
  switch (rule.kind) {
    case "choice":
    case "group":
      return [];
    case "prefix":
      return rule.operators.map(({ node, of, gives }) =>
        made(node, gives, [operand("argument", rule.operand, of)]),
      );
    case "infix":
      return rule.operators.map(({ node }) =>
        rule.associativity === "list"
          ? made(node, rule.gives, [
              {
                kind: "list",
                name: "arguments",
                rule: rule.operand,
                sort: rule.of,
                least: 2,
                most: rule.decoderMax + 1,
                optional: false,
              },
            ])
          : made(node, rule.gives, [
              operand("left", rule.operand, rule.of),
              operand("right", rule.operand, rule.of),
            ]),
      );
    case "relation": {
      const values = rule.families.flatMap(({ tokens }) => tokens.map((name) => fixed(definition, name)));
      return [
        made(rule.node, rule.gives, [
          operand("left", rule.operand, rule.of),
          { kind: "operator", name: "relation", values },
          operand("right", rule.operand, rule.of),
        ]),
      ];
    }
    case "record":
      return [made(rule.node, rule.gives, fieldsOf(definition, rule.parts, false))];
  }
}

/** Rules whose text may stand at a rule without brackets, itself first. */
export function unbracketed(definition: Definition, name: string): readonly Rule[] {
  const found = new Map<string, Rule>();
  const visit = (at: string): void => {
    if (found.has(at)) return;
    const rule = ruleOf(definition, at);
    found.set(at, rule);
    if (rule.kind === "choice") for (const alternative of rule.of) visit(alternative);
    else if (rule.kind === "prefix" || rule.kind === "infix") visit(rule.operand);
    else if (rule.kind === "relation" && !rule.required) visit(rule.operand);
  };
  visit(name);
  return [...found.values()];
}

/** Every node of a sort that may stand at a rule, in brackets if need be; one signature a node. */
export function nodesAt(definition: Definition, name: string, sort: string): readonly NodeSignature[] {
  const found = new Map<string, NodeSignature>();
  const seen = new Set<string>();
  const visit = (at: string): void => {
    if (seen.has(at)) return;
    seen.add(at);
    for (const rule of unbracketed(definition, at)) {
      for (const node of nodesMadeBy(definition, rule)) {
        if (node.gives === sort && !found.has(node.node)) found.set(node.node, node);
      }
      if (rule.kind === "group") visit(rule.rule);
    }
  };
  visit(name);
  return [...found.values()];
}

/** The text of a token that is always the same: an operator, a bracket, a keyword. */
export function fixed(definition: Definition, token: string): string {
  const { pattern, canonical } = tokenOf(definition, token);
  const text = canonical ?? fixedText(pattern);
  if (text === null)
    throw new Error(`${definition.name}: token ${token} has no fixed text, so it cannot be printed`);
  return text;
}

function fieldsOf(definition: Definition, parts: readonly Part[], optional: boolean): readonly Field[] {
  return parts.flatMap((part) => fieldsOfPart(definition, part, optional));
}

function fieldsOfPart(definition: Definition, part: Part, optional: boolean): readonly Field[] {
  switch (part.kind) {
    case "token":
    case "gap":
      return [];
    case "text": {
      const tokens = tokensOf(part);
      const pattern = anyOf(tokens.map((name) => tokenOf(definition, name).pattern));
      return [
        { kind: "text", name: part.field, tokens, pattern, decoder: part.decoder ?? pattern, optional },
      ];
    }
    case "field":
      return [{ kind: "tree", name: part.field, rule: part.rule, sort: part.sort, optional }];
    case "list": {
      const { field, rule, sort } = part;
      return [{ kind: "list", name: field, rule, sort, least: 1, most: part.decoderMax + 1, optional }];
    }
    case "optional":
      return fieldsOf(definition, part.parts, true);
  }
}
