import { foldFormula, foldTerm } from "../simplify.ts";
import { compare, type Formula, integer, type Relation, type Term } from "../term.ts";

/**
 * Folds constants, and units where the other operand stays. Lowering C folds no more than that: every intermediate result must stay
 * visible, since under the reading `math` a run in which one leaves its C type is no run (`x + 1 - 1` is not `x` then).
 */
export function fold(term: Term): Term {
  switch (term.kind) {
    case "integer":
    case "variable":
      return term;
    case "negate":
    case "pow2":
      return isConstant(term.argument) ? foldTerm(term) : term;
    case "wrap":
    case "bits":
      return foldTerm(term);
    case "choose":
      if (term.condition.kind !== "truth") return term;
      return term.condition.value ? term.then : term.else;
    case "select":
    case "store":
    case "filled":
    case "apply":
      return term;
    default:
      return isUnit(term) || (isConstant(term.left) && isConstant(term.right)) ? foldTerm(term) : term;
  }
}

/** A comparison; one of a truth value that became a number with a constant becomes a truth value again. */
export function foldComparison(relation: Relation, left: Term, right: Term): Formula {
  const folded = foldFormula(compare(relation, left, right));
  const constants = isConstant(left) && isConstant(right);
  return folded.kind === "truth" && !constants ? compare(relation, left, right) : folded;
}

/** The negation, with comparisons turned round. */
export function negated(condition: Formula): Formula {
  return foldFormula({ kind: "not", argument: condition });
}

/** That the value is not zero. */
export function nonZero(term: Term): Formula {
  return foldComparison("!=", term, integer(0));
}

function isConstant(term: Term): boolean {
  return term.kind === "integer";
}

function isUnit(term: Term & { readonly left: Term; readonly right: Term }): boolean {
  const { left, right, kind } = term;
  const is = (side: Term, value: bigint) => side.kind === "integer" && side.value === value;
  switch (kind) {
    case "add":
      return is(left, 0n) || is(right, 0n);
    case "subtract":
    case "shiftRight":
      return is(right, 0n);
    case "multiply":
      return is(left, 1n) || is(right, 1n);
    case "div":
      return is(right, 1n);
    default:
      return false;
  }
}
