/**
 * The language of loop invariants as trees of plain JSON: what a decoder's text or JSON answer is read into. Formulas and
 * terms never mix: a number is no truth value. Arithmetic is over mathematical integers; `divide` and `remainder`
 * truncate towards zero, as in C and ACSL.
 */
export type InvariantTree =
  | { readonly kind: "true" }
  | { readonly kind: "false" }
  | {
      readonly kind: "compare";
      readonly relation: Relation;
      readonly left: InvariantTerm;
      readonly right: InvariantTerm;
    }
  /** `a <= b < c`: at least two relations, all in one direction, and one term more. */
  | {
      readonly kind: "chain";
      readonly relations: readonly ("<" | "<=")[] | readonly (">" | ">=")[];
      readonly terms: readonly InvariantTerm[];
    }
  | { readonly kind: "not"; readonly argument: InvariantTree }
  /** At least two arguments. */
  | { readonly kind: "and" | "or"; readonly arguments: readonly InvariantTree[] }
  | { readonly kind: "implies" | "iff"; readonly left: InvariantTree; readonly right: InvariantTree };

export type Relation = "<" | "<=" | ">" | ">=" | "==" | "!=";

export type InvariantTerm =
  /** Decimal digits, no sign, no leading zero. */
  | { readonly kind: "integer"; readonly digits: string }
  | { readonly kind: "name"; readonly name: string }
  /** The value of a variable when the function was entered, `\at(name, Pre)`. */
  | { readonly kind: "initial"; readonly name: string }
  | { readonly kind: "negate"; readonly argument: InvariantTerm }
  | {
      readonly kind: "add" | "subtract" | "multiply" | "divide" | "remainder";
      readonly left: InvariantTerm;
      readonly right: InvariantTerm;
    };

/** How a scope spells a variable's initial value. */
export function initialName(name: string): string {
  return `\\at(${name}, Pre)`;
}
