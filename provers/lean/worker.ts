import { residentMegabytes } from "../process/limits.ts";
import { type Checked, type Launched, LeanServer, type Limits, type Position } from "./server.ts";

/** A way to start a Lean for files of one project. */
export interface LeanLauncher {
  /** `lean 4.28.0-pre (embedded)`, `lean 4.29.1`. */
  readonly name: string;
  readonly embedded: boolean;
  /** `file` is the path of the document, or null for one that is nowhere. */
  launch(file: string | null): Launched;
}

/**
 * The process is replaced when it holds more than this. For the embedded Lean that seldom comes first: its threads leave some 4 MB
 * each behind in WebAssembly's heap of 2 GB, most of it never touched, so that it ends after some 20 passes with "out of memory"
 * at 1.5 GB resident; then it is started again and the pass is repeated.
 */
const RECYCLE_MEGABYTES = 3_000;
/** Milliseconds for a new process to come to its first answer, beside what the text itself takes. */
const START_MS = 240_000;

/**
 * A Lean that is started when it is first needed, kept warm, replaced before its memory is full, and started again when it has
 * died: whoever asks it sees none of that. A text that kills it is tried once more in a new process.
 */
export class LeanWorker {
  readonly #launcher: LeanLauncher;
  readonly #file: string | null;
  #server: LeanServer | null = null;
  #fresh = true;
  #closed = false;
  /** Processes started so far. */
  starts = 0;

  constructor(launcher: LeanLauncher, file: string | null) {
    this.#launcher = launcher;
    this.#file = file;
  }

  /** True when the next check meets a process that has answered before. */
  get warm(): boolean {
    return this.#server?.alive === true && !this.#fresh;
  }

  async check(text: string, goalsAt: Position | null, limits: Limits): Promise<Checked> {
    const first = await this.#try(text, goalsAt, limits);
    if (first.kind !== "died" || this.#closed) return first;
    limits.signal.throwIfAborted();
    return this.#try(text, goalsAt, limits);
  }

  /** Starts the process and has it read an empty file, ahead of the first use. */
  async prepare(signal: AbortSignal): Promise<void> {
    await this.#try("", null, { deadlineMs: 0, signal });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const server = this.#server;
    this.#server = null;
    await server?.close();
  }

  async #try(text: string, goalsAt: Position | null, { deadlineMs, signal }: Limits): Promise<Checked> {
    const server = await this.#running();
    const checked = await server.check(text, goalsAt, {
      deadlineMs: deadlineMs + (this.#fresh ? START_MS : 0),
      signal,
    });
    if (checked.kind === "checked") this.#fresh = false;
    return checked;
  }

  async #running(): Promise<LeanServer> {
    if (this.#closed) throw new Error("a closed Lean was used");
    const server = this.#server;
    if (server?.alive) {
      const megabytes = server.pid === undefined ? null : residentMegabytes(server.pid);
      if (!this.#launcher.embedded || megabytes === null || megabytes < RECYCLE_MEGABYTES) return server;
    }
    await server?.close();
    this.#fresh = true;
    this.starts++;
    this.#server = new LeanServer(this.#launcher.launch(this.#file));
    return this.#server;
  }
}
