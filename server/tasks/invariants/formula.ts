import { type InvariantTerm, type InvariantTree, initialName } from "../../../grammars/invariant/tree.ts";
import {
  and,
  compare,
  FALSE,
  type Formula,
  implies,
  integer,
  not,
  or,
  type Term,
  TRUE,
  variable,
} from "../../program/term.ts";

/**
 * The formula that a tree means. `resolve` gives the program's variable for a name of the scope (`x`, `\at(x, Pre)`). The
 * tree's names were checked against the scope when it was parsed, so a null from `resolve` is a bug and throws.
 */
export function toFormula(tree: InvariantTree, resolve: (name: string) => string | null): Formula {
  const formula = (inner: InvariantTree): Formula => toFormula(inner, resolve);
  const term = (inner: InvariantTerm): Term => toTerm(inner, resolve);
  switch (tree.kind) {
    case "true":
      return TRUE;
    case "false":
      return FALSE;
    case "compare":
      return compare(tree.relation, term(tree.left), term(tree.right));
    case "chain":
      return and(
        ...tree.relations.map((relation, index) =>
          compare(relation, term(tree.terms[index]!), term(tree.terms[index + 1]!)),
        ),
      );
    case "not":
      return not(formula(tree.argument));
    case "and":
      return and(...tree.arguments.map(formula));
    case "or":
      return or(...tree.arguments.map(formula));
    case "implies":
      return implies(formula(tree.left), formula(tree.right));
    case "iff":
      return { kind: "iff", left: formula(tree.left), right: formula(tree.right) };
  }
}

function toTerm(tree: InvariantTerm, resolve: (name: string) => string | null): Term {
  switch (tree.kind) {
    case "integer":
      return integer(BigInt(tree.digits));
    case "name":
      return named(tree.name, resolve);
    case "initial":
      return named(initialName(tree.name), resolve);
    case "negate":
      return { kind: "negate", argument: toTerm(tree.argument, resolve) };
    default:
      return {
        kind: OPERATIONS[tree.kind],
        left: toTerm(tree.left, resolve),
        right: toTerm(tree.right, resolve),
      };
  }
}

const OPERATIONS = {
  add: "add",
  subtract: "subtract",
  multiply: "multiply",
  divide: "div",
  remainder: "mod",
} as const;

function named(name: string, resolve: (name: string) => string | null): Term {
  const resolved = resolve(name);
  if (resolved === null)
    throw new Error(`${name} is in no scope; parse the invariant with the loop's scope first`);
  return variable(resolved);
}
