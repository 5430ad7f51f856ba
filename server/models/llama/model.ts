import { type Completion, type Model, ModelError, type SampleRequest } from "../../engine/model.ts";
import { llamaLibrary } from "../../install/llama.ts";
import { HostConnection } from "./connection.ts";
import { modelThreads } from "./cores.ts";
import { isGguf, memoryFor, startHost } from "./launch.ts";
import type { HostAnswer, HostSettings, Timing } from "./protocol.ts";

/** Packages of Touchstone leave the library out: it is larger than all the rest. */
export const NO_LIBRARY =
  "the library that runs local models is not here: 'touchstone model pull' fetches it";

export interface LlamaOptions {
  /** An absolute path to a GGUF file. */
  readonly modelPath: string;
  /** For provenance; `SmolLM2-135M-Instruct Q4_1`. */
  readonly title: string;
  /** By default one less than the cores really available. */
  readonly threads?: number;
  /** `auto` takes a GPU where llama.cpp finds one it has a binary for. */
  readonly gpu?: "auto" | false;
  /** Tokens of prompt and answer together, at most; 4096 by default. */
  readonly contextSize?: number;
  /** Samples side by side; by default 1 on the CPU and 8 on a GPU. */
  readonly sequences?: number;
  /** What the host may hold, in megabytes; by the model's size when absent. */
  readonly memoryMegabytes?: number;
  /** Milliseconds for loading the model; two minutes by default. */
  readonly loadDeadlineMs?: number;
}

/** A local model, in one host process that all samples share. The host is started by the first sample, and again when it died. */
export class LlamaModel implements Model {
  readonly name: string;
  readonly #options: LlamaOptions;
  readonly #closed = new AbortController();
  #connection: HostConnection | null = null;
  #gpu: "auto" | false;
  #timing: Timing = { evaluatedTokens: 0, evaluationMs: 0, tokens: 0, generationMs: 0 };

  constructor(options: LlamaOptions) {
    this.name = `llama:${options.title.replaceAll(" ", "-")}`;
    this.#options = options;
    this.#gpu = options.gpu ?? "auto";
  }

  /** Work done so far by answers that arrived. */
  get timing(): Timing {
    return this.#timing;
  }

  /** The host's process id, for whoever watches it; null before the first sample. */
  get pid(): number | null {
    return this.#connection?.child.pid ?? null;
  }

  /** What the loaded model runs on; loads it if need be. */
  async description(signal: AbortSignal): Promise<Extract<HostAnswer, { event: "ready" }>> {
    return (await this.#connect(signal)).ready;
  }

  async *sample(request: SampleRequest): AsyncGenerator<Completion> {
    const { messages, n, grammar, maxTokens, temperature, seed } = request;
    const signal = AbortSignal.any([request.signal, this.#closed.signal]);
    const connection = await this.#connect(signal);
    const asked = { messages, n, gbnf: grammar?.gbnf ?? null, maxTokens, temperature, seed };
    for await (const completion of connection.sample(asked, signal)) {
      this.#count(completion);
      const { text, finish, promptTokens, tokens, logProbability } = completion;
      yield { text, format: "text", finish, promptTokens, tokens, logProbability };
    }
  }

  async close(): Promise<void> {
    this.#closed.abort(new ModelError("died", "the model was closed"));
    const child = this.#connection?.child;
    child?.hold(true);
    child?.kill();
    await child?.exited;
  }

  async #connect(signal: AbortSignal): Promise<HostConnection> {
    signal.throwIfAborted();
    if (this.#connection === null || !this.#connection.alive) this.#connection = this.#start();
    const connection = this.#connection;
    // Loading takes a second or more: the process must live until then, and the caller may give up earlier.
    connection.child.hold(true);
    try {
      await abortable(connection.ready, signal);
      return connection;
    } catch (error) {
      signal.throwIfAborted();
      // A GPU's driver can bring the host down while it loads; the CPU cannot be missing.
      const crashed = error instanceof ModelError && error.kind === "died" && this.#gpu === "auto";
      if (!crashed) throw error;
      this.#gpu = false;
      return this.#connect(signal);
    }
  }

  #start(): HostConnection {
    const { modelPath, threads, contextSize, sequences, memoryMegabytes, loadDeadlineMs } = this.#options;
    const memory = memoryMegabytes ?? memoryOrRefuse(modelPath);
    const library = llamaLibrary();
    if (library === null) throw new ModelError("refused", NO_LIBRARY);
    const settings: HostSettings = {
      library,
      modelPath,
      threads: threads ?? modelThreads(),
      gpu: this.#gpu,
      contextSize: contextSize ?? 4096,
      sequences: sequences ?? null,
    };
    const child = startHost(settings, memory, this.#closed.signal);
    const connection = new HostConnection(child, memory);
    const limit = loadDeadlineMs ?? 120_000;
    const tooSlow = `the model was not loaded within ${limit / 1000} s: use a smaller one, or check the file`;
    const deadline = setTimeout(() => connection.end(new ModelError("refused", tooSlow)), limit);
    deadline.unref();
    const loaded = () => clearTimeout(deadline);
    connection.ready.then(loaded, loaded);
    return connection;
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

function memoryOrRefuse(modelPath: string): number {
  let gguf: boolean;
  let memory: number;
  try {
    memory = memoryFor(modelPath);
    gguf = isGguf(modelPath);
  } catch {
    throw new ModelError("refused", `cannot read the model ${modelPath}: pull it again, or check the path`);
  }
  if (!gguf)
    throw new ModelError("refused", `${modelPath} is not a GGUF model: pull it again, or check the path`);
  return memory;
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: result, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  return result;
}
