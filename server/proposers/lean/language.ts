import type { ScriptStep } from "../../engine/candidate.ts";
import type { Model } from "../../engine/model.ts";
import type { ProofLanguage } from "../../search/proposer.ts";
import { draftPartialLeanProof } from "../../tasks/proof-hole/lean-draft.ts";
import { modelTactics } from "../model/tactics.ts";
import { automation } from "./automation.ts";
import { conjecture } from "./conjecture.ts";
import { induction } from "./induction.ts";
import { definitionsOf } from "./shape.ts";
import { leanSpeech } from "./speech.ts";
import { structure } from "./structure.ts";

/** Lean as the proof search needs to know it. `model` gives null where there is none. */
export function leanLanguage(model: () => Promise<Model | null>): ProofLanguage {
  return {
    sources: (_task, premises, context) => {
      const definitions = definitionsOf(premises);
      return [
        automation(definitions),
        induction(definitions),
        conjecture(definitions),
        structure(),
        modelTactics(leanSpeech, model, premises, context),
      ];
    },
    draftPartial: draftPartialLeanProof,
    simpler,
    merged: () => merged,
    pinned,
    fragility,
  };
}

/** Plainer tactics in the place of one, the plainest first. */
export function simpler(tactic: string): string[] {
  // Names that nothing speaks of.
  const unnamed = tactic.replace(/^\(?(induction [^()|]*?) with (?:\| [^=|]*=> \?_ ?)+\)?/, "$1 ").trim();
  if (unnamed !== tactic) return [unnamed.replace(" <;> try ", " <;> "), unnamed];
  if (tactic.includes(" <;> try ")) return [tactic.replace(" <;> try ", " <;> ")];
  const steps = tactic.split(" <;> ");
  const shorter =
    steps.length > 1 && !/[()]/.test(tactic)
      ? steps.map((_, at) => steps.toSpliced(at, 1).join(" <;> "))
      : [];
  const list = /^(.*\b(?:grind|simp|simp_all|simp only)) \[([^\]]+)\]$/.exec(tactic);
  if (!list) return shorter.filter((one) => one !== "");
  const names = list[2]!.split(", ");
  const fewer = names.map((_, at) => names.toSpliced(at, 1)).filter((one) => one.length > 0);
  return [list[1]!, ...fewer.map((one) => `${list[1]} [${one.join(", ")}]`), ...shorter].filter(
    (one) => one !== "",
  );
}

/** A `simp` that leaves goals behind is asked which lemmas it used: `simp only` with those does the same in later versions. */
export function pinned(tactic: string): string | null {
  const open = /^(simp|simp_all)(?! only\b)(?= (?:\[|at\b)|$)/;
  return open.test(tactic) && !/;|<;>/.test(tactic) ? tactic.replace(open, "$1?") : null;
}

/** `t <;> u` where `u` closes all goals that `t` leaves; a file's own style has its lines one below the other otherwise. */
function merged(first: string, second: string, goals: number): string | null {
  if (goals < 2 || /[;\n]/.test(first + second.replaceAll(" <;> ", " ")) || first.length + second.length > 70)
    return null;
  return `${first} <;> ${second}`;
}

/** Names that Lean made up, and the strongest automation, whose reach changes with versions. */
function fragility(steps: readonly ScriptStep[]): number {
  const text = steps.map(({ tactic }) => tactic).join("\n");
  return text.length / 20 + steps.length + (text.match(/\brename_i\b/g) ?? []).length;
}
