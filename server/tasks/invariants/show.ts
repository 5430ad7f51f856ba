import type { Candidate } from "../../engine/candidate.ts";
import type { InvariantsTask } from "../../engine/task.ts";
import { printFormula } from "../../program/print.ts";
import type { Program } from "../../program/program.ts";
import type { Formula } from "../../program/term.ts";

/** How a program variable is written in the source. */
export function namer(program: Program): (name: string) => string {
  const texts = new Map(program.variables.map((one) => [one.name, one.text ?? one.name]));
  return (name) => texts.get(name) ?? name;
}

/** One conjunct as ACSL text. */
export function printConjunct(task: InvariantsTask, formula: Formula): string {
  return printFormula(formula, namer(task.program));
}

/** A candidate on one line: its conjuncts, by loop where there are several. */
export function showCandidate(task: InvariantsTask, candidate: Candidate): string {
  const { loops } = task.program;
  const parts = loops.flatMap((loop) => {
    const conjuncts = (candidate.invariants[loop.id] ?? []).map((formula) => printConjunct(task, formula));
    if (conjuncts.length === 0) return [];
    const text = conjuncts.join(" && ");
    return [loops.length > 1 ? `line ${loop.span.line}: ${text}` : text];
  });
  return parts.join("; ") || "(nothing added)";
}
