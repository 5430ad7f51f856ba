import type { Script, ScriptCandidate } from "../../engine/candidate.ts";

/** A candidate on one line, as it reads in a log. */
export function showScripts({ scripts }: ScriptCandidate): string {
  return scripts.map(showScript).join(" | ");
}

export function showScript({ steps }: Script): string {
  return steps.map(({ tactic }) => `${tactic}.`).join(" ");
}
