/**
 * One Coq process with one linear document, native or embedded. A place in the document is an id that the process gave;
 * going back to it forgets all that came after. The session above keeps the tree of scripts.
 */
export interface Toplevel {
  /** `coq 8.16.1`. */
  readonly version: string;
  /** False once the process has died or was killed; nothing may be asked of it then. */
  readonly alive: boolean;
  /** The place before the first sentence. */
  readonly start: number;
  /** Goes back to a place, runs sentences from there, each exactly one, and tells the goals at the end. */
  run(from: number, sentences: readonly string[], limits: Limits): Promise<Ran>;
  /**
   * Runs each of several sentences at a place, each as if the others were not there. Answers for as many as it came to: after
   * one that was late or killed the process the rest has not been tried. Where it is missing, `run` does the same one by one.
   */
  runEach?(from: number, tries: readonly TimedSentence[], signal: AbortSignal): Promise<readonly TimedRan[]>;
  /** Asks a question (`Search …`, `About …`) at a place that was reached; the document stays as it is. */
  query(at: number, command: string, limits: Limits): Promise<Answered>;
  /** Kills the process and resolves when it is gone. Idempotent. */
  close(): Promise<void>;
}

export interface TimedSentence {
  readonly sentence: string;
  /** Milliseconds of the prover's work. */
  readonly deadlineMs: number;
}

export interface TimedRan {
  readonly ran: Ran;
  readonly ms: number;
}

export interface Limits {
  /** Milliseconds of the prover's work; then it is interrupted, and killed when it does not heed that. */
  readonly deadlineMs: number;
  /** Aborting interrupts the prover as the deadline does; the call then rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

export type Ran =
  | {
      readonly kind: "ok";
      /** A place for each sentence. */
      readonly places: readonly number[];
      /** Null outside a proof. */
      readonly goals: OpenGoals | null;
      /** What was printed beside: notices and warnings. */
      readonly notices: readonly string[];
      /** True when a sentence assumed something: `admit`, `Admitted`, an axiom. */
      readonly assumed: boolean;
    }
  | {
      readonly kind: "error";
      /** The sentence that failed; those before it ran, and their places hold. */
      readonly index: number;
      readonly places: readonly number[];
      readonly message: string;
    }
  | { readonly kind: "late" }
  | { readonly kind: "died"; readonly message: string };

export type Answered =
  | { readonly kind: "answer"; readonly texts: readonly string[] }
  | { readonly kind: "error"; readonly message: string }
  | { readonly kind: "late" }
  | { readonly kind: "died"; readonly message: string };

/** A goal as Coq prints it. */
export interface PrintedGoal {
  readonly name: string | null;
  /** `n, m : nat`, `x := 0 : nat`. */
  readonly hypotheses: readonly string[];
  readonly conclusion: string;
}

/** All goals of an open proof. Only the focused ones can be worked on. */
export interface OpenGoals {
  readonly focused: readonly PrintedGoal[];
  /** Those behind bullets and braces. */
  readonly unfocused: readonly PrintedGoal[];
  readonly shelved: readonly PrintedGoal[];
  readonly givenUp: readonly PrintedGoal[];
}
