import type { RunOptions } from "./options.ts";
import type { Counts } from "./outcome.ts";

/** One budget for a run: time, solver checks, model tokens, candidates. Everything that works is charged here. */
export class Budget {
  readonly startedAt: number;
  readonly #options: RunOptions;
  readonly #now: () => number;
  proposed = 0;
  parsed = 0;
  screened = 0;
  checks = 0;
  tokens = 0;

  constructor(options: RunOptions, now: () => number = () => performance.now()) {
    this.#options = options;
    this.#now = now;
    this.startedAt = now();
  }

  get elapsedMs(): number {
    return this.#now() - this.startedAt;
  }

  /** Milliseconds left, never negative. */
  get remainingMs(): number {
    return Math.max(0, this.#options.timeoutMs - this.elapsedMs);
  }

  get remainingTokens(): number {
    return Math.max(0, this.#options.maxTokens - this.tokens);
  }

  /** What ran out first, or null while work may go on; `graceMs` is time beyond the limit. The words are shown to the user. */
  exhausted(graceMs = 0): string | null {
    if (this.elapsedMs >= this.#options.timeoutMs + graceMs)
      return `the time limit of ${this.#options.timeoutMs / 1000} s was reached`;
    if (this.checks >= this.#options.maxChecks)
      return `the limit of ${this.#options.maxChecks} solver checks was reached`;
    if (this.proposed >= this.#options.maxCandidates)
      return `the limit of ${this.#options.maxCandidates} candidates was reached`;
    return null;
  }

  counts(): Counts {
    const { proposed, parsed, screened, checks, tokens } = this;
    return { proposed, parsed, screened, checks, tokens, ms: Math.round(this.elapsedMs) };
  }
}
