import OpenAI from "openai";
import { type Completion, type Model, ModelError, type SampleRequest } from "../../engine/model.ts";
import { estimateTokens, TokenBudget } from "../budget.ts";
import { type Redactor, redactor } from "../redaction.ts";
import { type Answer, readAnswer } from "./answer.ts";
import {
  type ConstraintWay,
  constraintFields,
  constraintWays,
  type Dialect,
  firstDialect,
  simplerDialect,
} from "./constraint.ts";
import type { Endpoint } from "./endpoint.ts";
import { classifyFailure } from "./failure.ts";
import { boundedFetch, defaultExchangeLimits, type ExchangeLimits } from "./fetch.ts";
import { defaultRetryPolicy, type RetryPolicy, withRetries } from "./retry.ts";

export interface OpenAiOptions {
  readonly endpoint: Endpoint;
  /** The name that the server knows the model by. */
  readonly model: string;
  /** How answers are bound to a grammar; when absent, found out by trying. */
  readonly constraint?: ConstraintWay;
  readonly budget?: TokenBudget;
  readonly retry?: RetryPolicy;
  readonly limits?: ExchangeLimits;
  /** Requests side by side when the server gives one answer at a time. */
  readonly concurrency?: number;
}

/** A model behind an OpenAI-compatible endpoint (chat completions): OpenAI, llama-server, vLLM, Ollama, … */
export class OpenAiModel implements Model {
  readonly name: string;
  readonly budget: TokenBudget;
  readonly #options: OpenAiOptions;
  readonly #client: OpenAI;
  readonly #redact: Redactor;
  readonly #closed = new AbortController();
  /** What the server was found to take, by the first requests. */
  #dialect: Dialect;

  constructor(options: OpenAiOptions) {
    const { endpoint } = options;
    this.#options = options;
    this.#redact = redactor([endpoint.key]);
    this.name = this.#redact(`openai:${options.model}`);
    this.budget = options.budget ?? new TokenBudget();
    this.#dialect = firstDialect(options.constraint);
    this.#client = new OpenAI({
      baseURL: endpoint.baseUrl,
      // The library insists on a key; where there is none, no header is sent.
      apiKey: endpoint.key ?? "none",
      ...(endpoint.key === null ? { defaultHeaders: { Authorization: null } } : {}),
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      maxRetries: 0,
      // The bounded fetch has the deadline; the library's own covers the headers only.
      timeout: 2 ** 31 - 1,
      logLevel: "off",
      fetch: boundedFetch(options.limits ?? defaultExchangeLimits),
    });
  }

  /** Yields completions as requests are answered, topping up until there are `n`. Throws `ModelError` when nothing more comes. */
  async *sample(request: SampleRequest): AsyncGenerator<Completion> {
    const signal = AbortSignal.any([request.signal, this.#closed.signal]);
    let missing = request.n;
    let sent = 0;
    let given = 0;
    while (missing > 0) {
      signal.throwIfAborted();
      const answers = await this.#round(request, missing, sent, signal);
      const before = missing;
      for (const { asked, answer } of answers) {
        sent += asked;
        // Withheld answers count as given: asking again would be withheld again, at a price.
        missing -= answer.withheld;
        for (const completion of answer.completions) {
          if (missing <= 0) return;
          missing -= 1;
          given += 1;
          yield completion;
        }
      }
      if (missing === before)
        throw new ModelError("garbage", `the model at ${this.#options.endpoint.baseUrl} sends no answers`);
    }
    if (given === 0 && request.n > 0)
      throw new ModelError("refused", `the model at ${this.#options.endpoint.baseUrl} withheld every answer`);
  }

  async close(): Promise<void> {
    this.#closed.abort(new ModelError("died", "the model was closed"));
  }

  /** One request for all that is missing, or several for one answer each where the server does not honour `n`. */
  async #round(
    request: SampleRequest,
    missing: number,
    sent: number,
    signal: AbortSignal,
  ): Promise<{ asked: number; answer: Answer }[]> {
    if (this.#dialect.several || missing === 1) return [await this.#ask(request, missing, sent, signal)];
    const width = Math.min(missing, this.#options.concurrency ?? 4);
    const results = await Promise.allSettled(
      Array.from({ length: width }, (_, i) => this.#ask(request, 1, sent + i, signal)),
    );
    signal.throwIfAborted();
    const answers = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    // Some answers are better than none: the failure is met again by the next round.
    const failed = results.find((result) => result.status === "rejected");
    if (answers.length === 0 && failed !== undefined) throw failed.reason;
    return answers;
  }

  async #ask(
    request: SampleRequest,
    wanted: number,
    seedOffset: number,
    signal: AbortSignal,
  ): Promise<{ asked: number; answer: Answer }> {
    const { endpoint, model, retry, constraint } = this.#options;
    const promptText = request.messages.map(({ content }) => content).join("\n");
    const promptTokens = estimateTokens(promptText);
    for (;;) {
      const dialect = this.#dialect;
      const n = Math.max(
        1,
        this.budget.affordable(promptTokens, request.maxTokens, dialect.several ? wanted : 1),
      );
      const fields = requestFields(model, request, dialect, n, request.seed + seedOffset);
      const outcome = await withRetries(
        async () => {
          const reservation = this.budget.reserve(promptTokens + n * request.maxTokens);
          let used = 0;
          try {
            const body: unknown = await this.#client.chat.completions.create(fields, { signal });
            const schema = request.grammar !== null && dialect.way === "schema";
            const answer = readAnswer(body, { schema, promptText });
            used = answer?.tokensUsed ?? promptTokens;
            if (answer === null) throw new SyntaxError("not a chat completion");
            return answer;
          } finally {
            reservation.settle(used);
          }
        },
        (error) =>
          error instanceof ModelError
            ? { kind: "final", error }
            : classifyFailure(error, endpoint, model, this.#redact),
        retry ?? defaultRetryPolicy,
        signal,
      );
      if (outcome.kind === "answer") {
        this.#learn(dialect, request, n, outcome.value);
        return { asked: n, answer: outcome.value };
      }
      const { failure } = outcome;
      if (failure.kind !== "notTaken") throw failure.error;
      const constrained = request.grammar !== null;
      const simpler = simplerDialect(dialect, failure.parameter, {
        constrained,
        fixedWay: constraint !== undefined,
        n,
      });
      if (simpler === null) throw failure.error;
      // Another request may have learned the same meanwhile; its finding stands.
      if (this.#dialect === dialect) this.#dialect = simpler;
    }
  }

  /** Draws conclusions from an answer that came, but not as it was asked for. */
  #learn(dialect: Dialect, request: SampleRequest, n: number, answer: Answer): void {
    if (this.#dialect !== dialect) return;
    const got = answer.completions.length + answer.withheld;
    if (n > 1 && got < n) this.#dialect = { ...this.#dialect, several: false };
    const whole = answer.completions.filter(({ finish }) => finish === "stop");
    const ignored = whole.length > 0 && whole.every(({ format }) => format === "text");
    if (request.grammar === null || this.#options.constraint !== undefined) return;
    if (dialect.way === "schema" && ignored) this.#dialect = { ...this.#dialect, way: constraintWays[1]! };
  }
}

function requestFields(
  model: string,
  request: SampleRequest,
  dialect: Dialect,
  n: number,
  seed: number,
): OpenAI.ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    [dialect.limitField]: request.maxTokens,
    stream: false,
    ...(n > 1 ? { n } : {}),
    ...(dialect.temperature ? { temperature: request.temperature } : {}),
    ...(dialect.seed ? { seed } : {}),
    ...(dialect.logprobs ? { logprobs: true } : {}),
    ...(request.grammar === null ? {} : constraintFields(dialect.way, request.grammar)),
  };
}
