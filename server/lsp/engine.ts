import { extname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "../../provers/process/child.ts";
import type { ListedModel } from "../install/models.ts";
import type {
  AnyEvent,
  Command,
  GroupResult,
  ReadGroup,
  Reading,
  Reply,
  RunRequest,
  Text,
} from "./host/messages.ts";
import type { SetupFinding } from "./protocol.ts";

/** A request that was not served. `kind` as in the engine's messages, and `gone` when its process ended under it. */
export class EngineError extends Error {
  override name = "EngineError";
  readonly kind: "wrong" | "bug" | "gone";

  constructor(kind: EngineError["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface EngineOptions {
  /** The environment of the engine: ours, the settings that are variables, and the secrets. Asked for at each start. */
  readonly environment: () => Readonly<Record<string, string>>;
  readonly log: (message: string) => void;
  /** How long a cancelled request may take before its process is killed. */
  readonly graceMs?: number;
  /** An engine that nobody asked anything for so long is ended, to give its memory back. */
  readonly idleMs?: number;
  /** An engine with something to do that is silent for so long is stuck. */
  readonly silentMs?: number;
}

interface Pending {
  readonly receive: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
}

const MEMORY = { megabytes: 3_000, of: "resident" } as const;

/**
 * The engine process seen from the server. It is started when it is first needed, started again after a crash, and killed when
 * it does not stop what was cancelled: sampling and reading are computations, which hear nothing while they go on.
 */
export class Engine {
  readonly #options: Required<EngineOptions>;
  #child: Child | null = null;
  readonly #pending = new Map<number, Pending>();
  #next = 1;
  #idle: NodeJS.Timeout | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #heard = 0;
  #closed = false;

  constructor(options: EngineOptions) {
    this.#options = { graceMs: 600, idleMs: 300_000, silentMs: 60_000, ...options };
  }

  /** The process that computes; null while there is none. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Starts the process ahead of the first request. */
  prepare(): void {
    this.#start();
    this.#rest();
  }

  run(
    request: RunRequest,
    listener: { events(events: readonly AnyEvent[]): void; result(result: GroupResult): void },
    signal: AbortSignal,
  ): Promise<void> {
    return this.#ask(
      (id) => ({ type: "run", id, ...request }),
      (reply) => {
        if (reply.type === "events") listener.events(reply.events);
        else if (reply.type === "result") listener.result(reply.result);
      },
      signal,
    ) as Promise<void>;
  }

  read(document: Text, reading: Reading, signal: AbortSignal): Promise<readonly ReadGroup[]> {
    return this.#ask((id) => ({ type: "read", id, document, reading }), null, signal) as Promise<
      readonly ReadGroup[]
    >;
  }

  report(signal: AbortSignal): Promise<readonly SetupFinding[]> {
    return this.#ask((id) => ({ type: "report", id }), null, signal) as Promise<readonly SetupFinding[]>;
  }

  models(signal: AbortSignal): Promise<readonly ListedModel[]> {
    return this.#ask((id) => ({ type: "models", id }), null, signal) as Promise<readonly ListedModel[]>;
  }

  pull(
    request: { readonly name: string; readonly offline: boolean },
    onProgress: (done: number, total: number | null) => void,
    signal: AbortSignal,
  ): Promise<unknown> {
    return this.#ask(
      (id) => ({ type: "pull", id, ...request }),
      (reply) => {
        if (reply.type === "download") onProgress(reply.done, reply.total);
      },
      signal,
    );
  }

  /** Tells a running engine of new settings and secrets. One that starts later is told anyway. */
  configure(): void {
    if (this.#child) this.#send({ type: "configure", environment: this.#options.environment() });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#end("the server is closing");
  }

  #ask(
    command: (id: number) => Command,
    receive: ((reply: Reply) => void) | null,
    signal: AbortSignal,
  ): Promise<unknown> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#closed) return Promise.reject(new EngineError("gone", "the server is closing"));
    this.#start();
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      let grace: NodeJS.Timeout | undefined;
      let begun = false;
      const settle = () => {
        clearTimeout(grace);
        signal.removeEventListener("abort", onAbort);
        this.#pending.delete(id);
        this.#rest();
      };
      const onAbort = () => {
        this.#send({ type: "cancel", id });
        grace = setTimeout(() => {
          // One that only waits for its turn holds no solver: whoever has the turn is not killed for it.
          if (!begun && this.#pending.size > 1) {
            settle();
            reject(signal.reason);
            return;
          }
          this.#options.log("the engine did not stop in time: it is killed, and started again when needed");
          void this.#end("it did not stop in time");
        }, this.#options.graceMs);
      };
      this.#pending.set(id, {
        reject: (error) => {
          settle();
          reject(signal.aborted ? signal.reason : error);
        },
        receive: (reply) => {
          begun = true;
          if (reply.type === "done") {
            settle();
            resolve(reply.value);
          } else if (reply.type === "failed") {
            settle();
            if (signal.aborted) reject(signal.reason);
            else reject(new EngineError(reply.kind === "wrong" ? "wrong" : "bug", reply.message));
          } else if (!signal.aborted) receive?.(reply);
        },
      });
      signal.addEventListener("abort", onAbort, { once: true });
      this.#heard = performance.now();
      this.#send(command(id));
    });
  }

  #start(): void {
    clearTimeout(this.#idle);
    if (this.#child || this.#closed) return;
    const self = fileURLToPath(import.meta.url);
    const main = fileURLToPath(new URL(`./host/main${extname(self)}`, import.meta.url));
    const child = startChild({
      command: process.execPath,
      args: ["--disable-warning=ExperimentalWarning", main],
      memory: MEMORY,
    });
    this.#child = child;
    this.#options.log(`engine started (process ${child.pid})`);
    createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) => {
      this.#heard = performance.now();
      this.#receive(line);
    });
    void child.exited.then((exit) => {
      if (this.#child !== child) return;
      this.#child = null;
      const how =
        exit.kind === "memory"
          ? "used too much memory and was ended"
          : exit.kind === "notStarted"
            ? `could not be started: ${exit.message}`
            : "ended unexpectedly";
      const tail = child.stderrTail().trim();
      this.#options.log(`engine ${how} (${JSON.stringify(exit)})${tail === "" ? "" : `\n${tail}`}`);
      this.#abandon(`the engine ${how}; it is started again with the next request`);
    });
    this.#send({ type: "configure", environment: this.#options.environment() });
    this.#heard = performance.now();
    this.#watchdog ??= setInterval(() => this.#watch(), 1_000).unref();
  }

  #receive(line: string): void {
    let reply: Reply;
    try {
      reply = JSON.parse(line) as Reply;
    } catch {
      this.#options.log(`the engine said what is no message: ${line.slice(0, 200)}`);
      return;
    }
    if (reply.type !== "ready") this.#pending.get(reply.id)?.receive(reply);
  }

  #send(command: Command): void {
    this.#child?.stdin.write(`${JSON.stringify(command)}\n`);
  }

  #watch(): void {
    if (this.#pending.size === 0 || performance.now() - this.#heard < this.#options.silentMs) return;
    void this.#end(`it said nothing for ${Math.round(this.#options.silentMs / 1000)} s`);
  }

  /** Kills the process and with it all that it started; what was asked of it fails. */
  async #end(why: string): Promise<void> {
    clearTimeout(this.#idle);
    clearInterval(this.#watchdog);
    this.#watchdog = undefined;
    const child = this.#child;
    this.#child = null;
    this.#abandon(`the engine was stopped: ${why}`);
    child?.kill();
    await child?.exited;
  }

  #abandon(message: string): void {
    for (const pending of [...this.#pending.values()]) pending.reject(new EngineError("gone", message));
  }

  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#pending.size > 0 || this.#child === null) return;
    this.#idle = setTimeout(() => {
      if (this.#pending.size === 0) void this.#end("it had nothing to do");
    }, this.#options.idleMs).unref();
  }
}
