import { residentMegabytes } from "../process/limits.ts";
import { type Checked, type Launched, LeanServer, type Limits, type Position, type Stuck } from "./server.ts";

/** A way to start a Lean for files of one project. */
export interface LeanLauncher {
  /** `lean 4.28.0-pre (embedded)`, `lean 4.29.1`. */
  readonly name: string;
  readonly embedded: boolean;
  /** `file` is the path of the document, or null for one that is nowhere. */
  launch(file: string | null): Launched;
}

/** The embedded Lean is replaced when it holds more than this; a new one holds 1,200. */
const RECYCLE_MEGABYTES = 3_000;
/** How often a pass is begun again when the process stopped answering, before that is said. */
const MOST_STUCK = 3;
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

  /** The process that runs now, if one does. */
  get pid(): number | undefined {
    return this.#server?.alive ? this.#server.pid : undefined;
  }

  /** True when the next check meets a process that has answered before. */
  get warm(): boolean {
    return this.#server?.alive === true && !this.#fresh;
  }

  /** A pass that kills the process is tried once more, and one in which it stopped answering a few times, in new processes. */
  async check(text: string, goalsAt: Position | null, limits: Limits): Promise<Checked> {
    let died = 0;
    for (let stuck = 0; ; ) {
      const checked = await this.#try(text, goalsAt, limits, 2 ** stuck);
      if (checked.kind === "stuck") {
        if (++stuck >= MOST_STUCK || this.#closed) return { kind: "died", message: "it stopped answering" };
      } else if (checked.kind !== "died" || ++died > 1 || this.#closed) return checked;
      limits.signal.throwIfAborted();
    }
  }

  /** Starts the process and has it read an empty file, ahead of the first use. */
  async prepare(signal: AbortSignal): Promise<void> {
    await this.check("", null, { deadlineMs: 0, signal });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const server = this.#server;
    this.#server = null;
    await server?.close();
  }

  async #try(
    text: string,
    goalsAt: Position | null,
    { deadlineMs, signal }: Limits,
    patience: number,
  ): Promise<Checked | Stuck> {
    const server = await this.#running();
    const limits = { deadlineMs: deadlineMs + (this.#fresh ? START_MS : 0), signal };
    const checked = await server.check(text, goalsAt, limits, patience);
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
