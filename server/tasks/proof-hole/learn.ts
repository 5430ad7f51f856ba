import type { ScriptCandidate } from "../../engine/candidate.ts";
import type { ProofFindings } from "../../engine/proof.ts";
import type { ProofHoleTask } from "../../engine/task.ts";
import type { Verdict } from "../../engine/verdict.ts";
import { showScript, showScripts } from "./show.ts";

/** Remembers what was turned down, so that the next search passes it over. */
export function learnRejection(
  _task: ProofHoleTask,
  candidate: ScriptCandidate,
  verdict: Verdict,
  findings: ProofFindings,
): void {
  const reason = verdict.kind === "unknown" ? verdict.reason : verdict.kind;
  findings.rejected.set(showScripts(candidate), reason);
  for (const script of candidate.scripts) findings.rejected.set(showScript(script), reason);
  findings.revision++;
}
