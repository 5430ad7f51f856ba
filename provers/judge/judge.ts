import { readC } from "../../grammars/c/read.ts";
import { passiveForm } from "../../server/conditions/passive.ts";
import type { Candidate } from "../../server/engine/candidate.ts";
import type { Judge, Judgement, RefutingRun, RunJudgement } from "../../server/engine/interfaces.ts";
import type { SmtSolver } from "../../server/engine/solver.ts";
import type { SourceChecker } from "../../server/engine/source-checker.ts";
import type { Document, InvariantsTask } from "../../server/engine/task.ts";
import { lowerFunction } from "../../server/program/lower/index.ts";
import type { Program } from "../../server/program/program.ts";
import { applyEdit, assignedNames, draftEdit, loopAnswers } from "../../server/tasks/invariants/edit.ts";
import { hashText } from "./apply.ts";
import { judgeExchange } from "./exchange.ts";
import { confirmOnText } from "./exchange-run.ts";
import { mint } from "./mint.ts";
import { type Proof, proveAsWritten } from "./prove.ts";
import { confirmRun } from "./replay.ts";
import { sameCode, sameTokens } from "./same-code.ts";
import { proveBySource } from "./source.ts";

/** What the judge works with. */
export interface JudgeParts {
  /** Every verdict takes a process of this solver that was never used before. */
  readonly solver: SmtSolver;
  /** Other solver families for a second opinion; their `sat` rejects, their silence is not held against the answer. */
  readonly others: () => Promise<readonly SmtSolver[]>;
  readonly queryMs: number;
  /** A program that reads annotated C itself and has to prove the text as well, or alone in place of our own conditions. */
  readonly source?: { readonly checker: SourceChecker; readonly alone: boolean };
  /** Give every loop its `loop assigns`, also where our own conditions need nothing new: others cannot do without. */
  readonly completes?: boolean;
  /** Has a text preprocessed anew where the one before it was. */
  readonly prepare?: (document: Document, signal: AbortSignal) => Promise<Document>;
}

/**
 * Repeats a verdict on the text as it will stand (safety.md 10): the edit is applied, the front end reads the result anew,
 * the code must be what it was, and every obligation is proved again from that text in a fresh process.
 */
export function createJudge(parts: JudgeParts): Judge {
  return {
    judge: (task, candidate, signal) => judge(parts, task, candidate, signal),
    confirm: (task, run, signal) => confirm(parts, task, run, signal),
  };
}

async function judge(
  parts: JudgeParts,
  task: InvariantsTask,
  candidate: Candidate,
  signal: AbortSignal,
): Promise<Judgement> {
  if (task.exchange) {
    if (!parts.source) return judgeExchange(parts, task, candidate, signal);
    const reason = `${parts.source.checker.name} reads C alone: leave out --checker for this problem`;
    return { kind: "rejected", reason, final: true };
  }
  const { document, program } = task;
  const answer = {
    invariants: candidate.invariants,
    assigns: program.loops.map((loop) => assignedNames(program, loop)),
    ...(candidate.variants ? { variants: candidate.variants } : {}),
  };
  const edit = draftEdit(document, program, answer, parts.completes);
  const text = applyEdit(document.text, edit);
  const bare = { file: document.file, text, version: document.version };
  const edited = document.expansion && parts.prepare ? await parts.prepare(bare, signal) : bare;
  const read = reread(task, edited);
  if (read.kind === "rejected") return read;
  const proof = await prove(parts, { ...task, document: edited }, read.program, signal);
  if (proof.kind === "rejected") return proof;
  const verified = mint({
    edit,
    textHash: hashText(text),
    baseHash: hashText(document.text),
    evidence: proof.evidence,
  });
  return { kind: "proved", verified, answers: loopAnswers(program, answer) };
}

/** Our own conditions, unless another program is to be the only judge; then that program, if there is one. */
async function prove(
  parts: JudgeParts,
  { document, group }: InvariantsTask,
  program: Program,
  signal: AbortSignal,
): Promise<Proof> {
  const { source } = parts;
  const own = source?.alone ? null : await proveAsWritten(passiveForm(program), parts, signal);
  if (!source || own?.kind === "rejected") return own!;
  const other = await proveBySource(source.checker, document, group, program, source.alone, signal);
  if (other.kind === "rejected" || own === null) return other;
  const checkedBy = [...own.evidence.checkedBy, ...other.evidence.checkedBy];
  const [mine, theirs] = [own.evidence.assumptions, other.evidence.assumptions];
  // Whether it terminates is our own conditions' word.
  const more = theirs.filter((one) => one !== "partial correctness" && !mine.includes(one));
  return { kind: "proved", evidence: { ...own.evidence, checkedBy, assumptions: [...mine, ...more] } };
}

/** The function as the front end reads it in the edited text; rejected when anything but annotations differs. */
function reread(
  task: InvariantsTask,
  { file: name, text, expansion }: Document,
): { kind: "read"; program: Program } | Extract<Judgement, { kind: "rejected" }> {
  const rejected = (reason: string) => ({ kind: "rejected" as const, reason });
  if (!sameTokens(task.document.text, text)) return rejected("the edit changes more than annotations");
  const file = readC(name, text, expansion);
  const same = file.functions.filter((one) => one.name === task.group);
  if (same.length !== 1) return rejected("the function cannot be read back from the edited text");
  const lowered = lowerFunction(file, same[0]!, task.program.reading);
  if (lowered.kind !== "ok") return rejected("the edited text contains what the front end does not support");
  if (!sameCode(task.program, lowered.program)) return rejected("the edit changes more than annotations");
  return { kind: "read", program: lowered.program };
}

async function confirm(
  { solver, queryMs }: JudgeParts,
  task: InvariantsTask,
  run: RefutingRun,
  signal: AbortSignal,
): Promise<RunJudgement> {
  const replayed = confirmRun(task, run);
  if (replayed.kind === "rejected" || !task.exchange) return replayed;
  const rejected = await confirmOnText(solver, queryMs, task, run.inputs, signal);
  // The states say all: the choices between them are the program's, and not the problem's.
  return rejected ?? { ...replayed, counterexample: { ...replayed.counterexample, inputs: [] } };
}
