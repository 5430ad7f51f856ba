import type { Event } from "../engine/event.ts";
import type { Kind } from "../engine/kinds.ts";
import { ProgressLine } from "./progress.ts";

/** Standard error of a command: the progress line, notes, and what went wrong. Standard output is for answers only. */
export class Messages {
  readonly #stream: NodeJS.WriteStream;
  readonly #progress: ProgressLine;
  readonly #told = new Set<string>();
  #failed = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#progress = new ProgressLine(stream);
  }

  /** True once an input or the command turned out to be wrong. */
  get failed(): boolean {
    return this.#failed;
  }

  event(event: Event<Kind>): void {
    if (event.type === "note") this.#note(event.message);
    this.#progress.event(event);
  }

  /** Removes the progress line, so that something else can be written. */
  clear(): void {
    this.#progress.clear();
  }

  say(message: string): void {
    this.clear();
    this.#stream.write(message.endsWith("\n") ? message : `${message}\n`);
  }

  /** Says what is wrong; the command's status will be 2. */
  fail(message: string): void {
    this.#failed = true;
    this.say(message);
  }

  /** The same advice is given once a command, not once a function. */
  #note(message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.say(`note: ${message}`);
  }
}
