import type { Child, Exit } from "../../process/child.ts";
import type { Limits } from "../toplevel.ts";
import { type Feedback, type Reply, readFeedback, readReply } from "./protocol.ts";
import { elementReader } from "./xml.ts";

/** What came of a batch of calls that were written at once. After `died` the connection is dead. */
export type Replies =
  | { readonly kind: "replies"; readonly replies: readonly Reply[]; readonly interrupted: boolean }
  | { readonly kind: "died"; readonly message: string };

/** What came of groups of calls that were written at once. */
export interface GroupReplies {
  /** For each group that was answered whole, in order: its replies, and the milliseconds since the group before it. */
  readonly groups: readonly { readonly replies: readonly Reply[]; readonly ms: number }[];
  /** The group that was interrupted; the replies to those after it say nothing and are left out. */
  readonly interrupted: number | null;
  /** Why the process is gone, or null. */
  readonly died: string | null;
}

/** Milliseconds between interrupts while calls that wait behind the interrupted one have to be stopped, too. */
const AGAIN_MS = 25;

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

  /** Writes groups of calls at once; each group has its own deadline from the end of the one before it. Rejects as `ask` does. */
  async askEach(
    groups: readonly { readonly calls: readonly string[]; readonly deadlineMs: number }[],
    signal: AbortSignal,
  ): Promise<GroupReplies> {
    signal.throwIfAborted();
    if (this.#ended !== null) return { groups: [], interrupted: null, died: this.#ended };
    const answered: { replies: readonly Reply[]; ms: number }[] = [];
    const all = groups.reduce((sum, { calls }) => sum + calls.length, 0);
    let interrupted: number | null = null;
    let since = performance.now();
    let deadline: NodeJS.Timeout | undefined;
    let grace: NodeJS.Timeout | undefined;
    let again: NodeJS.Timeout | undefined;
    const stop = () => {
      if (interrupted !== null) return;
      interrupted = answered.length;
      this.#interrupt();
      again = setInterval(() => this.#interrupt(), AGAIN_MS);
      grace = setTimeout(() => this.#end("it did not heed an interrupt"), GRACE_MS);
    };
    this.#child.hold(true);
    try {
      await new Promise<void>((resolve) => {
        let from = 0;
        this.#changed = () => {
          while (interrupted === null && answered.length < groups.length) {
            const { calls } = groups[answered.length]!;
            if (this.#replies.length < from + calls.length) break;
            const now = performance.now();
            answered.push({ replies: this.#replies.slice(from, from + calls.length), ms: now - since });
            from += calls.length;
            since = now;
            clearTimeout(deadline);
            const next = groups[answered.length];
            if (next) deadline = setTimeout(stop, next.deadlineMs);
          }
          if (interrupted !== null) grace?.refresh();
          if (this.#ended !== null || this.#replies.length >= all) resolve();
        };
        this.#replies = [];
        this.#feedback = [];
        deadline = setTimeout(stop, groups[0]!.deadlineMs);
        signal.addEventListener("abort", stop);
        this.#child.stdin.write(groups.flatMap(({ calls }) => calls).join(""));
        this.#changed();
      });
      if (signal.aborted) throw signal.reason;
      return { groups: answered, interrupted, died: this.#ended };
    } finally {
      clearTimeout(deadline);
      clearTimeout(grace);
      clearInterval(again);
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
