import { setTimeout as sleep } from "node:timers/promises";
import { ModelError } from "../../engine/model.ts";
import type { Failure } from "./failure.ts";

/** How often and how long a transient failure is waited out. */
export interface RetryPolicy {
  /** Tries in all. */
  readonly attempts: number;
  /** Milliseconds before the second try; doubled for each later one. */
  readonly firstDelayMs: number;
  /** The longest single wait that is accepted, also when the server asks for more. */
  readonly longestDelayMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { attempts: 4, firstDelayMs: 500, longestDelayMs: 60_000 };

export type Outcome<T> =
  | { readonly kind: "answer"; readonly value: T }
  /** Another try of the same request cannot mend it. */
  | { readonly kind: "failed"; readonly failure: Failure };

/**
 * Tries `attempt` until it succeeds, fails for good, or the policy is exhausted. The openai library's own retries are not used:
 * they sleep through an abort. Throws only what `classify` does not know, and the reason of `signal`.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  classify: (error: unknown) => Failure | null,
  policy: RetryPolicy,
  signal: AbortSignal,
): Promise<Outcome<T>> {
  for (let tried = 1; ; tried += 1) {
    signal.throwIfAborted();
    try {
      return { kind: "answer", value: await attempt() };
    } catch (error) {
      signal.throwIfAborted();
      const failure = classify(error);
      if (failure === null) throw error;
      if (failure.kind !== "transient" || tried >= policy.attempts) return { kind: "failed", failure };
      const delay = failure.afterMs ?? policy.firstDelayMs * 2 ** (tried - 1);
      if (delay > policy.longestDelayMs) return { kind: "failed", failure: tooLong(failure.error, delay) };
      // The timer rejects with an AbortError of its own; the caller's reason is what must come out.
      await sleep(delay, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

function tooLong(error: ModelError, delayMs: number): Failure {
  const message = `${error.message}; it asks to wait ${Math.ceil(delayMs / 1000)} s`;
  return { kind: "final", error: new ModelError(error.kind, message) };
}
