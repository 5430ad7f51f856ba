import type { Tree } from "../definition/definition.ts";
import type { InvariantTerm, InvariantTree, Relation } from "../invariant/tree.ts";

/** What an expression says as an invariant, or why it cannot be said. */
export type Translated =
  | { readonly kind: "ok"; readonly tree: InvariantTree }
  | { readonly kind: "error"; readonly message: string };

class Untranslatable extends Error {}

/**
 * The invariant that means what the Python expression means. Division is where they differ: Python's `//` and `%` round
 * towards minus infinity, C's `/` and `%` towards zero. By a positive number `c`, `a % c` is `(a % c + c) % c` in C, and
 * `a // c` is what is left over without it, divided exactly. Other divisors are refused.
 */
export function translate(expression: Tree): Translated {
  try {
    return { kind: "ok", tree: formula(expression) };
  } catch (error) {
    if (error instanceof Untranslatable) return { kind: "error", message: error.message };
    throw error;
  }
}

function formula(tree: Tree): InvariantTree {
  switch (tree.kind) {
    case "true":
    case "false":
      return { kind: tree.kind };
    case "not":
      return { kind: "not", argument: formula(tree.argument as Tree) };
    case "and":
    case "or":
      return { kind: tree.kind, arguments: (tree.arguments as readonly Tree[]).map(formula) };
    case "compare":
      return compare(tree.relation as string, tree.left as Tree, tree.right as Tree);
    default: {
      // Each pair of neighbours: in C a chain of mixed directions would say something else.
      const terms = tree.terms as readonly Tree[];
      const relations = tree.relations as readonly string[];
      for (const family of [
        ["<", "<="],
        [">", ">="],
      ] as const) {
        if (relations.every((relation) => (family as readonly string[]).includes(relation))) {
          return { kind: "chain", relations: relations as readonly ("<" | "<=")[], terms: terms.map(term) };
        }
      }
      return {
        kind: "and",
        arguments: relations.map((relation, at) => compare(relation, terms[at]!, terms[at + 1]!)),
      };
    }
  }
}

function compare(relation: string, left: Tree, right: Tree): InvariantTree {
  return { kind: "compare", relation: relation as Relation, left: term(left), right: term(right) };
}

function term(tree: Tree): InvariantTerm {
  const left = () => term(tree.left as Tree);
  switch (tree.kind) {
    case "integer":
      return { kind: "integer", digits: tree.digits as string };
    case "name":
    case "initial":
      return { kind: tree.kind, name: tree.name as string };
    case "negate":
      return { kind: "negate", argument: term(tree.argument as Tree) };
    case "modulo":
      return modulo(left(), divisor(tree.right as Tree));
    case "floorDivide": {
      const by = divisor(tree.right as Tree);
      return {
        kind: "divide",
        left: { kind: "subtract", left: left(), right: modulo(left(), by) },
        right: by,
      };
    }
    default:
      return {
        kind: tree.kind as "add" | "subtract" | "multiply",
        left: left(),
        right: term(tree.right as Tree),
      };
  }
}

function modulo(left: InvariantTerm, by: InvariantTerm): InvariantTerm {
  const inner: InvariantTerm = { kind: "remainder", left, right: by };
  return { kind: "remainder", left: { kind: "add", left: inner, right: by }, right: by };
}

function divisor(tree: Tree): InvariantTerm {
  if (tree.kind === "integer" && tree.digits !== "0")
    return { kind: "integer", digits: tree.digits as string };
  throw new Untranslatable("Python's // and % are translated only where the divisor is a positive number");
}
