import type { AcslPredicate } from "./tree.ts";

/**
 * True for a case as an inductive definition has it (ACSL 1.17, 2.6.3): a conclusion that is the predicate itself, and premises that
 * speak of it positively only. With any other there need be no least predicate, and what is supposed says more than a definition.
 */
export function isInductiveCase(predicate: AcslPredicate, name: string): boolean {
  switch (predicate.kind) {
    case "quantified":
      return predicate.quantifier === "forall" && isInductiveCase(predicate.body, name);
    case "let":
      return !mentions(predicate.value, name) && isInductiveCase(predicate.body, name);
    case "implies":
      return isPositive(predicate.left, name) && isInductiveCase(predicate.right, name);
    case "apply":
      return predicate.name === name && !mentions(predicate.arguments, name);
    default:
      return false;
  }
}

function isPositive(predicate: AcslPredicate, name: string): boolean {
  switch (predicate.kind) {
    case "and":
    case "or":
      return isPositive(predicate.left, name) && isPositive(predicate.right, name);
    case "implies":
      return !mentions(predicate.left, name) && isPositive(predicate.right, name);
    case "conditional":
      return (
        !mentions(predicate.condition, name) &&
        isPositive(predicate.then, name) &&
        isPositive(predicate.else, name)
      );
    case "quantified":
      return isPositive(predicate.body, name);
    case "let":
      return !mentions(predicate.value, name) && isPositive(predicate.body, name);
    case "apply":
      return !mentions(predicate.arguments, name);
    default:
      return !mentions(predicate, name);
  }
}

function mentions(tree: unknown, name: string): boolean {
  if (typeof tree !== "object" || tree === null) return false;
  if (
    (tree as { kind?: unknown; name?: unknown }).kind === "apply" &&
    (tree as { name: unknown }).name === name
  )
    return true;
  return Object.values(tree).some((part) => mentions(part, name));
}
