import type { Candidate } from "../../engine/candidate.ts";
import type { Checker } from "../../engine/interfaces.ts";
import type { Loop, Program } from "../../program/program.ts";
import { type Formula, plusConstant, type Term } from "../../program/term.ts";
import { simplifyTerm, variablesOfTerm } from "../../program/traverse.ts";

/**
 * Termination measures read off the loop guards: the distance to the bound. All loops get one or none does, since only then
 * the function terminates; each is checked with the invariants it comes with.
 */
export async function findVariants(
  program: Program,
  candidate: Candidate,
  checker: Checker,
  signal: AbortSignal,
): Promise<readonly (Term | null)[] | null> {
  const variants: (Term | null)[] = program.loops.map(() => null);
  for (const loop of program.loops) {
    if (loop.variant) continue;
    for (const term of measures(loop)) {
      variants[loop.id] = term;
      const verdict = await checker.check({ ...candidate, variants }, signal);
      if (verdict.kind === "proved") break;
      variants[loop.id] = null;
      // Where one measure is too hard to decide, the others are, and the invariant is what was asked for.
      if (verdict.kind === "unknown") return null;
    }
  }
  return variants.some((term) => term !== null) ? variants : null;
}

function measures(loop: Loop): Term[] {
  const scope = new Set(loop.scope);
  const usable = (term: Term) => [...variablesOfTerm(term)].every((name) => scope.has(name));
  const found = loop.guard ? fromGuard(loop.guard) : [];
  return found
    .map(simplifyTerm)
    .filter((term) => usable(term) && variablesOfTerm(term).size > 0)
    .slice(0, 4);
}

function fromGuard(guard: Formula): Term[] {
  switch (guard.kind) {
    case "compare":
      return distances(guard);
    case "and":
      return guard.arguments.flatMap(fromGuard);
    case "not":
      return guard.argument.kind === "compare" && guard.argument.relation === "=="
        ? distances(guard.argument)
        : [];
    default:
      return [];
  }
}

function distances(guard: Extract<Formula, { kind: "compare" }>): Term[] {
  const minus = (left: Term, right: Term): Term => ({ kind: "subtract", left, right });
  const { left, right } = guard;
  switch (guard.relation) {
    case "<":
      return [minus(right, left)];
    case "<=":
      return [minus(right, left), plusConstant(minus(right, left), 1)];
    case ">":
      return [minus(left, right)];
    case ">=":
      return [minus(left, right), plusConstant(minus(left, right), 1)];
    case "!=":
    case "==":
      return [minus(left, right), minus(right, left)];
  }
}
