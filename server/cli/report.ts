import type { Diagnostic } from "../../grammars/c/span.ts";
import type { Event } from "../engine/event.ts";
import type { Counts, Outcome } from "../engine/outcome.ts";
import type { Document, LoopTask } from "../engine/task.ts";
import type { ContractSuggestion } from "../tasks/invariants/contract.ts";
import type { Suggestion } from "../tasks/invariants/precondition.ts";

/** A function as it was located: what the events of its run are about. */
export interface Group {
  readonly document: Document;
  readonly name: string;
  /** Null when the front end could not make a task of it. */
  readonly task: LoopTask | null;
}

/** What is known of a group; a fold over its events that every rendering starts from. */
export interface Report {
  readonly group: Group;
  /** Null until the run has finished. */
  readonly outcome: Outcome | null;
  readonly counts: Counts;
  /** The proposer whose candidate or run the judge confirmed. */
  readonly confirmed: string | null;
  /** With which preconditions it would be proved; it is not. */
  readonly suggestion?: Suggestion;
  /** With which contracts of the static functions that it calls it would be proved; it is not. */
  readonly contracts?: ContractSuggestion;
}

const NO_COUNTS: Counts = { proposed: 0, parsed: 0, screened: 0, checks: 0, tokens: 0, ms: 0 };

export function startReport(group: Group): Report {
  return { group, outcome: null, counts: NO_COUNTS, confirmed: null };
}

/** The report after one more event. */
export function addEvent(report: Report, event: Event): Report {
  switch (event.type) {
    case "candidate":
      return event.fate === "judged" ? { ...report, confirmed: event.proposer } : report;
    case "progress":
      return { ...report, counts: event.counts };
    case "finished":
      return { ...report, outcome: event.outcome, counts: event.counts };
    default:
      return report;
  }
}

/** The report of a function that the front end refused. */
export function errorReport(group: Group, diagnostics: readonly Diagnostic[]): Report {
  return { ...startReport(group), outcome: { kind: "error", diagnostics } };
}

/** The outcome, where a run that was cut short counts as `unknown`. */
export function outcomeOf(report: Report): Outcome {
  return report.outcome ?? { kind: "unknown", reason: "it was stopped before it finished", nearest: null };
}
