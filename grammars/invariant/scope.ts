import { type InvariantTerm, type InvariantTree, initialName } from "./tree.ts";

/** Names that may stand in an invariant: `x`, and `\at(x, Pre)` for a variable's value at the function's entry. */
export type Scope = ReadonlySet<string>;

/** The first name in a tree, in reading order, that the scope does not have; null when it has them all. */
export function unknownName(tree: InvariantTree | InvariantTerm, scope: Scope): string | null {
  switch (tree.kind) {
    case "true":
    case "false":
    case "integer":
      return null;
    case "name":
      return scope.has(tree.name) ? null : tree.name;
    case "initial": {
      const name = initialName(tree.name);
      return scope.has(name) ? null : name;
    }
    case "negate":
    case "not":
      return unknownName(tree.argument, scope);
    case "chain":
      return firstUnknown(tree.terms, scope);
    case "and":
    case "or":
      return firstUnknown(tree.arguments, scope);
    default:
      return unknownName(tree.left, scope) ?? unknownName(tree.right, scope);
  }
}

function firstUnknown(trees: readonly (InvariantTree | InvariantTerm)[], scope: Scope): string | null {
  for (const tree of trees) {
    const unknown = unknownName(tree, scope);
    if (unknown !== null) return unknown;
  }
  return null;
}
