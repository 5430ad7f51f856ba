import {
  type Definition,
  type Part,
  type Rule,
  ruleOf,
  type Tree,
  type TreeField,
} from "../definition/definition.ts";
import { fixed, nodesMadeBy, unbracketed } from "../definition/signature.ts";

/**
 * Prints a tree as canonical text: brackets only where the rules need them, one space at each gap. What it prints parses
 * back to the same tree. Throws on something that is no tree of the definition, which is a bug in the caller.
 */
export function printer(definition: Definition): (tree: Tree) => string {
  const places = new Map<string, Place>();
  const placeOf = (name: string): Place => {
    let found = places.get(name);
    if (found === undefined) {
      found = analyse(definition, name);
      places.set(name, found);
    }
    return found;
  };

  const print = (tree: Tree, at: string): string => {
    const { makers, group } = placeOf(at);
    const maker = makers.get(tree.kind);
    if (maker !== undefined) return printNode(maker, tree);
    if (group === null) throw new Error(`${definition.name}: no ${tree.kind} may stand at ${at}`);
    return `${fixed(definition, group.open)}${print(tree, group.rule)}${fixed(definition, group.close)}`;
  };

  const printNode = (rule: Rule, tree: Tree): string => {
    switch (rule.kind) {
      case "choice":
      case "group":
        throw new Error(`${definition.name}: ${rule.name} makes no node`);
      case "prefix": {
        const { token, word } = rule.operators.find((operator) => operator.node === tree.kind)!;
        const space = word === true ? " " : "";
        return `${fixed(definition, token)}${space}${print(tree.argument as Tree, rule.operand)}`;
      }
      case "infix": {
        const { token } = rule.operators.find((operator) => operator.node === tree.kind)!;
        const operator = ` ${fixed(definition, token)} `;
        if (rule.associativity === "list") {
          return (tree.arguments as readonly Tree[]).map((item) => print(item, rule.operand)).join(operator);
        }
        const [left, right] =
          rule.associativity === "left" ? [rule.name, rule.operand] : [rule.operand, rule.name];
        return `${print(tree.left as Tree, left)}${operator}${print(tree.right as Tree, right)}`;
      }
      case "relation": {
        const chained = tree.kind === rule.chain;
        const relations = chained ? (tree.relations as readonly string[]) : [tree.relation as string];
        const terms = (chained ? tree.terms : [tree.left, tree.right]) as readonly Tree[];
        return terms
          .map(
            (term, index) => `${index === 0 ? "" : ` ${relations[index - 1]} `}${print(term, rule.operand)}`,
          )
          .join("");
      }
      case "record":
        return rule.parts.map((part) => printPart(part, tree)).join("");
    }
  };

  const printPart = (part: Part, tree: Tree): string => {
    switch (part.kind) {
      case "token":
        return fixed(definition, part.token);
      case "gap":
        return " ";
      case "text":
        return tree[part.field] as string;
      case "field":
        return print(tree[part.field] as Tree, part.rule);
      case "list": {
        const space = part.tight === true ? "" : " ";
        const between = part.separator === null ? space : `${fixed(definition, part.separator)} `;
        return (tree[part.field] as readonly Tree[]).map((item) => print(item, part.rule)).join(between);
      }
      case "optional":
        return part.parts.some((inner) => present(inner, tree))
          ? part.parts.map((inner) => printPart(inner, tree)).join("")
          : "";
    }
  };

  return (tree) => print(tree, definition.start);
}

interface Place {
  /** By node kind, the rule that makes it here without brackets. */
  readonly makers: ReadonlyMap<string, Rule>;
  readonly group: Extract<Rule, { kind: "group" }> | null;
}

function analyse(definition: Definition, name: string): Place {
  const makers = new Map<string, Rule>();
  let group: Place["group"] = null;
  for (const { name: at } of unbracketed(definition, name)) {
    const rule = ruleOf(definition, at);
    const nodes = nodesMadeBy(definition, rule).map((made) => made.node);
    for (const node of rule.kind === "relation" ? [...nodes, rule.chain] : nodes) {
      if (!makers.has(node)) makers.set(node, rule);
    }
    if (rule.kind === "group") group ??= rule;
  }
  return { makers, group };
}

function present(part: Part, tree: Tree): boolean {
  if (part.kind === "optional") return part.parts.some((inner) => present(inner, tree));
  if (part.kind === "token" || part.kind === "gap") return false;
  const value: TreeField | undefined = tree[part.field];
  return value !== null && value !== undefined;
}
