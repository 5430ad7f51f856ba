import { outcomeOf, type Report } from "../../cli/report.ts";
import type { Outcome } from "../../engine/outcome.ts";
import { type LoopTask, loopsOf } from "../../engine/task.ts";
import type { Located } from "../../tasks/invariants/locate.ts";
import { applyVerified } from "../../wiring.ts";
import { digest, identityOf } from "./identity.ts";
import type { GroupOutcome, GroupResult, ReadGroup, RunRequest } from "./messages.ts";

/** A located function as the server knows it. One that could not be read has no identity that a result could be kept for. */
export function readGroup(located: Located<LoopTask>): ReadGroup {
  if (located.kind === "error") {
    const { group, span } = located;
    return {
      group: group ?? "",
      start: span.start,
      end: span.end,
      line: span.line - 1,
      identity: "",
      loops: [],
    };
  }
  const { task } = located;
  const { group, span } = task;
  const { start, end } = span;
  const loops = loopsOf(task).map((loop) => loop.span.start);
  // Of a function that only Frama-C reads all that its proof depends on is the whole text.
  const identity = task.kind === "annotations" ? digest(task.document.text) : identityOf(task.program);
  return { group, start, end, line: span.line - 1, identity, loops };
}

/** A report as data that can cross to the server. */
export function groupResult(request: RunRequest, located: Located<LoopTask>, report: Report): GroupResult {
  return {
    ...readGroup(located),
    task: request.task,
    version: request.document.version,
    outcome: groupOutcome(request.document.text, outcomeOf(report)),
    counts: report.counts,
  };
}

function groupOutcome(text: string, outcome: Outcome): GroupOutcome {
  if (outcome.kind !== "proved") return outcome;
  const { verified, answers, proposer } = outcome;
  // Nothing but what the judge minted, for this very text, becomes an edit.
  if (applyVerified(text, verified).kind !== "applied")
    throw new Error("A proof was made for another text than the one of the request.");
  const { edit, baseHash, textHash, evidence } = verified;
  return {
    kind: "proved",
    edit: edit.insertions.map(({ offset, end, text }) => ({ start: offset, end, text })),
    baseHash,
    textHash,
    answers,
    proposer,
    checkedBy: evidence.checkedBy,
    assumptions: evidence.assumptions,
    conditions: evidence.assumptions.filter((one) => !GENERAL.some((general) => general.test(one))),
    terminates: evidence.terminates,
  };
}

/** Assumptions that every proof of its kind rests on: the notion of correctness, and the reading of integers that was chosen. */
const GENERAL = [/^partial correctness$/, /^mathematical integers\b/, /^(?:32|64)-bit int\b/];
