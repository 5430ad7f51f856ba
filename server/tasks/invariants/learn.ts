import type { Candidate } from "../../engine/candidate.ts";
import type { Findings } from "../../engine/findings.ts";
import type { NearMiss } from "../../engine/outcome.ts";
import type { InvariantsTask } from "../../engine/task.ts";
import type { Verdict } from "../../engine/verdict.ts";
import { printConjunct } from "./show.ts";

/** A failed candidate as a near miss in the findings, where every proposer sees it. */
export function learnFailure(
  task: InvariantsTask,
  candidate: Candidate,
  verdict: Verdict,
  findings: Findings,
): void {
  const { proposer } = candidate.provenance;
  const invariants = candidate.invariants.map((formulas) =>
    formulas.map((formula) => printConjunct(task, formula)),
  );
  // The strongest inductive conjuncts come from the pool: they show a person what is missing, and nobody else anything new.
  const known = proposer === "houdini" && verdict.kind === "refuted" && verdict.why === "tooWeak";
  findings.miss({ proposer, invariants, verdict }, !known);
}

/** Too weak is nearer than not inductive, and what was last tried is nearer than what came before. */
export function nearestMiss({ misses }: Findings): NearMiss | null {
  return misses.reduce<NearMiss | null>((old, fresh) => (old && rank(old) > rank(fresh) ? old : fresh), null);
}

function rank({ verdict }: NearMiss): number {
  return verdict.kind === "refuted" ? ["wrong", "notInductive", "tooWeak"].indexOf(verdict.why) + 1 : 0;
}
