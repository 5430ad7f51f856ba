import type { Candidate } from "../../engine/candidate.ts";
import type { InvariantsTask } from "../../engine/task.ts";
import { type Naming, printFormula } from "../../program/print.ts";
import type { Program } from "../../program/program.ts";
import type { Formula } from "../../program/term.ts";

/** How a program variable is written in the source. */
export function namer(program: Program): Naming {
  const texts = new Map(program.variables.map((one) => [one.name, one.text ?? one.name]));
  const scope = new Set([...texts.values()].flatMap((text) => text.match(/^[A-Za-z_]\w*/) ?? []));
  return Object.assign((name: string) => texts.get(name) ?? name, { scope });
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
