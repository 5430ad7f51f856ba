import type { ScriptStep } from "../../engine/candidate.ts";
import type { Model } from "../../engine/model.ts";
import type { ProofLanguage } from "../../search/proposer.ts";
import { draftPartialCoqProof } from "../../tasks/proof-hole/draft.ts";
import { coqStyle } from "../../tasks/proof-hole/style.ts";
import { modelTactics } from "../model/tactics.ts";
import { fewerBranches } from "./branches.ts";
import { plainProofs, splitSteps } from "./plainer.ts";
import { EQUATIONS, REWRITE } from "./sentences.ts";
import { coqSources } from "./sources.ts";
import { coqSpeech } from "./speech.ts";

/** Coq as the proof search needs to know it. `model` gives null where there is none. */
export function coqLanguage(model: () => Promise<Model | null>): ProofLanguage {
  const missing = new Map<string, Set<string>>();
  const missingIn = (file: string) => {
    const known = missing.get(file) ?? new Set();
    missing.set(file, known);
    return known;
  };
  return {
    sources: ({ document, statement, holes }, premises, context) => [
      ...coqSources(
        statement,
        premises,
        document.text.slice(0, holes[0]?.start ?? 0),
        missingIn(document.file),
      ),
      modelTactics(coqSpeech, model, premises, context),
    ],
    draftPartial: draftPartialCoqProof,
    simpler,
    merged: ({ document }) => merger(coqStyle(document.text).now),
    fragility,
  };
}

/** Plainer tactics in the place of one, the plainest first. */
export function simpler(tactic: string): string[] {
  const list = /^(.*\b(?:auto|eauto|firstorder))\s+using\s+(.+)$/.exec(tactic);
  if (list) {
    const names = list[2]!.split(/\s*,\s*/);
    const shorter = names.map((_, at) => names.toSpliced(at, 1));
    return [
      ...simpler(list[1]!),
      list[1]!,
      ...shorter.filter((one) => one.length > 0).map((one) => `${list[1]} using ${one.join(", ")}`),
    ];
  }
  const steps = splitSteps(tactic);
  if (steps.length > 1) {
    const variables = [...tactic.matchAll(/\binduction (\w+)(?=[;.]|$)/g)].map(([, name]) => name!);
    const half = Math.ceil(steps.length / 2);
    // Of a long one many parts may do nothing: its ends alone, and without half of what is between them, come first.
    const ends = steps.length > 3 ? [steps.toSpliced(1, steps.length - 2)] : [];
    const halves =
      steps.length > 4 ? [steps.toSpliced(1, half - 1), steps.toSpliced(half, steps.length - half - 1)] : [];
    const fewer = [...ends, ...halves, ...steps.map((_, at) => steps.toSpliced(at, 1))];
    const plainer = steps.flatMap((step, at) =>
      [...named(step, variables), ...simpler(step)].map((one) => steps.with(at, one)),
    );
    const made = [...fewer, ...plainer].map((all) => all.join("; ")).filter((one) => one !== "");
    return [...plainProofs(steps), ...made];
  }
  const branches = fewerBranches(tactic);
  if (branches.length > 0) return branches;
  const inner = /^intuition \((.+)\)$/.exec(tactic);
  if (inner) {
    const parts = splitSteps(inner[1]!);
    const fewer = parts.map((_, at) => parts.toSpliced(at, 1).join("; ")).filter((one) => one !== "");
    const plain = parts.map((one) => one.replace(/^try /, ""));
    return ["auto", ...plain, "intuition", ...fewer.map((one) => `intuition (${one})`)];
  }
  switch (tactic) {
    case "eauto":
    case "auto with *":
    case "intuition auto":
      return ["auto"];
    case "eauto with *":
    case "eauto 8":
      return ["auto", "eauto"];
    case "intuition eauto":
    case "intuition congruence":
    case "intuition auto with *":
    case "intuition lia":
      return ["auto", tactic.replace("intuition ", ""), "intuition"];
    case "firstorder congruence":
      return ["congruence", "firstorder"];
    case "nia":
      return ["lia"];
    case "nra":
      return ["lra"];
    default: {
      const database = /^(e?)auto with \w+$/.exec(tactic);
      if (database) return database[1] === "e" ? ["auto", "eauto", tactic.slice(1)] : ["auto"];
      const remembered = /^destruct (.+) eqn:\?$/.exec(tactic);
      if (remembered) return [`destruct ${remembered[1]}`];
      return /^(simpl|unfold .+) in \*$/.test(tactic) ? [tactic.replace(" in *", "")] : [];
    }
  }
}

/** What a sentence over all hypotheses does mostly: it rewrites with the induction hypothesis, which has a name. */
function named(step: string, variables: readonly string[]): string[] {
  if (step !== EQUATIONS && step !== REWRITE) return [];
  return variables.flatMap((name) => [`try rewrite IH${name}`, `try rewrite IH${name} by auto`]);
}

/** `now t` for `t` and an `easy` after it where the file writes so; `t; u` where `u` closes all goals that `t` leaves. */
function merger(now: boolean) {
  return (first: string, second: string, goals: number): string | null => {
    if (/[;|[]/.test(first) && goals > 1 && first.length > 60) return null;
    if (goals === 1) return now && second === "easy" && !/[;|]/.test(first) ? `now ${first}` : null;
    const closer = /;/.test(second) ? `(${second})` : second;
    return `${first}; ${closer}`;
  };
}

/** Names that Coq makes up when a proof does not give one: they change when the file does. */
const INVENTED = /\b(H\d*|IH\w+|[a-z]\d+|e\d*|Heq\w*)\b/g;

function fragility(steps: readonly ScriptStep[]): number {
  const text = steps.map(({ tactic }) => tactic).join(". ");
  return text.length / 20 + steps.length + 0.5 * (text.match(INVENTED) ?? []).length;
}
