import type { Script, ScriptCandidate } from "../../engine/candidate.ts";
import type { ProofHoleTask } from "../../engine/task.ts";

/** A candidate on one line, as it reads in a log: Coq's sentences end in a full stop, Lean's tactics in none. */
export function showScripts(
  { scripts }: ScriptCandidate,
  language: ProofHoleTask["language"] = "coq",
): string {
  const shown =
    language === "coq" ? showScript : ({ steps }: Script) => steps.map((one) => one.tactic).join("; ");
  return scripts.map(shown).join(" | ");
}

export function showScript({ steps }: Pick<Script, "steps">): string {
  return steps.map(({ tactic }) => `${tactic}.`).join(" ");
}
