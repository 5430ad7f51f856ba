import { same } from "./simplify.ts";
import {
  and,
  compare,
  FALSE,
  type Formula,
  implies,
  not,
  or,
  quantified,
  type Relation,
  type Term,
  TRUE,
} from "./term.ts";

import { mapComparisons } from "./traverse.ts";

/**
 * Equivalent forms that a person reads at a glance: `!(x >= n && x != n)` becomes `x <= n`, `x <= y` beside `x >= y` becomes
 * `x == y`, and a clause becomes an implication towards its last literal. All of it is exact over the integers.
 */

/** Relations as sets of the three outcomes of a comparison: less 1, equal 2, greater 4. */
const OUTCOMES: Readonly<Record<Relation, number>> = { "<": 1, "==": 2, "<=": 3, ">": 4, "!=": 5, ">=": 6 };
const RELATIONS = new Map(Object.entries(OUTCOMES).map(([relation, set]) => [set, relation as Relation]));
const FLIPPED: Readonly<Record<Relation, Relation>> = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
  "==": "==",
  "!=": "!=",
};

/** Negation normal form with comparisons of the same two terms merged; symbols may stay negated. */
export function readable(formula: Formula): Formula {
  return normal(formula, true);
}

function normal(formula: Formula, positive: boolean): Formula {
  switch (formula.kind) {
    case "truth":
      return formula.value === positive ? TRUE : FALSE;
    case "symbol":
      return positive ? formula : not(formula);
    case "compare": {
      const { relation, left, right } = formula;
      return positive ? formula : compare(RELATIONS.get(7 - OUTCOMES[relation])!, left, right);
    }
    case "not":
      return normal(formula.argument, !positive);
    case "and":
    case "or": {
      const parts = formula.arguments.map((one) => normal(one, positive));
      return mergeComparisons((formula.kind === "and") === positive ? "and" : "or", parts);
    }
    case "implies":
      return positive
        ? mergeComparisons("or", [normal(formula.left, false), normal(formula.right, true)])
        : mergeComparisons("and", [normal(formula.left, true), normal(formula.right, false)]);
    case "iff":
      return { kind: "iff", left: normal(formula.left, true), right: normal(formula.right, positive) };
    case "forall":
    case "exists": {
      const kind = positive === (formula.kind === "forall") ? "forall" : "exists";
      const body = normal(formula.body, positive);
      return quantified(kind, formula.variables, kind === "forall" ? asImplication(body) : body);
    }
    case "holds":
      return positive ? formula : not(formula);
  }
}

/** A conjunction or disjunction in which each pair of terms is compared once. */
export function mergeComparisons(kind: "and" | "or", parts: readonly Formula[]): Formula {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.arguments : [part]));
  const merged: Formula[] = [];
  for (const part of flat) {
    const at = part.kind === "compare" ? merged.findIndex((one) => relationTo(one, part) !== null) : -1;
    if (at >= 0 && part.kind === "compare") {
      const earlier = relationTo(merged[at]!, part)!;
      const sets = [OUTCOMES[earlier], OUTCOMES[part.relation]] as const;
      merged[at] = fromOutcomes(
        kind === "and" ? sets[0] & sets[1] : sets[0] | sets[1],
        part.left,
        part.right,
      );
    } else if (!merged.some((one) => same(one, part))) merged.push(part);
  }
  return kind === "and" ? and(...merged) : or(...merged);
}

/** The relation that `formula` states of the terms that `of` compares; null when it is about others. */
function relationTo(formula: Formula, of: Formula & { kind: "compare" }): Relation | null {
  if (formula.kind !== "compare") return null;
  if (same(formula.left, of.left) && same(formula.right, of.right)) return formula.relation;
  if (same(formula.left, of.right) && same(formula.right, of.left)) return FLIPPED[formula.relation];
  return null;
}

function fromOutcomes(set: number, left: Term, right: Term): Formula {
  if (set === 0) return FALSE;
  return set === 7 ? TRUE : compare(RELATIONS.get(set)!, left, right);
}

/** A clause as an implication: all literals but the last, negated, lead to the last. Other formulas stay as they are. */
export function asImplication(formula: Formula): Formula {
  if (formula.kind !== "or" || formula.arguments.length < 2) return formula;
  const conclusion = formula.arguments[formula.arguments.length - 1]!;
  const premises = formula.arguments.slice(0, -1).map((one) => normal(one, false));
  return implies(mergeComparisons("and", premises), conclusion);
}

/** Over the integers `i <= n - 1` is `i < n`, and `k < i + 1` is `k <= i`: the second of each is what people write. */
export function plainComparisons(formula: Formula): Formula {
  return mapComparisons(formula, (one) => {
    const { relation, left, right } = one;
    if (relation === "==" || relation === "!=") return one;
    const onLeft = relation === "<=" || relation === ">" ? 1n : -1n;
    const [first, second] = [without(left, onLeft), without(right, -onLeft)];
    if (second !== null) return compare(LOOSER[relation], left, second);
    return first === null ? one : compare(LOOSER[relation], first, right);
  });
}

const LOOSER = { "<=": "<", "<": "<=", ">=": ">", ">": ">=" } as const;

/** The term without the one that is added to it, or for minus one taken from it; null where there is none. */
function without(term: Term, one: bigint): Term | null {
  if ((term.kind !== "add" && term.kind !== "subtract") || term.right.kind !== "integer") return null;
  return (term.kind === "add" ? term.right.value : -term.right.value) === one ? term.left : null;
}
