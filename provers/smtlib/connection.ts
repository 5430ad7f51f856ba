import { randomBytes } from "node:crypto";
import type { Child, Exit } from "../process/child.ts";

/** What came of one exchange with the process. After anything but `answer` the connection is dead. */
export type Reply =
  | { readonly kind: "answer"; readonly text: string }
  /** The deadline passed and the process was killed. */
  | { readonly kind: "late" }
  | { readonly kind: "died"; readonly exit: Exit; readonly text: string };

/** More than this many characters for one question is garbage. */
const LONGEST_ANSWER = 64 * 1024 * 1024;

/**
 * One process that reads SMT-LIB on standard input and answers on standard output. Every question ends with an `echo` of a mark
 * that nobody can guess; what comes before the mark is the answer.
 */
export class Connection {
  readonly #child: Child;
  readonly #nonce = randomBytes(9).toString("hex");
  #questions = 0;
  /** Output that no answer has taken yet, in pieces: joining them at each arrival would be quadratic. */
  #pieces: string[] = [];
  #length = 0;
  /** The end of the output so far; long enough to hold a mark that arrives in parts. */
  #recent = "";
  #alive = true;
  #changed: () => void = () => {};
  #exit: Exit | null = null;

  constructor(child: Child) {
    this.#child = child;
    child.hold(false);
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text: string) => {
      this.#pieces.push(text);
      this.#length += text.length;
      this.#recent = this.#recent.slice(-100) + text;
      this.#changed();
    });
    const ended = new Promise((resolve) => child.stdout.once("close", resolve));
    // The last words arrive with the end of the stream, which may come after the end of the process.
    void child.exited.then(async (exit) => {
      this.#alive = false;
      if (exit.kind !== "notStarted") await Promise.race([ended, after(200)]);
      this.#exit = exit;
      this.#changed();
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Sends commands and resolves with all that they print. Rejects only with the signal's reason. One question at a time. */
  async ask(commands: string, timeoutMs: number, signal: AbortSignal): Promise<Reply> {
    signal.throwIfAborted();
    const mark = `touchstone-${this.#nonce}-${++this.#questions}`;
    let timer: NodeJS.Timeout | undefined;
    let onAbort = () => {};
    this.#child.hold(true);
    try {
      return await new Promise<Reply>((resolve, reject) => {
        this.#changed = () => {
          const text = this.#recent.includes(mark) ? this.#takeBefore(mark) : null;
          if (text !== null) resolve({ kind: "answer", text });
          else if (this.#exit !== null)
            resolve({ kind: "died", exit: this.#exit, text: this.#pieces.join("") });
          else if (this.#length > LONGEST_ANSWER) this.kill();
        };
        timer = setTimeout(() => {
          this.kill();
          resolve({ kind: "late" });
        }, timeoutMs);
        onAbort = () => {
          this.kill();
          reject(signal.reason);
        };
        signal.addEventListener("abort", onAbort);
        this.#child.stdin.write(`${commands}\n(echo "${mark}")\n`);
        this.#changed();
      });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      this.#changed = () => {};
      this.#child.hold(false);
    }
  }

  /** The output before the mark, which is taken with it; null while the mark's line is not complete. */
  #takeBefore(mark: string): string | null {
    const output = this.#pieces.join("");
    const at = output.indexOf(mark);
    const end = output.indexOf("\n", at + mark.length);
    if (at < 0 || end < 0) return null;
    const rest = output.slice(end + 1);
    this.#pieces = rest === "" ? [] : [rest];
    this.#length = rest.length;
    this.#recent = rest.slice(-100);
    // cvc5 prints the mark as a quoted string.
    return output.slice(0, at).replace(/"$/, "");
  }

  stderrTail(): string {
    return this.#child.stderrTail().trim();
  }

  kill(): void {
    this.#alive = false;
    this.#child.kill();
  }

  /** Kills the process and resolves when it is gone. */
  async close(): Promise<void> {
    this.kill();
    this.#child.hold(true);
    await this.#child.exited;
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
