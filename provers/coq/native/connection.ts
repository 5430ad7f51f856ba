import type { Child, Exit } from "../../process/child.ts";
import type { Limits } from "../toplevel.ts";
import { type Feedback, type Reply, readFeedback, readReply } from "./protocol.ts";
import { elementReader } from "./xml.ts";

/** What came of a batch of calls that were written at once. After `died` the connection is dead. */
export type Replies =
  | { readonly kind: "replies"; readonly replies: readonly Reply[]; readonly interrupted: boolean }
  | { readonly kind: "died"; readonly message: string };

/** Milliseconds that Coq may take to heed an interrupt before it is killed. */
const GRACE_MS = 1_000;

/** One coqidetop process: batches of calls, each answered by one value a call, in order. */
export class Connection {
  readonly #child: Child;
  readonly #interrupt: () => void;
  #feedback: Feedback[] = [];
  #replies: Reply[] = [];
  #changed: () => void = () => {};
  #ended: string | null = null;

  /** `interrupt` sends SIGINT to Coq itself. */
  constructor(child: Child, interrupt: () => void) {
    this.#child = child;
    this.#interrupt = interrupt;
    child.hold(false);
    const read = elementReader(
      (element) => {
        if (element.name === "feedback") this.#feedback.push(readFeedback(element));
        else if (element.name === "value") {
          this.#replies.push(readReply(element, this.#feedback));
          this.#feedback = [];
          this.#changed();
        }
      },
      (message) => this.#end(`what it printed is not the protocol (${message})`),
    );
    child.stdout.setEncoding("utf8").on("data", read);
    void child.exited.then((exit) => this.#end(exitText(exit, child.stderrTail())));
  }

  get alive(): boolean {
    return this.#ended === null;
  }

  /** Writes calls at once and resolves with their replies. Rejects only with the signal's reason, when Coq has stopped working. */
  async ask(calls: readonly string[], { deadlineMs, signal }: Limits): Promise<Replies> {
    signal.throwIfAborted();
    if (this.#ended !== null) return { kind: "died", message: this.#ended };
    let interrupted = false;
    let deadline: NodeJS.Timeout | undefined;
    let grace: NodeJS.Timeout | undefined;
    const stop = () => {
      if (interrupted) return;
      interrupted = true;
      this.#interrupt();
      grace = setTimeout(() => this.#end("it did not heed an interrupt"), GRACE_MS);
    };
    this.#child.hold(true);
    try {
      const replies = await new Promise<Replies>((resolve) => {
        this.#changed = () => {
          if (this.#ended !== null) resolve({ kind: "died", message: this.#ended });
          else if (this.#replies.length >= calls.length)
            resolve({ kind: "replies", replies: this.#replies, interrupted });
        };
        this.#replies = [];
        this.#feedback = [];
        deadline = setTimeout(stop, deadlineMs);
        signal.addEventListener("abort", stop);
        this.#child.stdin.write(calls.join(""));
        this.#changed();
      });
      if (signal.aborted) throw signal.reason;
      return replies;
    } finally {
      clearTimeout(deadline);
      clearTimeout(grace);
      signal.removeEventListener("abort", stop);
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
    this.#changed();
  }
}

function exitText(exit: Exit, stderr: string): string {
  const last = stderr.trim().split("\n").slice(-3).join(" ");
  const said = last === "" ? "" : `: ${last}`;
  switch (exit.kind) {
    case "exited":
      return `it ended with status ${exit.status}${said}`;
    case "killed":
      return `it was ended by ${exit.signal}${said}`;
    case "memory":
      return "it used more memory than it may";
    case "notStarted":
      return exit.message;
  }
}
