import { type Definition, type Part, type Rule, type Tree, tokensOf } from "./definition.ts";
import { fixed, nodesMadeBy, unbracketed } from "./signature.ts";

/** A piece of a tree's canonical text, one level deep; `nth` counts the items of a chain or list from 1. */
export type Item =
  | { readonly kind: "token"; readonly token: string; readonly text: string }
  /** The text of a field, which is some one of these tokens. */
  | { readonly kind: "text"; readonly text: string; readonly tokens: readonly string[] }
  | { readonly kind: "gap" }
  | { readonly kind: "slot"; readonly tree: Tree; readonly rule: string; readonly nth?: number };

/** One level of a tree where some rule is expected: the rule whose text it is, and that text's pieces. */
export interface Form {
  readonly rule: string;
  readonly sort: string;
  readonly items: readonly Item[];
}

const gap: Item = { kind: "gap" };

/**
 * How one level of a tree is written where a rule is expected: the rule that makes its node, or brackets around it. Operators
 * of one precedence are one chain, as the parser reads them. Says once more what the printer (emit/printer.ts) does, so that it
 * can be held against the live parser's rules piece by piece (proofs/brackets.ts).
 */
export function formOf(definition: Definition, tree: Tree, at: string): Form {
  const rules = unbracketed(definition, at);
  const maker = rules.find((rule) => sortMade(definition, rule, tree) !== null);
  if (maker !== undefined)
    return {
      rule: maker.name,
      sort: sortMade(definition, maker, tree)!,
      items: written(definition, maker, tree),
    };
  const group = rules.find((rule) => rule.kind === "group");
  if (group === undefined) throw new Error(`${definition.name}: no ${tree.kind} may stand at ${at}`);
  const inner = formOf(definition, tree, group.rule);
  return {
    rule: group.name,
    sort: inner.sort,
    items: [
      token(definition, group.open),
      { kind: "slot", tree, rule: group.rule },
      token(definition, group.close),
    ],
  };
}

/** The sort of the tree when the rule makes its node; null when it does not. */
function sortMade(definition: Definition, rule: Rule, tree: Tree): string | null {
  if (rule.kind === "relation" && tree.kind === rule.chain) return rule.gives;
  return nodesMadeBy(definition, rule).find(({ node }) => node === tree.kind)?.gives ?? null;
}

function token(definition: Definition, name: string): Item {
  return { kind: "token", token: name, text: fixed(definition, name) };
}

function written(definition: Definition, rule: Rule, tree: Tree): readonly Item[] {
  const slot = (inner: unknown, at: string): Item => ({ kind: "slot", tree: inner as Tree, rule: at });
  switch (rule.kind) {
    case "choice":
    case "group":
      return [];
    case "prefix": {
      const { token: name, word } = rule.operators.find(({ node }) => node === tree.kind)!;
      const space = word === true ? [gap] : [];
      return [token(definition, name), ...space, slot(tree.argument, rule.operand)];
    }
    case "infix": {
      const [operands, operators] = chainOf(rule, tree);
      const names = operators.map((kind) => rule.operators.find(({ node }) => node === kind)!.token);
      return chained(
        operands,
        names.map((name) => token(definition, name)),
        rule.operand,
      );
    }
    case "relation": {
      const one = tree.kind === rule.node;
      const relations = (one ? [tree.relation] : tree.relations) as readonly string[];
      const names = relations.map(
        (text) =>
          rule.families.flatMap(({ tokens }) => tokens).find((name) => fixed(definition, name) === text)!,
      );
      const terms = (one ? [tree.left, tree.right] : tree.terms) as readonly Tree[];
      return chained(
        terms,
        names.map((name) => token(definition, name)),
        rule.operand,
      );
    }
    case "record":
      return rule.parts.flatMap((part) => partOf(definition, part, tree));
  }
}

/** The operands and operators of a chain, from left to right. */
function chainOf(
  rule: Extract<Rule, { kind: "infix" }>,
  tree: Tree,
): readonly [operands: readonly Tree[], operators: readonly string[]] {
  if (!rule.operators.some(({ node }) => node === tree.kind)) return [[tree], []];
  if (rule.associativity === "list") {
    const operands = tree.arguments as readonly Tree[];
    return [operands, operands.slice(1).map(() => tree.kind)];
  }
  const [left, right] = [tree.left as Tree, tree.right as Tree];
  const [before, first] = rule.associativity === "left" ? chainOf(rule, left) : [[left], []];
  const [behind, last] = rule.associativity === "right" ? chainOf(rule, right) : [[right], []];
  return [
    [...before, ...behind],
    [...first, tree.kind, ...last],
  ];
}

function chained(operands: readonly Tree[], operators: readonly Item[], rule: string): readonly Item[] {
  return operands.flatMap((tree, index): readonly Item[] => [
    ...(index === 0 ? [] : [gap, operators[index - 1]!, gap]),
    { kind: "slot", tree, rule, nth: index + 1 },
  ]);
}

function partOf(definition: Definition, part: Part, tree: Tree): readonly Item[] {
  switch (part.kind) {
    case "token":
      return [token(definition, part.token)];
    case "gap":
      return [gap];
    case "text":
      return [{ kind: "text", text: tree[part.field] as string, tokens: tokensOf(part) }];
    case "field":
      return [{ kind: "slot", tree: tree[part.field] as Tree, rule: part.rule }];
    case "list": {
      const space = part.tight === true ? [] : [gap];
      const between = part.separator === null ? space : [token(definition, part.separator), gap];
      return (tree[part.field] as readonly Tree[]).flatMap((item, index): readonly Item[] => [
        ...(index === 0 ? [] : between),
        { kind: "slot", tree: item, rule: part.rule, nth: index + 1 },
      ]);
    }
    case "optional": {
      const given = (one: Part): boolean =>
        one.kind === "optional"
          ? one.parts.some(given)
          : "field" in one && (tree[one.field] ?? null) !== null;
      return part.parts.some(given) ? part.parts.flatMap((inner) => partOf(definition, inner, tree)) : [];
    }
  }
}
