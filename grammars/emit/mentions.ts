import type { Tree, TreeField } from "../definition/definition.ts";

/** The first word of a tree, in reading order, that names what may not be named; null when there is none. */
export function firstMention(tree: Tree, refused: Iterable<string>): string | null {
  const names = [...refused];
  if (names.length === 0) return null;
  const visit = (value: TreeField): string | null => {
    if (value === null) return null;
    if (typeof value === "string") return null;
    if (Array.isArray(value)) {
      for (const item of value as readonly TreeField[]) {
        const found = visit(item);
        if (found !== null) return found;
      }
      return null;
    }
    const node = value as Tree;
    if (node.kind === "word" && names.some((name) => mentions(node.text as string, name)))
      return node.text as string;
    for (const [field, child] of Object.entries(node)) {
      if (field === "kind") continue;
      const found = visit(child);
      if (found !== null) return found;
    }
    return null;
  };
  return visit(tree);
}

/**
 * Whether a word may name a constant: they are the same, or one is the other with more qualification (`Nat.foo` and `foo`
 * may be the same theorem, depending on what is open). Marks such as `@` do not matter, nor does a projection at the end.
 */
export function mentions(word: string, name: string): boolean {
  const parts = (text: string) => text.replace(/^[@?!%]+/, "").split(".");
  const [said, meant] = [parts(word), parts(name)];
  // `foo.symm` mentions foo: every stretch from the first component on counts.
  for (let length = 1; length <= said.length; length += 1) {
    const stretch = said.slice(0, length);
    const [short, long] = stretch.length < meant.length ? [stretch, meant] : [meant, stretch];
    if (short.every((part, index) => part === long[long.length - short.length + index])) return true;
  }
  return false;
}
