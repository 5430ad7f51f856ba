import type { Opened } from "../search/session.ts";
import type { ScriptCandidate } from "./candidate.ts";
import type { Event } from "./event.ts";
import type { PartialProof } from "./outcome.ts";
import type { Document } from "./task.ts";
import type { Evidence, Verdict } from "./verdict.ts";
import type { Edit } from "./verified.ts";

/** Opens budgeted sessions at one hole and replays scripts there. Made for one run and closed with it. */
export interface ProofChecker {
  /** A session at one of the task's holes, whose every `apply` is charged to the run. It is closed with the checker at the latest. */
  open(hole: number, signal: AbortSignal): Promise<Opened>;
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
  /** Candidates, as shown, that were turned down, each with the reason. */
  readonly rejected: Map<string, string>;
}

/** A tactic that a search tried, as the stream tells it. */
export type StepEvent = Omit<Extract<Event, { type: "step" }>, "at">;

/** What a proof assistant is asked to judge: a document and the edit that fills holes in the proof of one theorem. */
export interface ReviewRequest {
  readonly document: Document;
  readonly edit: Edit;
  /** The place of a hole that the edit fills: it says which theorem is meant. UTF-16 offset into the unedited text. */
  readonly offset: number;
}

/** `final`: the reason lies in the file or the project, and every other proof would be rejected for it. */
export type Review =
  | { readonly kind: "proved"; readonly evidence: Evidence }
  | { readonly kind: "rejected"; readonly reason: string; readonly final?: boolean };

/**
 * The judge's hand on one proof assistant (safety.md 11, 12): a fresh process reads the text as it will stand. All holes of the
 * theorem have to be filled by the edit: a proof with a hole left is conditional on it, and never proved (soundness.md 14).
 */
export interface ProofReviewer {
  review(request: ReviewRequest, signal: AbortSignal): Promise<Review>;
}
