import { isAbsolute, relative } from "node:path";
import type { Span } from "../../grammars/c/span.ts";
import { loopsOf } from "../engine/task.ts";
import { outcomeOf, type Report } from "./report.ts";
import { whyUnknown } from "./words.ts";

/**
 * A report as workflow commands, which GitHub shows beside the lines of a change (docs.github.com, "Workflow commands for GitHub
 * Actions"). Nothing is said of what was proved.
 */
export function githubAnnotations(report: Report): string[] {
  const { name, task } = report.group;
  const outcome = outcomeOf(report);
  switch (outcome.kind) {
    case "proved":
      return [];
    case "refuted": {
      const { violated, span, inputs } = outcome.counterexample;
      const given = inputs.map(({ what, value }) => `${what} = ${value}`).join(", ");
      const run = given === "" ? "" : ` with ${given}`;
      return [
        annotation("error", report, span, `${name}: ${violated} fails in a run that was replayed${run}`),
      ];
    }
    case "unknown": {
      const lines = (task ? loopsOf(task) : []).map(({ span }) => span.line);
      const why = whyUnknown(outcome.reason, outcome.nearest, lines);
      return [annotation("warning", report, task?.span ?? null, `${name}: not proved: ${why}`)];
    }
    case "error":
      return outcome.diagnostics.map(({ message, span }) => annotation("error", report, span, message));
  }
}

function annotation(
  level: "error" | "warning",
  { group }: Report,
  span: Span | null,
  message: string,
): string {
  const { file } = group.document;
  const path = isAbsolute(file) ? relative(process.cwd(), file) : file;
  const place = span === null ? "" : `,line=${span.line},col=${span.column}`;
  return `::${level} file=${property(path)}${place},title=touchstone::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
