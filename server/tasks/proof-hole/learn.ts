import type { ScriptCandidate } from "../../engine/candidate.ts";
import type { ProofFindings } from "../../engine/proof.ts";
import type { ProofHoleTask } from "../../engine/task.ts";
import type { Verdict } from "../../engine/verdict.ts";
import { showScript, showScripts } from "./show.ts";

/** Remembers what was turned down, so that the next search passes it over. */
export function learnRejection(
  _task: ProofHoleTask,
  candidate: ScriptCandidate,
  _verdict: Verdict,
  findings: ProofFindings,
): void {
  findings.rejected.add(showScripts(candidate));
  for (const script of candidate.scripts) findings.rejected.add(showScript(script));
  findings.revision++;
}
