import type { Event } from "../engine/event.ts";
import type { Kind } from "../engine/kinds.ts";

/** What the progress line says; a fold over the events of one group. */
export interface Progress {
  readonly file: string;
  readonly group: string;
  readonly doing: string;
  readonly counts: string;
  readonly secondsLeft: number | null;
}

const CLEAR = "\r\u001B[2K";

export function addProgress(progress: Progress | null, event: Event<Kind>): Progress | null {
  switch (event.type) {
    case "started":
      return { file: event.file, group: event.group, doing: "starting", counts: "", secondsLeft: null };
    case "proposer":
      return progress && { ...progress, doing: event.name };
    case "progress": {
      const { proposed, checks, tokens } = event.counts;
      const words = [`${proposed} proposed`, `${checks} checks`, ...(tokens > 0 ? [`${tokens} tokens`] : [])];
      return (
        progress && {
          ...progress,
          doing: event.doing,
          counts: words.join(", "),
          secondsLeft: event.secondsLeft,
        }
      );
    }
    case "finished":
      return null;
    default:
      return progress;
  }
}

/** One line of at most `columns` characters. */
export function showProgress({ file, group, doing, counts, secondsLeft }: Progress, columns: number): string {
  const left = secondsLeft === null ? "" : `, ${secondsLeft} s left`;
  const line = `${file}: ${group}: ${doing}${counts === "" ? "" : ` (${counts}${left})`}`;
  return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`;
}

/** The line on a terminal. Elsewhere it writes nothing. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  #progress: Progress | null = null;
  #shown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  event(event: Event<Kind>): void {
    if (!this.#stream.isTTY) return;
    this.#progress = addProgress(this.#progress, event);
    if (this.#progress === null) {
      this.clear();
      return;
    }
    this.#stream.write(CLEAR + showProgress(this.#progress, this.#stream.columns || 80));
    this.#shown = true;
  }

  /** Removes the line, so that something else can be written. */
  clear(): void {
    if (this.#shown) this.#stream.write(CLEAR);
    this.#shown = false;
  }
}
