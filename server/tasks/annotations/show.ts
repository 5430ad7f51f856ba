import type { AnnotationsFindings } from "../../engine/annotations.ts";
import type { AnnotationsCandidate } from "../../engine/candidate.ts";
import type { Screened } from "../../engine/interfaces.ts";
import type { NearMiss } from "../../engine/outcome.ts";
import type { AnnotationsTask } from "../../engine/task.ts";
import type { Verdict } from "../../engine/verdict.ts";

/** A candidate on one line: its conjuncts, by loop where there are several. */
export function showAnnotations({ loops }: AnnotationsTask, { invariants }: AnnotationsCandidate): string {
  const parts = loops.flatMap(({ id, span }) => {
    const text = (invariants[id] ?? []).join(" && ");
    return text === "" ? [] : [loops.length > 1 ? `line ${span.line}: ${text}` : text];
  });
  return parts.join("; ") || "(nothing added)";
}

/** An atom joins the pool; what the pool has already teaches nothing. */
export function poolAnnotations(candidate: AnnotationsCandidate, findings: AnnotationsFindings): Screened {
  if (candidate.role === "whole") return { kind: "whole" };
  const fresh = candidate.invariants.flatMap((texts, loop) => texts.map((text) => findings.add(loop, text)));
  return fresh.includes(true) ? { kind: "pooled" } : { kind: "rejected", reason: "it was proposed before" };
}

export function learnAnnotations(
  _task: AnnotationsTask,
  { invariants, provenance }: AnnotationsCandidate,
  verdict: Verdict,
  findings: AnnotationsFindings,
): void {
  findings.miss({ proposer: provenance.proposer, invariants, verdict });
}

/** What was last tried is nearest: each try has what the ones before it had. */
export function nearestAnnotations({ misses }: AnnotationsFindings): NearMiss | null {
  return misses.at(-1) ?? null;
}
