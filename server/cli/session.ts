import type { Event } from "../engine/event.ts";
import type { LoopTask } from "../engine/task.ts";
import type { Located } from "../tasks/invariants/locate.ts";
import type { Touchstone } from "../wiring.ts";
import { addEvent, errorReport, type Group, type Report, startReport } from "./report.ts";

/** What a command does with the functions of its files, one after the other. */
export interface Session {
  readonly touchstone: Touchstone;
  readonly command: "suggest" | "verify";
  /** Whether the file was found in a directory that was named, so that it may have nothing for the command. */
  readonly found?: boolean;
  readonly signal: AbortSignal;
  /** Every event of every run, with what is known of its group by then. */
  event(event: Event, report: Report): void;
}

/** Runs one function to its end and folds its events. A run that is cancelled leaves what was known until then. */
export async function runGroup(
  session: Session,
  located: Located<LoopTask>,
  document: Group["document"],
): Promise<Report> {
  const { touchstone, signal, command } = session;
  let report =
    located.kind === "error"
      ? errorReport({ document, name: located.group ?? "", task: null }, located.diagnostics)
      : startReport({ document, name: located.task.group, task: located.task });
  try {
    if (located.kind === "error") return await withContracts(session, report);
    const { task } = located;
    const events = command === "suggest" ? touchstone.run(task, signal) : touchstone.verify(task, signal);
    for await (const event of events) {
      report = addEvent(report, event);
      session.event(event, report);
    }
    const { outcome } = report;
    if (command === "suggest" && outcome !== null && outcome.kind !== "proved") {
      const suggestion = await touchstone.precondition(task, outcome, signal);
      if (suggestion !== null) report = { ...report, suggestion };
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return report;
}

/** A caller of functions without contracts cannot be read; what they would have to be is looked for. */
async function withContracts({ command, touchstone, signal }: Session, report: Report): Promise<Report> {
  const { document, name } = report.group;
  if (command !== "suggest" || name === "") return report;
  const contracts = await touchstone.contracts(document, name, signal);
  return contracts === null ? report : { ...report, contracts };
}

/** 2 for what could not be read, 1 for what was not proved, 0 else. */
export function exitStatus(reports: readonly Report[]): 0 | 1 | 2 {
  const kinds = reports.map(({ outcome }) => outcome?.kind ?? "unknown");
  if (kinds.includes("error")) return 2;
  return kinds.every((kind) => kind === "proved") ? 0 : 1;
}
