import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Span } from "../../grammars/c/span.ts";
import { loopsOf } from "../engine/task.ts";
import { lineAt } from "./position.ts";
import { outcomeOf, type Report } from "./report.ts";
import { whyUnknown } from "./words.ts";

const RULES = [
  { id: "proved", shortDescription: { text: "Everything that the function claims was proved." } },
  { id: "refuted", shortDescription: { text: "A run that was replayed breaks what the function claims." } },
  { id: "unknown", shortDescription: { text: "What the function claims was neither proved nor refuted." } },
  { id: "error", shortDescription: { text: "The function could not be read." } },
] as const;

const LEVELS = { proved: "none", refuted: "error", unknown: "warning", error: "error" } as const;

/** The results of a run in SARIF 2.1.0 (OASIS, 2020): one result a function, or one a diagnostic where it cannot be read. */
export function sarif(reports: readonly Report[], version: string): object {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "touchstone", version, rules: RULES } },
        columnKind: "utf16CodeUnits",
        results: reports.flatMap(results),
      },
    ],
  };
}

function results(report: Report): object[] {
  const { document, name, task } = report.group;
  const outcome = outcomeOf(report);
  const result = (text: string, span: Span | null) => ({
    ruleId: outcome.kind,
    kind: outcome.kind === "proved" ? "pass" : "fail",
    level: LEVELS[outcome.kind],
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(document.file) },
          region: regionOf(document.text, span),
        },
        logicalLocations: [{ name, kind: "function" }],
      },
    ],
  });
  switch (outcome.kind) {
    case "proved": {
      const { checkedBy, assumptions } = outcome.verified.evidence;
      const assuming = assumptions.length > 0 ? `, assuming ${assumptions.join("; ")}` : "";
      return [result(`${name}: proved by ${checkedBy.join(", ")}${assuming}.`, task?.span ?? null)];
    }
    case "refuted":
      return [
        result(
          `${name}: ${outcome.counterexample.violated} fails in a run that was replayed.`,
          outcome.counterexample.span,
        ),
      ];
    case "unknown": {
      const lines = (task ? loopsOf(task) : []).map(({ span }) => span.line);
      return [
        result(
          `${name}: unknown: ${whyUnknown(outcome.reason, outcome.nearest, lines)}.`,
          task?.span ?? null,
        ),
      ];
    }
    case "error":
      return outcome.diagnostics.map(({ message, span }) => result(message, span));
  }
}

function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.split(/[\\/]/).map(encodeURIComponent).join("/");
}

function regionOf(text: string, span: Span | null): object {
  if (span === null) return { startLine: 1 };
  const endLine = lineAt(text, span.end);
  const endColumn = span.end - (text.lastIndexOf("\n", span.end - 1) + 1) + 1;
  return { startLine: span.line, startColumn: span.column, endLine, endColumn };
}
