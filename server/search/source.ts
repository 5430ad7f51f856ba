import type { Goal, Premise, TacticFailure } from "./session.ts";

/** A tactic that is worth trying at a state. */
export interface Suggestion {
  /** Sentences applied one after the other; nearly always one. */
  readonly tactics: readonly string[];
  /** Minus the natural logarithm of how likely it helps: 0 for a certainty, 2 for one in seven. */
  readonly cost: number;
  /** Milliseconds that the prover may take for each. */
  readonly deadlineMs: number;
  /** What the bandit learns about; the source's name where there is no finer one. */
  readonly arm?: string;
  /** The one tactic is a search of the prover's own: its answers are tactics, which are tried in its place. */
  readonly asks?: true;
}

/** A tactic that failed at a state. */
export interface Failed {
  readonly tactic: string;
  readonly failure: TacticFailure;
  readonly message: string;
}

/** A state as the sources see it: tactics work on the first goal. */
export interface Position {
  readonly goals: readonly Goal[];
  readonly goal: Goal;
  readonly depth: number;
  /** Tactics from the hole to here. */
  readonly script: readonly string[];
  /** The step that led here, null at the hole. */
  readonly last: string | null;
  /** What failed here so far, the latest last. */
  readonly failures: readonly Failed[];
  /** Premises in scope that look relevant to the goal, the best first. */
  readonly relevant: readonly Premise[];
}

/** A source of tactics: automation, structure, neighbours, a model. Peers under one budget. */
export interface TacticSource {
  readonly name: string;
  readonly kind: "symbolic" | "model";
  /** Tactics for a new state, at once: this is called for every state and must cost next to nothing. */
  suggest?(position: Position): Iterable<Suggestion>;
  /** Other tactics after one failed, by the class of its failure. */
  repair?(position: Position, failed: Failed): Iterable<Suggestion>;
  /** A slow source: asked for one state at a time beside the search. Ends when it has nothing (more) for the state. */
  sample?(position: Position, signal: AbortSignal): AsyncIterable<Suggestion>;
}
