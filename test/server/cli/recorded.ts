import { hashText } from "../../../provers/judge/apply.ts";
import { mint } from "../../../provers/judge/mint.ts";
import { addEvent, type Report, startReport } from "../../../server/cli/report.ts";
import type { Event } from "../../../server/engine/event.ts";
import type { Counts, Outcome } from "../../../server/engine/outcome.ts";
import type { InvariantsTask } from "../../../server/engine/task.ts";
import type { Counterexample, ObligationName } from "../../../server/engine/verdict.ts";
import type { Formula } from "../../../server/program/term.ts";
import { applyEdit, assignedNames, draftEdit, loopAnswers } from "../../../server/tasks/invariants/edit.ts";
import { locateInvariants } from "../../../server/tasks/invariants/locate.ts";

/** Runs as the engine records them, for the folds that render them. Programs, edits and hashes are real; solvers took no part. */

export const COUNTS: Counts = { proposed: 120, parsed: 118, screened: 31, checks: 9, tokens: 0, ms: 412 };

/** Two loops, one of them nested, so that a group has several answers. */
export const TEXT = `#include <assert.h>

void pairs(int n) {
  int i = 0;
  while (i < n) {
    int j = i;
    while (j < n)
      j++;
    i++;
  }
  assert(i >= 0);
}
`;

/** The tasks of a text; fails where the front end refuses a function. */
export function tasksOf(text: string, file = "pairs.c"): InvariantsTask[] {
  return locateInvariants({ file, text, version: 0 }, "math").map((located) => {
    if (located.kind === "error")
      throw new Error(located.diagnostics.map(({ message }) => message).join("; "));
    return located.task;
  });
}

/** The outcome of a proof with these conjuncts. */
export function proved(
  task: InvariantsTask,
  invariants: readonly (readonly Formula[])[],
  terminates = false,
): Outcome {
  const { document, program } = task;
  const answer = { invariants, assigns: program.loops.map((loop) => assignedNames(program, loop)) };
  const edit = draftEdit(document, program, answer);
  const verified = mint({
    edit,
    baseHash: hashText(document.text),
    textHash: hashText(applyEdit(document.text, edit)),
    evidence: {
      obligations: [],
      checkedBy: ["z3 5.2.0 (wasm)", "cvc5 1.0.3"],
      assumptions: ["partial correctness", "mathematical integers: signed overflow is taken as impossible"],
      terminates,
    },
  });
  return { kind: "proved", verified, answers: loopAnswers(program, answer), proposer: "houdini" };
}

/** The stream of a run that ends so. */
export function run(task: InvariantsTask, outcome: Outcome, proposer = "houdini"): Event[] {
  const judged = {
    type: "candidate",
    at: 400,
    id: 7,
    proposer,
    text: "i >= 0",
    fate: "judged",
    reason: null,
  } as const;
  return [
    {
      type: "started",
      at: 0,
      file: task.document.file,
      group: task.group,
      span: task.span,
      loops: [5, 7],
      timeoutMs: 10_000,
    },
    { type: "proposer", at: 1, name: "harvest" },
    { type: "state", at: 1, state: "screen", by: "trees" },
    { type: "progress", at: 200, counts: { ...COUNTS, ms: 200 }, secondsLeft: 9, doing: "harvest" },
    { type: "note", at: 210, message: "no model was found: 'touchstone model pull' gets one" },
    ...(outcome.kind === "proved" ? [judged] : []),
    { type: "finished", at: 412, outcome, counts: COUNTS },
  ];
}

/** The report that the run folds to. */
export function reportOf(task: InvariantsTask, events: readonly Event[]): Report {
  return events.reduce(addEvent, startReport({ document: task.document, name: task.group, task }));
}

export function obligation(task: InvariantsTask): ObligationName {
  return { kind: "use", text: "assertion 'i >= 0' at line 11", loop: null, span: task.span };
}

/** A run with this many states, whose first variable counts. */
export function counterexample(task: InvariantsTask, steps: number, replayed = true): Counterexample {
  const states = Array.from({ length: steps }, (_, i) => ({
    where: i === 0 ? "entry" : "loop at line 5",
    line: 5,
    values: i === 0 ? { n: "-3" } : { n: "-3", i: String(10 ** i) },
  }));
  const start = task.document.text.indexOf("assert(i");
  const span = { start, end: start + 14, line: 11, column: 3 };
  return {
    replayed,
    states,
    inputs: [{ what: "unknown() at line 6", value: "9007199254740993" }],
    violated: "assertion 'i >= 0'",
    span,
  };
}
