import { place } from "../../grammars/c/span.ts";
import type { NearMiss, Outcome } from "../engine/outcome.ts";
import { type LoopTask, loopsOf } from "../engine/task.ts";
import type { Evidence } from "../engine/verdict.ts";
import { counterexampleTable } from "./counterexample.ts";
import { showDuration } from "./duration.ts";
import { annotatedLoop } from "./listing.ts";
import type { Paint } from "./paint.ts";
import { lineAt } from "./position.ts";
import { outcomeOf, type Report } from "./report.ts";
import { showConjuncts, showDiagnostic, whyNot } from "./words.ts";

/** A group's result for a person, ending in an empty line. */
export function showReport(report: Report, paint: Paint): string {
  const outcome = outcomeOf(report);
  const body = bodyOf(report, outcome, paint).map((line) => (line === "" ? "" : `  ${line}`));
  const more = suggestionLines(report, paint).map((line) => (line === "" ? "" : `  ${line}`));
  return [headline(report, outcome, paint), ...body, ...more, "", ""].join("\n");
}

function headline({ group, counts }: Report, outcome: Outcome, paint: Paint): string {
  const line = group.task ? lineAt(group.document.text, group.task.span.start) : firstErrorLine(outcome);
  // A problem outside functions has no name.
  const name = group.name === "" ? "" : `: ${group.name}`;
  const where = paint("bold", `${group.document.file}:${line}${name}`);
  const time = counts.ms > 0 ? paint("dim", ` (${showDuration(counts.ms)})`) : "";
  return `${where}: ${verdictWord(outcome, paint)}${time}`;
}

/** What the function lacks, clearly apart from what holds. */
function suggestionLines({ suggestion, contracts }: Report, paint: Paint): string[] {
  if (contracts) {
    return [
      "",
      `${paint("bold", "suggestion")}: would be proved with`,
      ...contracts.contracts.map(
        (one) =>
          `  ${paint("green", `/*@ ${one.clauses.join(" ")} */`)} in front of ${one.function} (line ${one.line})`,
      ),
      `  checked by ${contracts.checkedBy.join(", ")}, of the called functions and the caller; never written`,
    ];
  }
  if (!suggestion) return [];
  const clauses = suggestion.requires.map((text) => `requires ${text};`).join(" ");
  return [
    "",
    `${paint("bold", "suggestion")}: would be proved with ${paint("green", `/*@ ${clauses} */`)}`,
    `  checked by ${suggestion.checkedBy.join(", ")}; not proved as it stands, and never written: only you know what callers promise`,
  ];
}

function firstErrorLine(outcome: Outcome): number {
  return outcome.kind === "error" ? (outcome.diagnostics[0]?.span.line ?? 1) : 1;
}

function verdictWord(outcome: Outcome, paint: Paint): string {
  switch (outcome.kind) {
    case "proved": {
      const { terminates } = outcome.verified.evidence;
      const defined = outcome.answers.some((one) => one.definition !== undefined);
      const nothing = outcome.verified.edit.insertions.length === 0 && !defined ? " as it stands" : "";
      return paint("green", terminates ? `proved${nothing}, and it terminates` : `proved${nothing}`);
    }
    case "refuted":
      return paint("red", `${outcome.counterexample.violated} does not hold`);
    case "unknown":
      return paint("yellow", "unknown");
    case "error":
      return paint("red", "cannot be read");
  }
}

function bodyOf(report: Report, outcome: Outcome, paint: Paint): string[] {
  const { document, task } = report.group;
  switch (outcome.kind) {
    case "proved":
      return [
        ...(task ? loopListings(task, outcome, paint) : []),
        "",
        ...evidenceLines(outcome.verified.evidence, outcome.proposer, paint),
      ];
    case "refuted":
      return [
        `This run was replayed from the entry and breaks it at ${place(document.file, outcome.counterexample.span)}:`,
        "",
        ...counterexampleTable(outcome.counterexample, paint),
      ];
    case "unknown": {
      const lines = (task ? loopsOf(task) : []).map(({ span }) => span.line);
      return [outcome.reason, ...(outcome.nearest ? ["", ...nearMiss(outcome.nearest, lines, paint)] : [])];
    }
    case "error":
      return outcome.diagnostics.map((diagnostic) => showDiagnostic(document.file, diagnostic));
  }
}

function loopListings(
  task: LoopTask,
  { verified, answers }: Extract<Outcome, { kind: "proved" }>,
  paint: Paint,
): string[] {
  const definitions = answers.flatMap(({ definition }) => definition ?? []);
  if (definitions.length > 0) return ["", ...definitions.map((text) => paint("green", text))];
  if (verified.edit.insertions.length === 0) return [];
  return loopsOf(task)
    .filter(({ parent }) => parent === null)
    .flatMap(({ id }) => ["", ...annotatedLoop(task, verified.edit, id, paint)]);
}

function evidenceLines(evidence: Evidence, proposer: string, paint: Paint): string[] {
  const found = proposer === "source" ? "as written" : `by ${proposer}`;
  return [
    `${paint("dim", "found     ")} ${found}`,
    `${paint("dim", "checked by")} ${evidence.checkedBy.join(", ")}`,
    `${paint("dim", "assuming  ")} ${evidence.assumptions.length > 0 ? evidence.assumptions.join("; ") : "nothing"}`,
  ];
}

/** The best failure, in words and as states: is it wrong, not inductive, or too weak? */
function nearMiss(miss: NearMiss, lines: readonly number[], paint: Paint): string[] {
  const said = `The nearest try, from ${miss.proposer}: ${showConjuncts(miss, lines)} ${whyNot(miss.verdict)}.`;
  if (miss.verdict.kind !== "refuted") return [said];
  const { why, counterexample } = miss.verdict;
  const states = {
    wrong: "The run, replayed from the entry:",
    notInductive: "The step (whether its first state can be reached is not known):",
    tooWeak: "A state that it leaves possible, which may not be reachable:",
  }[why];
  return [said, states, "", ...counterexampleTable(counterexample, paint)];
}
