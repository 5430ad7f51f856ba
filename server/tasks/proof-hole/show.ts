import type { Script, ScriptCandidate } from "../../engine/candidate.ts";

/** A candidate on one line, as it reads in a log. */
export function showScripts({ scripts }: ScriptCandidate): string {
  return scripts.map(showScript).join(" | ");
}

export function showScript({ steps }: Pick<Script, "steps">): string {
  return steps.map(({ tactic }) => `${tactic}.`).join(" ");
}
