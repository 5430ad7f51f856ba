import { createInterface } from "node:readline";
import type { Child } from "../../process/child.ts";
import type { Limits } from "../toplevel.ts";
import { type Message, readMessage } from "./messages.ts";

/** What came of commands that were written at once. The worker cannot be interrupted: it is dead after all but `messages`. */
export type Heard =
  | { readonly kind: "messages"; readonly messages: readonly Message[] }
  | { readonly kind: "late" }
  | { readonly kind: "died"; readonly message: string };

/** The worker's process: batches of commands, each heard out until the message that ends it. */
export class Worker {
  readonly #child: Child;
  #messages: Message[] = [];
  #changed: (message: Message | null) => void = () => {};
  #ended: string | null = null;

  constructor(child: Child) {
    this.#child = child;
    child.hold(false);
    createInterface({ input: child.stdout }).on("line", (line) => {
      try {
        const message = readMessage(line);
        this.#messages.push(message);
        this.#changed(message);
      } catch {
        this.#end("what it printed is not the protocol");
      }
    });
    void child.exited.then((exit) => {
      const last = child.stderrTail().trim().split("\n").slice(-3).join(" ");
      const how = exit.kind === "memory" ? "it used more memory than it may" : `it ended (${exit.kind})`;
      this.#end(last === "" ? how : `${how}: ${last}`);
    });
  }

  get alive(): boolean {
    return this.#ended === null;
  }

  /** Writes commands and listens until `last`. Rejects only with the signal's reason, when the worker has been killed. */
  async ask(
    commands: readonly unknown[],
    last: (message: Message) => boolean,
    { deadlineMs, signal }: Limits,
  ): Promise<Heard> {
    signal.throwIfAborted();
    if (this.#ended !== null) return { kind: "died", message: this.#ended };
    let timer: NodeJS.Timeout | undefined;
    let onAbort = () => {};
    this.#child.hold(true);
    try {
      return await new Promise<Heard>((resolve, reject) => {
        this.#changed = (message) => {
          if (this.#ended !== null) resolve({ kind: "died", message: this.#ended });
          else if (message !== null && last(message)) resolve({ kind: "messages", messages: this.#messages });
        };
        const heard = this.#messages.some(last);
        if (!heard || commands.length > 0) this.#messages = [];
        timer = setTimeout(() => {
          resolve({ kind: "late" });
          this.#end("it took too long");
        }, deadlineMs);
        onAbort = () => {
          reject(signal.reason);
          this.#end("it was cancelled");
        };
        signal.addEventListener("abort", onAbort);
        this.#child.stdin.write(commands.map((one) => `${JSON.stringify(one)}\n`).join(""));
        if (heard && commands.length === 0) resolve({ kind: "messages", messages: this.#messages });
      });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      this.#changed = () => {};
      this.#child.hold(false);
    }
  }

  /** Kills the process and resolves when it is gone. */
  async close(): Promise<void> {
    this.#end("it was closed");
    this.#child.hold(true);
    await this.#child.exited;
  }

  #end(message: string): void {
    if (this.#ended !== null) return;
    this.#ended = message;
    this.#child.kill();
    this.#changed(null);
  }
}
