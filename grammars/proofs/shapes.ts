import type { Definition, Tree, TreeField } from "../definition/definition.ts";
import { type Field, fixed, type NodeSignature, nodesAt, unbracketed } from "../definition/signature.ts";
import { sample, treesOfSize } from "./trees.ts";

/** A node with its lists of one length, its options there or not, and one choice of its operators; trees go into its slots. */
export interface Shape {
  readonly node: string;
  readonly slots: readonly Slot[];
  readonly make: (children: readonly Tree[]) => Tree;
  /** Has all that such nodes may have, so that each of their slots is there. */
  readonly full: boolean;
}

export interface Slot {
  readonly rule: string;
  readonly sort: string;
}

/** The shapes of all nodes that may stand where a rule and a sort are expected. */
export function shapesAt(definition: Definition, rule: string, sort: string): readonly Shape[] {
  return [
    ...nodesAt(definition, rule, sort).flatMap((node) => shapesOf(definition, node)),
    ...chainsAt(definition, rule, sort),
  ];
}

/** What a field holds: nothing, a text, or so many trees. */
type Choice =
  | { readonly kind: "absent" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "trees"; readonly count: number };

/** From the least to the most. */
function choicesOf(definition: Definition, field: Field): readonly Choice[] {
  if (field.kind === "operator") return field.values.map((text) => ({ kind: "text", text }));
  const absent: readonly Choice[] = field.optional ? [{ kind: "absent" }] : [];
  if (field.kind === "text") return [...absent, { kind: "text", text: sample(definition, field) }];
  const counts = field.kind === "tree" ? [1] : [1, 2, 3].filter((count) => count >= field.least);
  return [...absent, ...counts.map((count): Choice => ({ kind: "trees", count }))];
}

/** Every choice for each field with every one for the others; the last has the most. */
function shapesOf(definition: Definition, node: NodeSignature): readonly Shape[] {
  const all = node.fields.reduce<readonly (readonly Choice[])[]>(
    (before, field) =>
      before.flatMap((chosen) => choicesOf(definition, field).map((choice) => [...chosen, choice])),
    [[]],
  );
  return all.map((choices, index) => shapeOf(node, choices, index === all.length - 1));
}

function shapeOf(node: NodeSignature, choices: readonly Choice[], full: boolean): Shape {
  const slots: Slot[] = [];
  const fields = node.fields.map(
    (field, index): readonly [string, (children: readonly Tree[]) => TreeField] => {
      const choice = choices[index]!;
      if (choice.kind === "absent") return [field.name, () => null];
      if (choice.kind === "text") return [field.name, () => choice.text];
      if (field.kind !== "tree" && field.kind !== "list") throw new Error(`${field.name} holds no trees`);
      const first = slots.length;
      for (let nth = 0; nth < choice.count; nth += 1) slots.push({ rule: field.rule, sort: field.sort });
      if (field.kind === "tree") return [field.name, (children) => children[first]!];
      return [field.name, (children) => children.slice(first, first + choice.count)];
    },
  );
  const make = (children: readonly Tree[]): Tree => ({
    kind: node.node,
    ...Object.fromEntries(fields.map(([name, of]) => [name, of(children)])),
  });
  return { node: node.node, slots, make, full };
}

/** Chains of two and of three relations, of every two that may stand in one. */
function chainsAt(definition: Definition, at: string, sort: string): readonly Shape[] {
  const found: Shape[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const rule of unbracketed(definition, name)) {
      if (rule.kind === "group") visit(rule.rule);
      if (rule.kind !== "relation" || rule.gives !== sort) continue;
      for (const family of rule.families.filter(({ chains }) => chains)) {
        const texts = family.tokens.map((one) => fixed(definition, one));
        const pairs = texts.flatMap((one) => texts.map((other) => [one, other]));
        for (const relations of [...pairs, [texts[0]!, texts.at(-1)!, texts[0]!]]) {
          const slots = [rule.operand, ...relations.map(() => rule.operand)].map((operand) => ({
            rule: operand,
            sort: rule.of,
          }));
          const make = (terms: readonly Tree[]): Tree => ({ kind: rule.chain, relations, terms });
          found.push({ node: rule.chain, slots, make, full: relations.length === 3 });
        }
      }
    }
  };
  visit(at);
  return found;
}

/** A few of the smallest trees for a slot, different ones. */
export function fillers(definition: Definition, { rule, sort }: Slot): readonly Tree[] {
  const found: Tree[] = [];
  for (let size = 1; size < 9 && found.length < 3; size += 1) {
    for (const tree of treesOfSize({ ...definition, start: rule, sort }, size)) {
      found.push(tree);
      if (found.length === 3) break;
    }
  }
  return found;
}
