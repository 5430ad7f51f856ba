import type { ProofSession } from "../search/session.ts";
import type { ScriptCandidate } from "./candidate.ts";
import type { Event } from "./event.ts";
import type { PartialProof } from "./outcome.ts";
import type { Verdict } from "./verdict.ts";

/** Opens budgeted sessions at one hole and replays scripts there. Made for one run and closed with it. */
export interface ProofChecker {
  /** A session whose every `apply` is charged to the run. It is closed with the checker at the latest. */
  open(signal: AbortSignal): Promise<ProofSession>;
  /** Replays a whole script in a session that no search has used. */
  check(candidate: ScriptCandidate, signal: AbortSignal): Promise<Verdict>;
  close(): Promise<void>;
}

/** What a run has learned about its hole. */
export interface ProofFindings {
  /** Grows with everything that could make another round worth its while. */
  revision: number;
  /** The furthest that a search came. */
  partial: PartialProof | null;
}

/** A tactic that a search tried, as the stream tells it. */
export type StepEvent = Omit<Extract<Event, { type: "step" }>, "at">;
