import type { Caps, PrefixRule, RelationRule, Rule, Tree, TreeField } from "../definition/definition.ts";

/** A tree under construction, with what is checked on the way up. `offset` is where its text begins. */
export interface Built {
  readonly tree: Tree;
  readonly sort: string;
  readonly height: number;
  readonly offset: number;
}

/** What the parser met while reading one rule, in order. */
export type Entry =
  | {
      readonly kind: "token";
      readonly token: string;
      readonly text: string;
      readonly offset: number;
      readonly field?: string;
    }
  | { readonly kind: "tree"; readonly built: Built; readonly field?: string; readonly list?: boolean };

/** The text was in the parser's grammar, but its tree is ill-sorted or too deep. Thrown and caught inside emit/ only. */
export class Rejection extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** The tree that a rule makes of what it read. */
export function build(rule: Rule, entries: readonly Entry[], caps: Caps): Built {
  const operands = entries.flatMap((entry) => (entry.kind === "tree" ? [entry.built] : []));
  const operators = entries.flatMap((entry) => (entry.kind === "token" ? [entry] : []));
  const make: Make = (node, gives, of, children, fields) => {
    for (const child of children) requireSort(child, of);
    const height = 1 + Math.max(0, ...children.map((child) => child.height));
    const offset = children[0]?.offset ?? 0;
    if (height > caps.maxDepth) {
      throw new Rejection(`nested more than ${caps.maxDepth} deep; write something smaller`, offset);
    }
    return { tree: { kind: node, ...fields }, sort: gives, height, offset };
  };
  switch (rule.kind) {
    case "choice":
    case "group":
      return operands[0]!;
    case "prefix":
      return buildPrefix(rule, entries, make);
    case "infix": {
      if (operands.length === 1) return operands[0]!;
      if (rule.associativity === "list") {
        const { node } = rule.operators[0]!;
        return make(node, rule.gives, rule.of, operands, {
          arguments: operands.map((operand) => operand.tree),
        });
      }
      const nodes = operators.map(
        ({ token }) => rule.operators.find((operator) => operator.token === token)!.node,
      );
      const join = (node: string, left: Built, right: Built) =>
        make(node, rule.gives, rule.of, [left, right], { left: left.tree, right: right.tree });
      return rule.associativity === "left"
        ? operands.slice(1).reduce((left, right, index) => join(nodes[index]!, left, right), operands[0]!)
        : operands
            .slice(0, -1)
            .reduceRight((right, left, index) => join(nodes[index]!, left, right), operands.at(-1)!);
    }
    case "relation":
      return buildRelation(
        rule,
        operands,
        operators.map(({ text }) => text),
        make,
      );
    case "record": {
      const first = entries[0];
      const offset = first?.kind === "token" ? first.offset : (first?.built.offset ?? 0);
      return { ...make(rule.node, rule.gives, null, operands, recordFields(rule.parts, entries)), offset };
    }
  }
}

type Make = (
  node: string,
  gives: string,
  /** Null when the children were checked already. */
  of: string | null,
  children: readonly Built[],
  fields: Readonly<Record<string, TreeField>>,
) => Built;

function buildPrefix(rule: PrefixRule, entries: readonly Entry[], make: Make): Built {
  return entries.slice(0, -1).reduceRight<Built>(
    (argument, entry) => {
      if (entry.kind !== "token") return argument;
      const { node, gives, of } = rule.operators.find((operator) => operator.token === entry.token)!;
      return { ...make(node, gives, of, [argument], { argument: argument.tree }), offset: entry.offset };
    },
    (entries.at(-1) as Extract<Entry, { kind: "tree" }>).built,
  );
}

function buildRelation(
  rule: RelationRule,
  operands: readonly Built[],
  relations: readonly string[],
  make: Make,
): Built {
  const [left, right] = operands;
  if (right === undefined) return left!;
  if (relations.length === 1) {
    const fields = { relation: relations[0]!, left: left!.tree, right: right.tree };
    return make(rule.node, rule.gives, rule.of, operands, fields);
  }
  const fields = { relations, terms: operands.map((operand) => operand.tree) };
  return make(rule.chain, rule.gives, rule.of, operands, fields);
}

function recordFields(
  parts: Extract<Rule, { kind: "record" }>["parts"],
  entries: readonly Entry[],
): Readonly<Record<string, TreeField>> {
  const fields: Record<string, TreeField> = {};
  for (const part of parts) {
    if (part.kind === "optional") Object.assign(fields, recordFields(part.parts, entries));
    else if ("field" in part) {
      const found = entries.filter((entry) => entry.field === part.field);
      const values = found.map((entry) => {
        if (entry.kind === "token") return entry.text;
        if (part.kind !== "text") requireSort(entry.built, part.sort);
        return entry.built.tree;
      });
      fields[part.field] =
        part.kind === "list" && values.length > 0 ? (values as Tree[]) : (values[0] ?? null);
    }
  }
  return fields;
}

function requireSort(built: Built, sort: string | null): void {
  if (sort !== null && built.sort !== sort) {
    throw new Rejection(`this is a ${built.sort} where a ${sort} is needed`, built.offset);
  }
}
