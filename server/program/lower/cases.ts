import { and, compare, type Formula, implies, not, type Relation, type Term } from "../term.ts";
import { isQuantified } from "../traverse.ts";

/**
 * A comparison of terms in which a quantifier decides, `x == ((\forall …) ? 1 : 0)`, as one comparison for each case: conditions
 * have quantifiers among formulas only, where instances of them are found.
 */
export function comparedByCases(relation: Relation, left: Term, right: Term): Formula {
  const first = casesOf(left);
  const second = first === null ? casesOf(right) : null;
  if (first !== null)
    return either(
      first.condition,
      comparedByCases(relation, first.then, right),
      comparedByCases(relation, first.otherwise, right),
    );
  if (second !== null)
    return either(
      second.condition,
      comparedByCases(relation, left, second.then),
      comparedByCases(relation, left, second.otherwise),
    );
  return compare(relation, left, right);
}

function either(condition: Formula, then: Formula, otherwise: Formula): Formula {
  return and(implies(condition, then), implies(not(condition), otherwise));
}

interface Cases {
  readonly condition: Formula;
  readonly then: Term;
  readonly otherwise: Term;
}

/** The first choice in a term that a quantifier decides, and the term in either case; null where there is none. */
function casesOf(term: Term): Cases | null {
  if (term.kind === "choose" && isQuantified(term.condition))
    return { condition: term.condition, then: term.then, otherwise: term.else };
  for (const [key, part] of Object.entries(term)) {
    if (key === "condition") continue;
    const several: readonly unknown[] = Array.isArray(part) ? part : [part];
    for (const [index, one] of several.entries()) {
      const found = isTerm(one) ? casesOf(one) : null;
      if (found === null) continue;
      const put = (value: Term) =>
        ({ ...term, [key]: Array.isArray(part) ? part.with(index, value) : value }) as Term;
      return { ...found, then: put(found.then), otherwise: put(found.otherwise) };
    }
  }
  return null;
}

function isTerm(part: unknown): part is Term {
  return typeof part === "object" && part !== null && "kind" in part;
}
