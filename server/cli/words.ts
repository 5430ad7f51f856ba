import { type Diagnostic, place } from "../../grammars/c/span.ts";
import type { NearMiss } from "../engine/outcome.ts";
import type { Verdict } from "../engine/verdict.ts";

/** `file:line:column: message`. */
export function showDiagnostic(file: string, { message, span }: Diagnostic): string {
  return `${place(file, span)}: ${message}`;
}

/** Why a candidate is no answer, as a clause that follows "`x >= y` …". */
export function whyNot(verdict: Verdict): string {
  if (verdict.kind === "proved") return "was proved, but the judge did not confirm it";
  if (verdict.kind === "unknown") return `could not be decided: ${verdict.reason}`;
  switch (verdict.why) {
    case "wrong":
      return "is wrong: a run of the function breaks it";
    case "notInductive":
      return "is not inductive: one step of the loop leads from a state that satisfies it to one that does not";
    case "tooWeak":
      return `is too weak: it holds, but ${verdict.counterexample.violated} does not follow from it`;
  }
}

/** The conjuncts of a near miss on one line, loops told apart by the lines of their keywords. */
export function showConjuncts(miss: NearMiss, lines: readonly number[]): string {
  const loops = miss.invariants.map((conjuncts) => conjuncts.map((text) => `'${text}'`).join(" and "));
  const shown = loops.flatMap((text, loop) =>
    text === "" ? [] : loops.length === 1 ? [text] : [`${text} at line ${lines[loop]}`],
  );
  return shown.length === 0 ? "the empty invariant" : shown.join(", ");
}

/** The reason for `unknown` with the nearest miss, on one line. */
export function whyUnknown(reason: string, nearest: NearMiss | null, lines: readonly number[]): string {
  return nearest ? `${reason}; nearest: ${showConjuncts(nearest, lines)} ${whyNot(nearest.verdict)}` : reason;
}
