import type { GroupResult, TaskKind } from "./host/messages.ts";
import type { Preview } from "./protocol.ts";

/** Answers whose texts are kept. */
const REMEMBERED = 8;

/** An answer with the texts around it. */
export interface Remembered {
  readonly run: number;
  readonly group: string;
  readonly proposer: string;
  readonly preview: Preview;
}

/** A replacement of a piece of a text, by offsets. */
export interface TextReplacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The snapshot that a run works on. */
export interface Base {
  readonly run: number;
  readonly task: TaskKind;
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

/** The last answers, for a preview and for another answer in the place of one. */
export class Previews {
  readonly #answers: Remembered[] = [];

  of(run: number, group: string): Preview | null {
    return this.#answers.find((one) => one.run === run && one.group === group)?.preview ?? null;
  }

  /** The last answer for a function that made this text. */
  lastThatMade(text: string, group: string | undefined): Remembered | undefined {
    return this.#answers.findLast((one) => one.group === group && one.preview.after === text);
  }

  /** All texts that answers made of this one. */
  madeOf(text: string): Set<string> {
    return new Set(
      this.#answers.filter((one) => one.preview.before === text).map((one) => one.preview.after),
    );
  }

  remember({ run, uri, text }: Base, { group, outcome }: GroupResult): void {
    if (outcome.kind !== "proved" || outcome.edit.length === 0) return;
    const preview = { uri, before: text, after: edited(text, outcome.edit) };
    this.#answers.push({ run, group, proposer: outcome.proposer, preview });
    if (this.#answers.length > REMEMBERED) this.#answers.shift();
  }
}

/** A text after replacements that stand in order and apart from each other. */
export function edited(text: string, edits: readonly TextReplacement[]): string {
  let after = "";
  let at = 0;
  for (const edit of edits) {
    after += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return after + text.slice(at);
}
