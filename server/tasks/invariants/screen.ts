import type { Candidate } from "../../engine/candidate.ts";
import type { Findings } from "../../engine/findings.ts";
import type { Screened } from "../../engine/interfaces.ts";

/**
 * Sampled states and duplicates (the safety policy is the grammar's). An atom that holds joins the pool; a whole candidate
 * goes on to the solver, unless a reachable state makes one of its conjuncts false. What a model wished for is kept for mutation.
 */
export function screen(candidate: Candidate, findings: Findings): Screened {
  const result = screened(candidate, findings);
  if (result.kind !== "whole" && candidate.provenance.proposer === "model") {
    for (const [loop, formulas] of candidate.invariants.entries()) findings.wishes[loop]!.push(...formulas);
  }
  return result;
}

function screened(candidate: Candidate, findings: Findings): Screened {
  for (const [loop, formulas] of candidate.invariants.entries()) {
    for (const formula of formulas) {
      if (findings.tables[loop]?.screen(formula).kind === "violated") {
        return { kind: "rejected", reason: "false in a state that a run reaches" };
      }
    }
  }
  if (candidate.role === "whole") return { kind: "whole" };
  let added = 0;
  for (const [loop, formulas] of candidate.invariants.entries()) {
    for (const formula of formulas) if (findings.add(loop, formula)) added++;
  }
  return added > 0 ? { kind: "pooled" } : { kind: "rejected", reason: "in the pool already" };
}
