import type { Script } from "../../server/engine/candidate.ts";
import type { Judge, Judgement } from "../../server/engine/interfaces.ts";
import type { ProofAnswer } from "../../server/engine/outcome.ts";
import type { ProofReviewer } from "../../server/engine/proof.ts";
import type { ProofHoleTask } from "../../server/engine/task.ts";
import type { Edit } from "../../server/engine/verified.ts";
import { applyEdit } from "../../server/tasks/invariants/edit.ts";
import { hashText } from "./apply.ts";
import { mint } from "./mint.ts";

/** What the judge of proofs works with. */
export interface ProofJudgeParts {
  /** The reviewer for a language; null when its prover cannot be had, and then nothing is proved. */
  reviewer(language: ProofHoleTask["language"]): Promise<ProofReviewer | null>;
  /** The edit that puts scripts into the document, and what each hole becomes. */
  draft(
    task: ProofHoleTask,
    scripts: readonly Script[],
  ): { readonly edit: Edit; readonly texts: readonly string[] };
  /** Other scripts of a candidate that are judged besides the first. */
  readonly alternatives: number;
}

/** The judge of proof holes: drafts the edit, has a proof assistant review the edited text, and mints what it confirms. */
export function createProofJudge(parts: ProofJudgeParts): Judge<"proofHole"> {
  return {
    async judge(task, candidate, signal): Promise<Judgement<"proofHole">> {
      const reviewer = await parts.reviewer(task.language);
      if (reviewer === null)
        return {
          kind: "rejected",
          reason: `no ${task.language} was found to confirm the proof`,
          final: true,
        };
      const first = await judgeScript(parts, reviewer, task, candidate.scripts, signal);
      if (first.kind === "rejected") return first;
      const answers = [first.answer];
      for (const scripts of candidate.alternatives.slice(0, parts.alternatives)) {
        try {
          const next = await judgeScript(parts, reviewer, task, scripts, signal);
          if (next.kind === "proved") answers.push(next.answer);
        } catch (error) {
          // The first was confirmed, and is not lost because the time ended during the second.
          if (!signal.aborted) throw error;
          break;
        }
      }
      return { kind: "proved", verified: first.answer.verified, answers };
    },
    confirm: () => ({ kind: "rejected", reason: "a hole is not refuted by a run" }),
  };
}

async function judgeScript(
  { draft }: ProofJudgeParts,
  reviewer: ProofReviewer,
  task: ProofHoleTask,
  scripts: readonly Script[],
  signal: AbortSignal,
): Promise<{ kind: "proved"; answer: ProofAnswer } | Extract<Judgement, { kind: "rejected" }>> {
  const { document, holes } = task;
  const { edit, texts } = draft(task, scripts);
  const review = await reviewer.review({ document, edit, offset: holes[0]!.start }, signal);
  if (review.kind === "rejected") return review;
  const verified = mint({
    edit,
    textHash: hashText(applyEdit(document.text, edit)),
    baseHash: hashText(document.text),
    evidence: review.evidence,
  });
  return { kind: "proved", answer: { texts, verified } };
}
