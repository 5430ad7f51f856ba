/**
 * A proof assistant as the search sees it (after LeanDojo, Yang et al., NeurIPS 2023). Coq and Lean implement it in provers/;
 * the search knows no prover. A state is a name for a proof script prefix: the session may forget and replay it at any time.
 */

/** Names a state of one session; equal strings are the same state. */
export type StateId = string & { readonly state: unique symbol };

/** One hypothesis; several names share a type as in `n m : nat`. */
export interface Hypothesis {
  readonly names: readonly string[];
  readonly type: string;
  /** The value of a `let`-bound hypothesis. */
  readonly body: string | null;
}

/** One open goal, printed by the prover itself. */
export interface Goal {
  /** The prover's own tag for the case (`case succ`), or null. */
  readonly name: string | null;
  readonly hypotheses: readonly Hypothesis[];
  readonly conclusion: string;
}

/** What went wrong, so that the search can answer each class in its own way. */
export type TacticFailure =
  | "unknown name"
  | "type mismatch"
  | "no progress"
  | "time-out"
  | "refused" // by the screen or the safety policy: it never reached the prover
  | "crash" // the process died; the session has recovered
  | "other";

/** What a tactic did. `done` means no goals, no errors, nothing given up or shelved; the judge still has the last word. */
export type TacticResult =
  | { readonly kind: "progress"; readonly state: StateId; readonly goals: readonly Goal[] }
  | { readonly kind: "done"; readonly state: StateId }
  | { readonly kind: "error"; readonly failure: TacticFailure; readonly message: string };

/** A tactic to be tried, and milliseconds of the prover's work for it. */
export interface Try {
  readonly tactic: string;
  readonly deadlineMs: number;
}

/** What one of several tries came to, and the milliseconds it took. */
export interface Tried {
  readonly result: TacticResult;
  readonly ms: number;
}

/** A name in scope at the hole: lemma, definition, constructor or hypothesis of the section. */
export interface Premise {
  readonly name: string;
  readonly statement: string;
  /** The proof as written, when it stands in the same file; for prompts and neighbours. */
  readonly proof: string | null;
}

/** One open hole. Calls are answered in order; a session is used by one search at a time. */
export interface ProofSession {
  /** The state at the hole, and its goals. */
  readonly root: StateId;
  readonly goals: readonly Goal[];
  /** What has to stand around a script in the file: `{` and `}` where the hole is one goal of several; mostly empty. */
  readonly frame: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Applies one tactic (one sentence). Milliseconds of the prover's work; stopping it stops the prover. */
  apply(state: StateId, tactic: string, deadlineMs: number, signal: AbortSignal): Promise<TacticResult>;
  /** Applies each of several tactics to the same state, in order: the same as one by one, in one exchange with the prover. */
  applyEach?(state: StateId, tries: readonly Try[], signal: AbortSignal): Promise<readonly Tried[]>;
  /**
   * Runs one of the prover's own searches (`exact?`, as the source names it) at a state and gives the tactics that it answers with.
   * Nothing was applied: each is tried as its own text. Empty where it finds nothing in its time.
   */
  ask?(state: StateId, query: string, deadlineMs: number, signal: AbortSignal): Promise<readonly string[]>;
  /** Small values at which the theorem is false, as the prover decides it (`n := 1, xs := [0]`); null where it finds none. */
  falsify?(signal: AbortSignal): Promise<string | null>;
  /** What the file itself states and defines before the hole, nearest first; where `premises` takes long, since libraries are asked. */
  near?(): readonly Premise[];
  /** What may be used at the hole, nearest first. Computed once and kept. */
  premises(signal: AbortSignal): Promise<readonly Premise[]>;
  /** The tactics from the root to a state. */
  script(state: StateId): readonly string[];
  /** Ends the processes; resolves when they are gone. Idempotent. */
  close(): Promise<void>;
}

/** What opening a hole came to. `failed`: what stands before the hole is wrong, or the prover could not be used; offsets are UTF-16. */
export type Opened =
  | { readonly kind: "open"; readonly session: ProofSession }
  | {
      readonly kind: "failed";
      /** What is wrong and what to do, without the file's name. */
      readonly message: string;
      /** The part of the text that is to blame, where one is. */
      readonly span: { readonly start: number; readonly end: number } | null;
    };

/** A prover that can open holes of a file. */
export interface ProofAssistant {
  /** Program, version and build, for evidence: `coq 8.16.1`, `lean 4.28-pre (embedded)`. */
  readonly name: string;
  readonly language: "coq" | "lean";
  /**
   * Elaborates what stands before the hole and gives its state. `offset` is in UTF-16 units into `text`; what stands there
   * and after it is not read, except to tell an `admit` (its goal alone is the hole) from the rest of a proof.
   */
  open(
    hole: { readonly file: string; readonly text: string; readonly offset: number },
    signal: AbortSignal,
  ): Promise<Opened>;
  /** Ends the processes that are kept warm between holes. Idempotent. */
  close(): Promise<void>;
}
