import type { Outcome } from "../engine/outcome.ts";
import { showDuration } from "./duration.ts";
import { type FillReport, fillOutcome } from "./fill-report.ts";
import type { Paint } from "./paint.ts";
import { showDiagnostic } from "./words.ts";

/** A theorem's result for a person, ending in an empty line. */
export function showFillReport(report: FillReport, paint: Paint): string {
  const { task, counts } = report;
  const outcome = fillOutcome(report);
  const where = paint("bold", `${task.document.file}:${task.holes[0]!.line}: ${task.group}`);
  const time = counts.ms > 0 ? paint("dim", ` (${showDuration(counts.ms)})`) : "";
  const body = bodyOf(report, outcome, paint).map((line) => (line === "" ? "" : `  ${line}`));
  return [`${where}: ${word(outcome, paint)}${time}`, ...body, "", ""].join("\n");
}

function word(outcome: Outcome<"proofHole">, paint: Paint): string {
  switch (outcome.kind) {
    case "proved":
      return paint("green", "proved");
    case "refuted":
      return paint("red", "does not hold");
    case "unknown":
      return paint("yellow", "unknown");
    case "error":
      return paint("red", "cannot be read");
  }
}

function bodyOf({ task }: FillReport, outcome: Outcome<"proofHole">, paint: Paint): string[] {
  switch (outcome.kind) {
    case "proved": {
      const { evidence } = outcome.verified;
      const [best, ...others] = outcome.answers;
      return [
        "",
        ...best!.texts.flatMap((text) => added(text, paint)),
        "",
        `${paint("dim", "found     ")} by ${outcome.proposer}`,
        `${paint("dim", "checked by")} ${evidence.checkedBy.join(", ")}`,
        `${paint("dim", "assuming  ")} ${evidence.assumptions.length > 0 ? evidence.assumptions.join("; ") : "nothing"}`,
        ...others.flatMap(({ texts }) => [
          "",
          paint("dim", "also proved by"),
          ...texts.flatMap((text) => added(text, paint)),
        ]),
      ];
    }
    case "unknown": {
      const { nearest, reason } = outcome;
      if (!nearest) return [reason];
      const left = nearest.open.length === 1 ? "one goal is" : `${nearest.open.length} goals are`;
      return [
        reason,
        ...(nearest.rejected ? [`the last proof was turned down: ${nearest.rejected}`] : []),
        "",
        `The furthest that the search came; ${left} open:`,
        ...nearest.open.map((goal) => `  ${goal.replace(/\s+/g, " ")}`),
        "",
        ...nearest.texts.flatMap((text) => added(text, paint)),
      ];
    }
    case "refuted":
      return [];
    case "error":
      return outcome.diagnostics.map((one) => showDiagnostic(task.document.file, one));
  }
}

function added(text: string, paint: Paint): string[] {
  return text.split("\n").map((line) => `${paint("green", "+")} ${paint("green", line)}`);
}
