import type { CancellationToken, Connection, WorkDoneProgressReporter } from "vscode-languageserver/node";
import type { AnyEvent } from "./host/messages.ts";

/** Work that is done sooner needs no progress bar. */
const AFTER_MS = 500;

/**
 * The progress of one run, shown after half a second: what is being done, and numbers that mean something. `cancelled` is
 * called when the user presses its button.
 */
export class RunProgress {
  readonly #title: string;
  readonly #open: () => Promise<(WorkDoneProgressReporter & { token?: CancellationToken }) | null>;
  readonly #cancelled: () => void;
  #reporter: (WorkDoneProgressReporter & { token?: CancellationToken }) | null = null;
  readonly #timer: NodeJS.Timeout;
  #message = "starting";
  #share = 0;
  #ended = false;
  #timeoutMs = 0;

  constructor(
    title: string,
    open: () => Promise<(WorkDoneProgressReporter & { token?: CancellationToken }) | null>,
    cancelled: () => void,
  ) {
    this.#title = title;
    this.#open = open;
    this.#cancelled = cancelled;
    this.#timer = setTimeout(() => void this.#show(), AFTER_MS);
  }

  events(events: readonly AnyEvent[]): void {
    const before = this.#message;
    for (const event of events) this.#event(event);
    if (this.#message !== before) this.#reporter?.report(this.#share, this.#message);
  }

  /** For work that is counted otherwise, such as a download. */
  report(message: string, share: number): void {
    this.#message = message;
    this.#share = share;
    this.#reporter?.report(share, message);
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#reporter?.done();
  }

  #event(event: AnyEvent): void {
    if (event.type === "started") {
      this.#timeoutMs = event.timeoutMs;
      this.#message = `${event.group}: starting`;
    } else if (event.type === "progress") {
      const { proposed, checks, tokens } = event.counts;
      const numbers = [
        `${proposed} candidates`,
        `${checks} checks`,
        ...(tokens > 0 ? [`${tokens} tokens`] : []),
        `${event.secondsLeft} s left`,
      ];
      this.#message = `${event.doing} (${numbers.join(", ")})`;
      this.#share = Math.min(100, Math.round((100 * event.at) / Math.max(1, this.#timeoutMs)));
    }
  }

  async #show(): Promise<void> {
    const reporter = await this.#open().catch(() => null);
    if (reporter === null) return;
    this.#reporter = reporter;
    reporter.begin(this.#title, this.#share, this.#message, true);
    reporter.token?.onCancellationRequested(() => this.#cancelled());
    if (this.#ended) reporter.done();
  }
}

/** A progress that the client made for its request, or one that the server asks it to show. */
export function progressOpener(
  connection: Connection,
  supported: boolean,
  attached: WorkDoneProgressReporter | null,
): () => Promise<(WorkDoneProgressReporter & { token?: CancellationToken }) | null> {
  return async () => {
    if (attached) return attached;
    return supported ? connection.window.createWorkDoneProgress() : null;
  };
}
