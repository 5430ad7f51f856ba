import { closeSync, openSync, writeFileSync } from "node:fs";
import type { Event } from "../engine/event.ts";
import type { Kind } from "../engine/kinds.ts";
import { explainFileError } from "./input.ts";

/** An event as one line of JSON. Integers beyond 2⁵³ become digit strings, as all `bigint`s do. */
export function eventLine(event: Event<Kind>): string {
  return JSON.stringify(event, (_key, value) => (typeof value === "bigint" ? value.toString() : value));
}

/** The file of `--events`. Every line is in the file before the next event is taken, so that it survives a kill. */
export interface EventFile {
  write(event: Event<Kind>): void;
  close(): void;
}

export type EventFileResult =
  | { readonly kind: "open"; readonly file: EventFile }
  | { readonly kind: "error"; readonly message: string };

/** Opens the file anew. A write that fails ends the recording with one message; the search goes on. */
export function openEventFile(path: string, complain: (message: string) => void): EventFileResult {
  let descriptor: number | null;
  try {
    descriptor = openSync(path, "w");
  } catch (cause) {
    return { kind: "error", message: `${path}: ${explainFileError(cause, "write")}` };
  }
  const close = () => {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  };
  const write = (event: Event<Kind>) => {
    if (descriptor === null) return;
    try {
      writeFileSync(descriptor, `${eventLine(event)}\n`);
    } catch (cause) {
      close();
      complain(`${path}: the recording of events ends here: ${explainFileError(cause, "read")}`);
    }
  };
  return { kind: "open", file: { write, close } };
}
