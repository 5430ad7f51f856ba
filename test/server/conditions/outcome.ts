import { defaultOptions } from "../../../server/engine/options.ts";
import type { Outcome } from "../../../server/engine/outcome.ts";
import type { IntegerReading } from "../../../server/program/integer.ts";
import { openTouchstone, type Settings, type Touchstone } from "../../../server/wiring.ts";

/** One Touchstone without a model, for a test file; `close` it at the end. */
export function symbolic(reading: IntegerReading, more: Partial<Settings> = {}): Promise<Touchstone> {
  return openTouchstone({ reading, model: "none", offline: true, options: defaultOptions, ...more });
}

/** What is said of the last function of a text, as it stands or after a search. */
export async function outcomeOf(
  touchstone: Touchstone,
  text: string,
  how: "verify" | "run" = "verify",
): Promise<Outcome> {
  const located = touchstone.locate({ file: "test.c", text, version: 0 }).at(-1);
  if (located === undefined) throw new Error("nothing to prove was found");
  if (located.kind === "error") return { kind: "error", diagnostics: located.diagnostics };
  for await (const event of touchstone[how](located.task, new AbortController().signal))
    if (event.type === "finished") return event.outcome;
  throw new Error("the run did not finish");
}

/** An outcome in a line: its kind, and why. */
export function inWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case "proved":
      return `proved, assuming ${outcome.verified.evidence.assumptions.join("; ") || "nothing"}`;
    case "refuted":
      return `refuted: ${outcome.counterexample.violated}`;
    case "unknown": {
      const verdict = outcome.nearest?.verdict;
      const why = verdict?.kind === "refuted" ? `${verdict.why}: ${verdict.obligation.text}` : "";
      return `unknown: ${verdict?.kind === "unknown" ? verdict.reason : why || outcome.reason}`;
    }
    case "error":
      return `error: ${outcome.diagnostics.map((one) => one.message).join("; ")}`;
  }
}
