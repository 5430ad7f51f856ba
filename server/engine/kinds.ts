import type { AnnotationsChecker, AnnotationsFindings } from "./annotations.ts";
import type { AnnotationsCandidate, Candidate, ScriptCandidate } from "./candidate.ts";
import type { Findings } from "./findings.ts";
import type { Checker, RefutingRun } from "./interfaces.ts";
import type { LoopAnswer, NearMiss, PartialProof, ProofAnswer } from "./outcome.ts";
import type { ProofChecker, ProofFindings } from "./proof.ts";
import type { AnnotationsTask, InvariantsTask, ProofHoleTask } from "./task.ts";

/**
 * What differs from one kind of task to another, in one table. The engine is written once for a kind K and looks the rest up
 * here; a new kind is a new row and the parts that wiring.ts gives for it.
 */
export interface Kinds {
  readonly invariants: {
    readonly task: InvariantsTask;
    readonly candidate: Candidate;
    /** A counterexample that a proposer claims; the judge replays it. */
    readonly run: RefutingRun;
    readonly findings: Findings;
    readonly checker: Checker;
    readonly answers: readonly LoopAnswer[];
    /** The best thing tried, when nothing was proved. */
    readonly nearest: NearMiss;
  };
  readonly annotations: {
    readonly task: AnnotationsTask;
    readonly candidate: AnnotationsCandidate;
    /** Nothing is executed that nobody but Frama-C reads. */
    readonly run: never;
    readonly findings: AnnotationsFindings;
    readonly checker: AnnotationsChecker;
    readonly answers: readonly LoopAnswer[];
    readonly nearest: NearMiss;
  };
  readonly proofHole: {
    readonly task: ProofHoleTask;
    readonly candidate: ScriptCandidate;
    readonly run: never;
    readonly findings: ProofFindings;
    readonly checker: ProofChecker;
    /** The best proof first; each can be applied by itself. */
    readonly answers: readonly ProofAnswer[];
    readonly nearest: PartialProof;
  };
}

export type Kind = keyof Kinds;
