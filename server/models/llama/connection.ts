import { createInterface } from "node:readline";
import type { Child, Exit } from "../../../provers/process/child.ts";
import { ModelError } from "../../engine/model.ts";
import type { HostAnswer, HostCompletion, HostRequest } from "./protocol.ts";

type Ready = Extract<HostAnswer, { event: "ready" }>;
type Sample = Omit<Extract<HostRequest, { op: "sample" }>, "op" | "id">;
type Vectors = readonly (readonly number[])[];
type Update = HostCompletion | Vectors | "done" | ModelError;

/** Waits for the answers to one request. */
interface Waiting {
  readonly updates: Update[];
  wake(): void;
}

/** Our end of one model host, from its start to its end. */
export class HostConnection {
  readonly child: Child;
  /** Rejects with a `ModelError` when the host cannot load its model. */
  readonly ready: Promise<Ready>;
  readonly #memoryMegabytes: number;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #ended: ModelError | null = null;
  #verdict: ModelError | null = null;

  constructor(child: Child, memoryMegabytes: number) {
    this.child = child;
    this.#memoryMegabytes = memoryMegabytes;
    const { promise, resolve, reject } = Promise.withResolvers<Ready>();
    this.ready = promise;
    // Whoever asks for a sample awaits it; until then a failure is not unhandled.
    promise.catch(() => {});
    createInterface({ input: child.stdout }).on("line", (line) => {
      const answer = parse(line);
      if (answer === null) return;
      if (answer.event === "ready") resolve(answer);
      else if (answer.event === "unusable")
        reject(new ModelError("refused", `the model cannot be loaded: ${answer.message}`));
      else this.#deliver(answer);
    });
    child.exited.then((exit) => {
      this.#ended = this.#verdict ?? new ModelError("died", this.#obituary(exit));
      reject(this.#ended);
      for (const waiting of this.#waiting.values()) {
        waiting.updates.push(this.#ended);
        waiting.wake();
      }
    });
    this.#holdWhileBusy();
  }

  /** True until the host is gone. */
  get alive(): boolean {
    return this.#ended === null;
  }

  /** Kills the host, for a reason that all who wait for it are told. */
  end(reason: ModelError): void {
    this.#verdict ??= reason;
    this.child.kill();
  }

  /** Asks for samples. Leaving the loop, or an abort, stops the host's work on them within a token. */
  async *sample(request: Sample, signal: AbortSignal): AsyncGenerator<HostCompletion> {
    for await (const update of this.#ask({ op: "sample", ...request }, signal))
      if (!isVectors(update)) yield update;
  }

  /** Asks for a vector for each text. An abort stops the host's work before the next text. */
  async embed(texts: readonly string[], signal: AbortSignal): Promise<Vectors> {
    let vectors: Vectors = [];
    for await (const update of this.#ask({ op: "embed", texts }, signal))
      if (isVectors(update)) vectors = update;
    return vectors;
  }

  async *#ask(
    request:
      | ({ readonly op: "sample" } & Sample)
      | { readonly op: "embed"; readonly texts: readonly string[] },
    signal: AbortSignal,
  ): AsyncGenerator<HostCompletion | Vectors> {
    if (this.#ended !== null) throw this.#ended;
    const id = this.#nextId++;
    let wake = () => {};
    const waiting: Waiting = { updates: [], wake: () => wake() };
    this.#waiting.set(id, waiting);
    this.#holdWhileBusy();
    const onAbort = () => wake();
    signal.addEventListener("abort", onAbort);
    let finished = false;
    try {
      this.#send({ id, ...request });
      for (;;) {
        signal.throwIfAborted();
        const update = waiting.updates.shift();
        if (update === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        finished = update === "done" || update instanceof ModelError;
        if (update === "done") return;
        if (update instanceof ModelError) throw update;
        yield update;
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.#waiting.delete(id);
      if (!finished) this.#send({ op: "cancel", id });
      this.#holdWhileBusy();
    }
  }

  #send(request: HostRequest): void {
    if (this.alive) this.child.stdin.write(`${JSON.stringify(request)}\n`);
  }

  #deliver(answer: Exclude<HostAnswer, { event: "ready" | "unusable" }>): void {
    // Nobody waits any more for what was cancelled.
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    if (answer.event === "vectors") waiting.updates.push(answer.vectors);
    else if (answer.event === "completion") waiting.updates.push(answer.completion);
    else if (answer.event === "done") waiting.updates.push("done");
    else waiting.updates.push(new ModelError(answer.kind, answer.message));
    waiting.wake();
  }

  /** An idle host must not keep a command from ending. */
  #holdWhileBusy(): void {
    this.child.hold(this.#waiting.size > 0);
  }

  #obituary(exit: Exit): string {
    const again = "the next request starts it again";
    switch (exit.kind) {
      case "memory":
        return `the model host held more than ${this.#memoryMegabytes} MB of memory and was ended: use a smaller model`;
      case "killed":
        return `the model host was killed (${exit.signal}), perhaps because memory ran out; ${again}`;
      case "notStarted":
        return `the model host could not be started: ${exit.message}`;
      case "exited": {
        const last = this.child.stderrTail().trim().split("\n").at(-1)?.trim();
        return `the model host ended by itself (status ${exit.status})${last ? `: ${last.slice(0, 300)}` : ""}; ${again}`;
      }
    }
  }
}

function isVectors(update: HostCompletion | Vectors): update is Vectors {
  return Array.isArray(update);
}

/** llama.cpp may print what it likes; only our own lines count. */
function parse(line: string): HostAnswer | null {
  if (!line.startsWith('{"event":')) return null;
  try {
    return JSON.parse(line) as HostAnswer;
  } catch {
    return null;
  }
}
