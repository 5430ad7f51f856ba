import type { Completion, Model, SampleRequest } from "../../engine/model.ts";
import { HostOwner, type LlamaOptions } from "./owner.ts";
import type { HostAnswer, Timing } from "./protocol.ts";

/** A local model, in one host process that all samples share. The host is started by the first sample, and again when it died. */
export class LlamaModel implements Model {
  readonly name: string;
  readonly #host: HostOwner;
  #timing: Timing = { evaluatedTokens: 0, evaluationMs: 0, tokens: 0, generationMs: 0 };

  constructor(options: LlamaOptions) {
    this.name = `llama:${options.title.replaceAll(" ", "-")}`;
    this.#host = new HostOwner(options, "sample");
  }

  /** Work done so far by answers that arrived. */
  get timing(): Timing {
    return this.#timing;
  }

  /** The host's process id, for whoever watches it; null before the first sample. */
  get pid(): number | null {
    return this.#host.pid;
  }

  /** What the loaded model runs on; loads it if need be. */
  async description(signal: AbortSignal): Promise<Extract<HostAnswer, { event: "ready" }>> {
    return (await this.#host.connect(signal)).ready;
  }

  async *sample(request: SampleRequest): AsyncGenerator<Completion> {
    const { messages, n, grammar, maxTokens, temperature, seed } = request;
    const signal = AbortSignal.any([request.signal, this.#host.closed]);
    const connection = await this.#host.connect(signal);
    const asked = { messages, n, gbnf: grammar?.gbnf ?? null, maxTokens, temperature, seed };
    for await (const completion of connection.sample(asked, signal)) {
      this.#count(completion);
      const { text, finish, promptTokens, tokens, logProbability } = completion;
      yield { text, format: "text", finish, promptTokens, tokens, logProbability };
    }
  }

  close(): Promise<void> {
    return this.#host.close();
  }

  #count({ evaluatedTokens, evaluationMs, tokens, generationMs }: Timing): void {
    const before = this.#timing;
    this.#timing = {
      evaluatedTokens: before.evaluatedTokens + evaluatedTokens,
      evaluationMs: before.evaluationMs + evaluationMs,
      tokens: before.tokens + tokens,
      generationMs: before.generationMs + generationMs,
    };
  }
}
