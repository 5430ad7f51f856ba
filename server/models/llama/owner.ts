import { ModelError } from "../../engine/model.ts";
import { llamaLibrary } from "../../install/llama.ts";
import { HostConnection } from "./connection.ts";
import { modelThreads } from "./cores.ts";
import { isGguf, memoryFor, startHost } from "./launch.ts";
import type { HostSettings } from "./protocol.ts";

/** Packages of Touchstone leave the library out: it is larger than all the rest. */
export const NO_LIBRARY =
  "the library that runs local models is not here: 'touchstone model pull' fetches it";

/** How a local model is run. */
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

/** One host process for one model. It is started by whoever first asks for it, and again when it died. */
export class HostOwner {
  readonly #options: LlamaOptions;
  readonly #task: HostSettings["task"];
  readonly #closed = new AbortController();
  #connection: HostConnection | null = null;
  #gpu: "auto" | false;

  constructor(options: LlamaOptions, task: HostSettings["task"]) {
    this.#options = options;
    this.#task = task;
    this.#gpu = options.gpu ?? "auto";
  }

  /** Aborts when the owner is closed. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** The host's process id; null before it was started. */
  get pid(): number | null {
    return this.#connection?.child.pid ?? null;
  }

  async close(): Promise<void> {
    this.#closed.abort(new ModelError("died", "the model was closed"));
    const child = this.#connection?.child;
    child?.hold(true);
    child?.kill();
    await child?.exited;
  }

  /** The host with its model loaded. Rejects with a `ModelError` when that cannot be. */
  async connect(signal: AbortSignal): Promise<HostConnection> {
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
      return this.connect(signal);
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
      task: this.#task,
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
