import { compare, type Formula, not, select, type Term, variable } from "../../program/term.ts";
import { mapComparisons } from "../../program/traverse.ts";
import type { Path } from "./paths.ts";

/** A path on which no arrays are compared, but their elements: what is left of equalities that define nothing. */
export function elementwisePath({ guard, steps }: Path, isArray: (name: string) => boolean): Path {
  return {
    guard: elementwise(guard, isArray),
    steps: steps.map((step) =>
      step.kind === "assume" ? { ...step, condition: elementwise(step.condition, isArray) } : step,
    ),
  };
}

/** The formula with `a == b` for arrays as `\forall k; a[k] == b[k]`. */
export function elementwise(formula: Formula, isArray: (name: string) => boolean): Formula {
  return mapComparisons(formula, (one) => {
    const { left, right, relation } = one;
    if (!isArrayTerm(left, isArray) && !isArrayTerm(right, isArray)) return one;
    const index = variable("?e");
    const same = compare("==", elementOf(left, index), elementOf(right, index));
    const all: Formula = { kind: "forall", variables: ["?e"], body: same };
    return relation === "==" ? all : not(all);
  });
}

function isArrayTerm(term: Term, isArray: (name: string) => boolean): boolean {
  return term.kind === "store" || term.kind === "filled" || (term.kind === "variable" && isArray(term.name));
}

/** What an array has at an index, without the array where it is a changed one. */
function elementOf(array: Term, index: Term): Term {
  switch (array.kind) {
    case "store":
      return {
        kind: "choose",
        condition: compare("==", index, array.indices[0]!),
        then: array.value,
        else: elementOf(array.array, index),
      };
    case "filled":
      return array.value;
    default:
      return select(array, index);
  }
}
