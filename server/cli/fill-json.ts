import type { Edit } from "../engine/verified.ts";
import { type FillReport, fillOutcome } from "./fill-report.ts";
import type { JsonLine } from "./json.ts";
import { type RangeEdit, rangeEdit } from "./loop-edit.ts";
import { showDiagnostic } from "./words.ts";

/** One line of `fill --json`: a hole. The keys of the contract, and two more for what else was found. */
export interface FillLine extends Omit<JsonLine, "task"> {
  readonly task: "proofHole";
  /** Other proofs that the judge confirmed, the best first. */
  readonly alternatives: readonly { readonly answer: string; readonly edit: RangeEdit | null }[];
  /** How far the search came without a proof; the goals that it leaves open are holes again in the edit. */
  readonly partial: {
    readonly text: string;
    readonly edit: RangeEdit | null;
    readonly open: readonly string[];
  } | null;
}

/** The lines of a theorem, one a hole. Holes of one theorem are proved together or not at all. */
export function fillLines(report: FillReport): FillLine[] {
  const { task, counts } = report;
  const { document, holes, group } = task;
  const outcome = fillOutcome(report);
  const proved = outcome.kind === "proved" ? outcome : null;
  const nearest = outcome.kind === "unknown" ? outcome.nearest : null;
  const evidence = proved?.verified.evidence;
  return holes.map((hole, at) => ({
    schemaVersion: 1,
    file: document.file,
    line: hole.line,
    task: "proofHole",
    group,
    status: outcome.kind,
    answer: proved?.answers[0]?.texts[at] ?? null,
    edit: proved ? editOf(report, proved.verified.edit, at) : null,
    counterexample: null,
    reason:
      outcome.kind === "unknown"
        ? outcome.reason
        : outcome.kind === "error"
          ? outcome.diagnostics.map((one) => showDiagnostic(document.file, one)).join("; ")
          : null,
    assumptions: evidence?.assumptions ?? [],
    proposer: proved?.proposer ?? null,
    checkedBy: evidence?.checkedBy ?? [],
    ...counts,
    alternatives: (proved?.answers ?? [])
      .slice(1)
      .map(({ texts, verified }) => ({ answer: texts[at]!, edit: editOf(report, verified.edit, at) })),
    partial: nearest
      ? { text: nearest.texts[at]!, edit: editOf(report, nearest.edit, at), open: nearest.open }
      : null,
  }));
}

/** The insertions that belong to a hole; what ends the proof goes with the last one. */
function editOf({ task }: FillReport, { insertions }: Edit, at: number): RangeEdit | null {
  const { holes, document } = task;
  const from = at === 0 ? 0 : holes[at - 1]!.end;
  const to = at === holes.length - 1 ? Number.POSITIVE_INFINITY : holes[at]!.end;
  return rangeEdit(
    document.text,
    insertions.filter(({ end }) => end > from && end <= to),
  );
}
