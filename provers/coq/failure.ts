import type { TacticFailure } from "../../server/search/session.ts";

const CLASSES: readonly (readonly [TacticFailure, RegExp])[] = [
  [
    "unknown name",
    /was not found in the current environment|No such hypothesis|No such (?:section variable or )?assumption|is not declared in|Unknown (?:database|tactic)|No such (?:goal|hint database)|No quoted|Cannot find a physical path/i,
  ],
  [
    "type mismatch",
    /has type|Unable to unify|expected to have type|Illegal application|Cannot infer|Not enough|Unable to find an instance|Cannot coerce|Found no subterm|No matching clauses|Not an inductive|Expects? a disjunctive|not (?:a|an) (?:inductive|equality|negated|product)|Unable to apply|Cannot apply|does not occur|is not convertible|Abstracting over the terms?|not a relation|Cannot find the (?:declaration|relation)|No such (?:constructor|bound variable)/i,
  ],
  [
    "no progress",
    /Failed to progress|No applicable tactic|No progress made|Nothing to (?:rewrite|inject|do)|Cannot find witness|Tactic failure|No primitive equality|Cannot solve this goal|No contradiction|Not a discriminable equality|is already used|is used in/i,
  ],
];

/** The class of an error that Coq reported, by its words. */
export function classifyError(message: string): TacticFailure {
  return CLASSES.find(([, pattern]) => pattern.test(message))?.[0] ?? "other";
}
