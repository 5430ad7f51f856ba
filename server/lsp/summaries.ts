import { showDuration } from "../cli/duration.ts";
import { headline } from "./explain.ts";
import type { GroupResult } from "./host/messages.ts";
import type { RunSummary } from "./protocol.ts";

/** Why a run ends whose document went on. */
export const CHANGED = "the document was changed meanwhile";
/** What was found for a version that is gone. */
export const dropped = {
  kind: "dropped",
  message: "the document was changed while the proof was searched, so the result was dropped: run it again",
} as const;

/** The reason of an abort that a user or the editor asked for. */
export function stopped(why: string): DOMException {
  return new DOMException(why, "AbortError");
}

/** How a run ends that was aborted for a reason. */
export function summaryOfStop({ reason }: AbortSignal): RunSummary {
  const message = reason instanceof Error ? reason.message : "it was stopped";
  return message === CHANGED ? { ...dropped, results: [] } : { kind: "cancelled", message, results: [] };
}

/** A run that does not begin, or that cannot go on, for a reason that the user can do something about. */
export function refused(message: string): RunSummary {
  return { kind: "refused", message, results: [] };
}

/** How one function ended, for a message. */
export function sentence(result: GroupResult): string {
  const { outcome } = result;
  const time = result.counts.ms > 0 ? ` in ${showDuration(result.counts.ms)}` : "";
  const kept = { result, applied: true, judged: null, version: result.version, start: result.start };
  if (outcome.kind === "proved" && outcome.edit.length === 0)
    return `${result.group} holds as it stands${time}; there is nothing to insert`;
  // "terminates in 0.3 s" would be said of the program.
  return outcome.kind === "proved"
    ? headline(kept).replace(/(: proved(?: on conditions)?)/, `$1${time}`)
    : headline(kept);
}

/** How many functions ended in which way. */
export function verified(results: readonly GroupResult[]): RunSummary {
  const count = (kind: string) => results.filter(({ outcome }) => outcome.kind === kind).length;
  const words = [
    [count("proved"), "proved"],
    [count("refuted"), "false"],
    [count("unknown"), "not proved"],
    [count("error"), "not readable"],
  ] as const;
  const said = words.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return { kind: "done", message: said.join(", "), results };
}
