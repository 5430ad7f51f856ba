import type { Event } from "../engine/event.ts";
import type { Counts, Outcome } from "../engine/outcome.ts";
import type { ProofHoleTask } from "../engine/task.ts";

/** What is known of a theorem's holes; a fold over the events of its run. */
export interface FillReport {
  readonly task: ProofHoleTask;
  /** Null until the run has finished. */
  readonly outcome: Outcome<"proofHole"> | null;
  readonly counts: Counts;
}

export function startFillReport(task: ProofHoleTask): FillReport {
  return {
    task,
    outcome: null,
    counts: { proposed: 0, parsed: 0, screened: 0, checks: 0, tokens: 0, ms: 0 },
  };
}

/** The report after one more event. */
export function addFillEvent(report: FillReport, event: Event<"proofHole">): FillReport {
  switch (event.type) {
    case "progress":
      return { ...report, counts: event.counts };
    case "finished":
      return { ...report, outcome: event.outcome, counts: event.counts };
    default:
      return report;
  }
}

/** The outcome, where a run that was cut short counts as `unknown`. */
export function fillOutcome(report: FillReport): Outcome<"proofHole"> {
  return report.outcome ?? { kind: "unknown", reason: "it was stopped before it finished", nearest: null };
}
