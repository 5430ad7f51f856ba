import type { Machine, Place } from "../automata/machine.ts";
import type { Tree } from "../definition/definition.ts";
import { type Form, formOf, type Item } from "../definition/forms.ts";
import type { Failure, Parts } from "./prove.ts";
import { fillers, type Shape, type Slot, shapesAt } from "./shapes.ts";

/**
 * Whether brackets are printed just where the parser would group otherwise: for every node, each of its slots, and every
 * node in that slot. Two things are checked of each. One level at a time, what is written is a derivation of the live parser's
 * rules from the rule that is expected there; a third item of a chain or list leads where the second did, so that more of them
 * change nothing. And the live parser, on the whole text, makes the tree that was printed. docs/grammars.md says how all trees
 * follow from that by induction.
 */
export function brackets(
  parts: Parts,
  machine: Machine,
): { readonly failures: readonly Failure[]; readonly sizes: Readonly<Record<string, number>> } {
  const { definition, parser, print } = parts;
  const levels = new Map<string, string | null>();
  let triples = 0;
  let trees = 0;

  const sizes = () => ({ triples, trees, levels: levels.size });

  /** What is wrong with one level or one below it; null when nothing is. */
  const wrongIn = (tree: Tree, at: string): string | null => {
    const form = formOf(definition, tree, at);
    const items = form.items.map((item) => keyOf(item));
    const key = [at, form.rule, form.sort, ...items].join(" ");
    let wrong = levels.get(key);
    if (wrong === undefined) {
      wrong = derives(at, form) ? null : `${at} does not derive ${items.join(" ")}`;
      levels.set(key, wrong);
    }
    if (wrong !== null) return wrong;
    for (const item of form.items) {
      const inner = item.kind === "slot" ? wrongIn(item.tree, item.rule) : null;
      if (inner !== null) return inner;
    }
    return null;
  };
  const sortOf = (tree: Tree, at: string) => formOf(definition, tree, at).sort;
  const keyOf = (item: Item): string => {
    switch (item.kind) {
      case "gap":
        return "_";
      case "token":
        return item.token;
      case "text":
        return item.tokens.join("|");
      case "slot":
        return `${item.rule}:${sortOf(item.tree, item.rule)}${item.nth === undefined ? "" : `#${item.nth}`}`;
    }
  };
  /** By the form's rule itself, or by rules that hand on the tree of one that derives it. */
  const derives = (at: string, form: Form, above: readonly string[] = []): boolean => {
    if (at === form.rule) return runs(machine.starts.get(at), form);
    if (above.includes(at)) return false;
    return (machine.starts.get(at)?.calls ?? []).some(
      ({ rule, returns }) =>
        returns.get(form.sort)?.ends === form.sort && derives(rule, form, [...above, at]),
    );
  };
  const runs = (start: Place | undefined, { items, sort }: Form): boolean => {
    let place = start;
    let second: Place | undefined;
    for (const item of items) {
      if (item.kind === "gap") continue;
      if (item.kind === "slot") {
        const call = place?.calls.find(({ rule }) => rule === item.rule);
        place = call?.returns.get(sortOf(item.tree, item.rule));
        if (item.nth === 2) second = place;
        if (item.nth === 3 && place !== second) return false;
      } else {
        const behind = new Set(
          (item.kind === "token" ? [item.token] : item.tokens).map((one) => place?.tokens.get(one)),
        );
        if (behind.size !== 1) return false;
        [place] = behind;
      }
    }
    return place?.ends === sort;
  };
  const written = (tree: Tree, at: string): string =>
    formOf(definition, tree, at)
      .items.map((item) =>
        item.kind === "slot" ? written(item.tree, item.rule) : item.kind === "gap" ? " " : item.text,
      )
      .join("");
  const failureOf = (tree: Tree): Failure | null => {
    trees += 1;
    const text = print(tree);
    const wrong = wrongIn(tree, definition.start);
    if (wrong !== null) return { message: wrong, text };
    const expected = written(tree, definition.start);
    if (expected !== text)
      return { message: `printed, but its rules write ${JSON.stringify(expected)}`, text };
    const parsed = parser.parse(text);
    if (parsed.kind === "error")
      return { message: `printed, but ${parsed.message}`, text, at: parsed.offset };
    return JSON.stringify(sortedKeys(parsed.tree)) === JSON.stringify(sortedKeys(tree))
      ? null
      : { message: "printed, but it parses to another tree", text };
  };

  const known = new Map<string, readonly Tree[]>();
  const filling = (slot: Slot): readonly Tree[] => {
    const key = `${slot.rule} ${slot.sort}`;
    return known.get(key) ?? known.set(key, fillers(definition, slot)).get(key)!;
  };
  /** The node with different small trees in its slots; null where there is none for a slot. */
  const filled = (shape: Shape): readonly Tree[] | null => {
    const children = shape.slots.map(
      (slot, index) => filling(slot)[index % Math.max(1, filling(slot).length)],
    );
    return children.includes(undefined) ? null : (children as Tree[]);
  };
  const whole: Slot = { rule: definition.start, sort: definition.sort };
  const places = [{ slot: whole, around: (tree: Tree): Tree => tree }];
  const met = new Set([`${whole.rule} ${whole.sort}`]);
  const tried = new Set<string>();
  for (const { slot, around } of places) {
    for (const shape of shapesAt(definition, slot.rule, slot.sort)) {
      const children = filled(shape);
      if (children === null)
        return {
          failures: [{ message: `${shape.node} has a slot for which there is no tree` }],
          sizes: sizes(),
        };
      const failed = failureOf(around(shape.make(children)));
      if (failed !== null) return { failures: [failed], sizes: sizes() };
      shape.slots.forEach((inner, index) => {
        const key = `${inner.rule} ${inner.sort}`;
        if (met.has(key)) return;
        met.add(key);
        places.push({ slot: inner, around: (tree) => around(shape.make(children.with(index, tree))) });
      });
      if (!shape.full) continue;
      for (const [index, inner] of shape.slots.entries()) {
        for (const child of shapesAt(definition, inner.rule, inner.sort)) {
          const key = `${shape.node} ${inner.rule} ${inner.sort} ${index} ${child.node}`;
          // Whether brackets are needed is told by the kind of node alone.
          if (tried.has(key)) continue;
          tried.add(key);
          const grandchildren = filled(child);
          if (grandchildren === null) continue;
          triples += 1;
          const wrong = failureOf(around(shape.make(children.with(index, child.make(grandchildren)))));
          if (wrong !== null) return { failures: [wrong], sizes: sizes() };
        }
      }
    }
  }
  return { failures: [], sizes: sizes() };
}

/** The same data with its keys in one order. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortedKeys(inner)]),
  );
}
