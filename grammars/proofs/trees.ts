import { type Definition, type Tree, type TreeField, tokenOf } from "../definition/definition.ts";
import type { Pattern } from "../definition/pattern.ts";
import { type Field, type NodeSignature, nodesAt } from "../definition/signature.ts";

/** All trees of a definition with just so many nodes, each text field with one text; a made-up cap keeps them countable. */
export function* treesOfSize(definition: Definition, size: number): Generator<Tree> {
  yield* at(definition.start, definition.sort, size);

  function* at(rule: string, sort: string, left: number): Generator<Tree> {
    for (const node of nodesAt(definition, rule, sort)) {
      for (const fields of filled(node, node.fields, left - 1)) yield { kind: node.node, ...fields };
    }
  }

  function* filled(
    node: NodeSignature,
    fields: readonly Field[],
    left: number,
  ): Generator<Readonly<Record<string, TreeField>>> {
    if (left < 0) return;
    const [field, ...rest] = fields;
    if (field === undefined) {
      if (left === 0) yield {};
      return;
    }
    const absent = field.kind !== "operator" && field.optional;
    // Fields of one optional part come and go together; each alone is tried, too, where the part has but one.
    if (absent) for (const others of filled(node, rest, left)) yield { [field.name]: null, ...others };
    switch (field.kind) {
      case "operator":
        for (const value of field.values) {
          for (const others of filled(node, rest, left)) yield { [field.name]: value, ...others };
        }
        return;
      case "text":
        for (const others of filled(node, rest, left))
          yield { [field.name]: sample(definition, field), ...others };
        return;
      case "tree":
        for (let used = 1; used <= left; used += 1) {
          for (const tree of at(field.rule, field.sort, used)) {
            for (const others of filled(node, rest, left - used)) yield { [field.name]: tree, ...others };
          }
        }
        return;
      case "list":
        for (let used = field.least; used <= left; used += 1) {
          for (const items of lists(field.rule, field.sort, used, field.least)) {
            for (const others of filled(node, rest, left - used)) yield { [field.name]: items, ...others };
          }
        }
    }
  }

  function* lists(rule: string, sort: string, left: number, least: number): Generator<readonly Tree[]> {
    if (left === 0) {
      if (least <= 0) yield [];
      return;
    }
    for (let used = 1; used <= left; used += 1) {
      for (const tree of at(rule, sort, used)) {
        for (const others of lists(rule, sort, left - used, least - 1)) yield [tree, ...others];
      }
    }
  }
}

/** A random tree within so many levels; `pick(n)` gives a number below n. Null when none fits. */
export function randomTree(
  definition: Definition,
  levels: number,
  pick: (below: number) => number,
): Tree | null {
  const at = (rule: string, sort: string, left: number): Tree | null => {
    if (left < 1) return null;
    const nodes = nodesAt(definition, rule, sort);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const node = nodes[pick(nodes.length)]!;
      const fields: Record<string, TreeField> = {};
      let whole = true;
      for (const field of node.fields) {
        const value = fieldAt(field, left - 1);
        if (value === undefined) whole = false;
        else fields[field.name] = value;
      }
      if (whole) return { kind: node.node, ...fields };
    }
    return null;
  };
  const fieldAt = (field: Field, left: number): TreeField | undefined => {
    if (field.kind !== "operator" && field.optional && pick(2) === 0) return null;
    switch (field.kind) {
      case "operator":
        return field.values[pick(field.values.length)]!;
      case "text":
        return sample(definition, field);
      case "tree":
        return at(field.rule, field.sort, left) ?? (field.optional ? null : undefined);
      case "list": {
        const items = Array.from({ length: field.least + pick(3) }, () => at(field.rule, field.sort, left));
        if (items.includes(null)) return field.optional ? null : undefined;
        return items.length < Math.max(1, field.least)
          ? field.optional
            ? null
            : undefined
          : (items as Tree[]);
      }
    }
  };
  return at(definition.start, definition.sort, levels);
}

/** A text for a field, a shortest one. */
export function sample(definition: Definition, field: Extract<Field, { kind: "text" }>): string {
  const decoder = shortest(field.decoder);
  return decoder ?? shortest(tokenOf(definition, field.tokens[0]!).pattern)!;
}

function shortest(pattern: Pattern): string | null {
  switch (pattern.kind) {
    case "literal":
      return pattern.text;
    case "class":
      return pattern.ranges[0]?.[0] ?? null;
    case "sequence": {
      const parts = pattern.items.map(shortest);
      return parts.includes(null) ? null : parts.join("");
    }
    case "alternatives": {
      const texts = pattern.items.map(shortest).filter((text) => text !== null);
      return texts.toSorted((a, b) => a.length - b.length)[0] ?? null;
    }
    case "repeat":
      return pattern.min === 0 ? "" : (shortest(pattern.item)?.repeat(pattern.min) ?? null);
  }
}
