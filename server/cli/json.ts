import { loopsOf } from "../engine/task.ts";
import type { Counterexample } from "../engine/verdict.ts";
import type { ContractSuggestion } from "../tasks/invariants/contract.ts";
import { clauseTexts } from "../tasks/invariants/place.ts";
import { insertionsOf, type RangeEdit, rangeEdit } from "./loop-edit.ts";
import { lineAt } from "./position.ts";
import { outcomeOf, type Report } from "./report.ts";
import { showDiagnostic, whyUnknown } from "./words.ts";

/** One line of `--json`: a loop, or a function that has none. Other programs read it (design.md); add keys, never change one. */
export interface JsonLine {
  readonly schemaVersion: 1;
  readonly file: string;
  /** 1-based line of the loop's keyword; of the function where it has no loop; of the error where it could not be read. */
  readonly line: number;
  readonly task: "invariants";
  readonly group: string;
  readonly status: "proved" | "refuted" | "unknown" | "error";
  /** The clauses that are new, as ACSL: `loop invariant …; loop assigns …; loop variant …;`. Of a SyGuS or Horn problem: a `define-fun`. */
  readonly answer: string | null;
  readonly edit: RangeEdit | null;
  readonly counterexample: JsonCounterexample | null;
  readonly reason: string | null;
  readonly assumptions: readonly string[];
  readonly proposer: string | null;
  readonly checkedBy: readonly string[];
  readonly proposed: number;
  readonly parsed: number;
  readonly screened: number;
  readonly checks: number;
  readonly tokens: number;
  readonly ms: number;
  /**
   * With which `requires` clauses the function would be proved, where some were found. Its status is what it is: whether its callers can promise them
   * is for its author to say.
   */
  readonly suggestion?:
    | { readonly requires: readonly string[]; readonly checkedBy: readonly string[] }
    /** Or with which contracts of static functions that it calls. */
    | Pick<ContractSuggestion, "contracts" | "checkedBy">;
}

export interface JsonCounterexample {
  readonly replayed: boolean;
  readonly violated: string;
  /** 1-based place of what fails. */
  readonly line: number;
  readonly column: number;
  readonly inputs: Counterexample["inputs"];
  /** Values are digit strings: they may be larger than a JSON number holds exactly. */
  readonly states: Counterexample["states"];
}

/** The lines of a group, in the order of its loops. Loops of one group are proved together or not at all. */
export function jsonLines(report: Report): JsonLine[] {
  const { document, task } = report.group;
  const result = resultOf(report);
  const loops = task ? loopsOf(task) : [];
  const common = (line: number): JsonLine => ({
    schemaVersion: 1,
    file: document.file,
    line,
    task: "invariants",
    group: report.group.name,
    answer: null,
    edit: null,
    counterexample: null,
    reason: null,
    assumptions: [],
    proposer: null,
    checkedBy: [],
    ...result,
    ...report.counts,
    ...suggestionOf(report),
  });
  if (task?.kind === "invariants" && task.exchange) {
    const { predicates } = task.exchange.problem;
    return predicates.map(({ span }, i) => order({ ...common(span.line), ...definitionOf(report, i) }));
  }
  if (loops.length === 0) return [order(common(lineOf(report)))];
  return loops.map((loop) => order({ ...common(loop.span.line), ...answerOf(report, loop.id) }));
}

function suggestionOf({ suggestion, contracts }: Report): Pick<JsonLine, "suggestion"> {
  if (contracts) return { suggestion: { contracts: contracts.contracts, checkedBy: contracts.checkedBy } };
  return suggestion ? { suggestion: { requires: suggestion.requires, checkedBy: suggestion.checkedBy } } : {};
}

/** The part that all loops of the group share. */
function resultOf(report: Report): Pick<JsonLine, "status"> & Partial<JsonLine> {
  const outcome = outcomeOf(report);
  const { document, task } = report.group;
  switch (outcome.kind) {
    case "proved": {
      const { assumptions, checkedBy } = outcome.verified.evidence;
      return { status: "proved", assumptions, checkedBy, proposer: outcome.proposer };
    }
    case "refuted":
      return {
        status: "refuted",
        counterexample: jsonCounterexample(outcome.counterexample),
        reason: `${outcome.counterexample.violated} fails in a run that was replayed`,
        assumptions: task?.kind === "invariants" ? task.program.assumptions : [],
        proposer: report.confirmed,
        checkedBy: ["interpreter"],
      };
    case "unknown": {
      const lines = (task ? loopsOf(task) : []).map(({ span }) => span.line);
      return { status: "unknown", reason: whyUnknown(outcome.reason, outcome.nearest, lines) };
    }
    case "error":
      return {
        status: "error",
        reason: outcome.diagnostics.map((diagnostic) => showDiagnostic(document.file, diagnostic)).join("; "),
      };
  }
}

/** The answer to an exchange problem is a definition of each predicate; nothing in its text changes. */
function definitionOf({ outcome }: Report, predicate: number): Partial<JsonLine> {
  const definition = outcome?.kind === "proved" ? outcome.answers[predicate]?.definition : undefined;
  return definition === undefined ? {} : { answer: definition };
}

function answerOf(report: Report, loop: number): Partial<JsonLine> {
  const { outcome, group } = report;
  const answer = outcome?.kind === "proved" ? outcome.answers.find((one) => one.loop === loop) : undefined;
  if (outcome?.kind !== "proved" || !answer || !group.task) return {};
  const insertions = insertionsOf(outcome.verified.edit, loopsOf(group.task), loop);
  if (insertions.length === 0) return {};
  return { answer: clauseTexts(answer).join(" "), edit: rangeEdit(group.document.text, insertions) };
}

function jsonCounterexample({
  replayed,
  violated,
  span,
  inputs,
  states,
}: Counterexample): JsonCounterexample {
  return { replayed, violated, line: span.line, column: span.column, inputs, states };
}

function lineOf({ group, outcome }: Report): number {
  if (outcome?.kind === "error" && outcome.diagnostics[0]) return outcome.diagnostics[0].span.line;
  return group.task ? lineAt(group.document.text, group.task.span.start) : 1;
}

const KEYS: readonly (keyof JsonLine)[] = [
  "schemaVersion",
  "file",
  "line",
  "task",
  "group",
  "status",
  "answer",
  "edit",
  "counterexample",
  "reason",
  "assumptions",
  "proposer",
  "checkedBy",
  "proposed",
  "parsed",
  "screened",
  "checks",
  "tokens",
  "ms",
  "suggestion",
];

/** The contract's keys in the contract's order, and no others; a suggestion only where there is one. */
function order(line: JsonLine): JsonLine {
  const keys = KEYS.filter((key) => line[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, line[key]])) as unknown as JsonLine;
}
