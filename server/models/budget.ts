import { ModelError } from "../engine/model.ts";

/** Tokens and requests that a command may spend with a model that costs money. */
export interface BudgetLimits {
  /** Prompt and answer together. */
  readonly tokens: number;
  readonly requests: number;
}

export const defaultLimits: BudgetLimits = { tokens: 2_000_000, requests: 10_000 };

/** Tokens set aside for a request that is under way. */
export interface Reservation {
  /** Replaces the estimate by what the server says was used. */
  settle(tokens: number): void;
}

/**
 * A hard budget. The worst case of a request is set aside before it is sent, and its actual usage charged afterwards, so that
 * requests which run side by side cannot overrun it together.
 */
export class TokenBudget {
  readonly limits: BudgetLimits;
  #spent = 0;
  #reserved = 0;
  #requests = 0;

  constructor(limits: BudgetLimits = defaultLimits) {
    this.limits = limits;
  }

  get spent(): number {
    return this.#spent;
  }

  get requests(): number {
    return this.#requests;
  }

  /** How many answers of at most `answer` tokens to a prompt of `prompt` tokens are affordable: 0 … `wanted`. */
  affordable(prompt: number, answer: number, wanted: number): number {
    if (this.#requests >= this.limits.requests) return 0;
    const left = this.limits.tokens - this.#spent - this.#reserved - prompt;
    return Math.max(0, Math.min(wanted, Math.floor(left / Math.max(1, answer))));
  }

  /** Sets `tokens` aside and counts a request. Throws a `ModelError` when they are not there. */
  reserve(tokens: number): Reservation {
    if (
      this.#requests >= this.limits.requests ||
      this.#spent + this.#reserved + tokens > this.limits.tokens
    ) {
      const { limits } = this;
      throw new ModelError(
        "budget",
        `the model's budget is used up (${this.#spent} of ${limits.tokens} tokens, ${this.#requests} of ${limits.requests} requests): raise TOUCHSTONE_TOKEN_BUDGET, or go on without the model`,
      );
    }
    this.#requests += 1;
    this.#reserved += tokens;
    let open = true;
    return {
      settle: (used) => {
        if (!open) return;
        open = false;
        this.#reserved -= tokens;
        this.#spent += Math.max(0, used);
      },
    };
  }
}

/** A rough count for texts whose server does not count: code has about three characters a token. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 3);
}
