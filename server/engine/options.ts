/** What a run may spend and which proposers take part. All have defaults in `defaultOptions`. */
export interface RunOptions {
  /**
   * Wall-clock budget of one task in milliseconds, judging included; but the judge of a proof hole has time of its own
   * (`EngineParts.judgeMs`), so that what was found in time is not lost.
   */
  readonly timeoutMs: number;
  /** Solver queries. */
  readonly maxChecks: number;
  /** Model tokens, prompt and answer together. */
  readonly maxTokens: number;
  /** Candidates taken from proposers. */
  readonly maxCandidates: number;
  readonly seed: number;
  readonly only: "model" | "symbolic" | null;
  /** Proposers switched off by name. */
  readonly without: readonly string[];
}

export const defaultOptions: RunOptions = {
  timeoutMs: 10_000,
  maxChecks: 5_000,
  maxTokens: 20_000,
  maxCandidates: 100_000,
  seed: 1,
  only: null,
  without: [],
};

/** Milliseconds for a function when Frama-C has to prove it, too: it starts slowly and asks its solvers goal by goal. */
export const WITH_FRAMA_C_MS = 120_000;
