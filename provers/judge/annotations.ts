import type { Judge, Judgement } from "../../server/engine/interfaces.ts";
import type { SourceChecker } from "../../server/engine/source-checker.ts";
import type { AnnotationsTask } from "../../server/engine/task.ts";
import { annotationAnswers, draftAnnotations, presentIn } from "../../server/tasks/annotations/edit.ts";
import { loopsIn } from "../../server/tasks/annotations/locate.ts";
import { applyEdit } from "../../server/tasks/invariants/edit.ts";
import { hashText } from "./apply.ts";
import { mint } from "./mint.ts";
import { sameTokens } from "./same-code.ts";
import { obligation } from "./source.ts";

/** Milliseconds for the whole text; the run's own deadline is mostly nearer. */
const DEADLINE_MS = 300_000;

/**
 * The judge of functions that nobody but Frama-C reads: the edited text, in a process of its own, with smoke tests, and nothing
 * of the function open (soundness.md 9). The edit may add clauses to loops and nothing else.
 */
export function createAnnotationsJudge(source: SourceChecker): Judge<"annotations"> {
  return {
    judge: (task, candidate, signal) => judge(source, task, candidate, signal),
    confirm: () => ({ kind: "rejected", reason: "nothing is executed here" }),
  };
}

async function judge(
  source: SourceChecker,
  task: AnnotationsTask,
  candidate: Parameters<Judge<"annotations">["judge"]>[1],
  signal: AbortSignal,
): Promise<Judgement<"annotations">> {
  const { document, group } = task;
  const edit = draftAnnotations(task, candidate);
  const text = applyEdit(document.text, edit);
  const changed = whatElseChanged(task, text);
  if (changed !== null) return { kind: "rejected", reason: changed };
  const verdict = await source.check({
    text,
    file: document.file,
    function: group,
    vacuity: true,
    beyond: true,
    deadlineMs: DEADLINE_MS,
    signal,
  });
  if (verdict.kind !== "proved") return { kind: "rejected", reason: verdict.reason };
  const { terminates, assumptions, checkedBy, properties } = verdict;
  const [said] = task.beyond;
  const why = said === undefined ? "" : ` (line ${said.span.line}: ${said.message})`;
  const verified = mint({
    edit,
    textHash: hashText(text),
    baseHash: hashText(document.text),
    evidence: {
      obligations: properties.map((one) => obligation(one, text)),
      checkedBy: [checkedBy],
      assumptions: [
        ...(terminates ? [] : ["partial correctness"]),
        "32-bit int, no signed overflow is proved",
        `Frama-C alone: our own front end does not read the function${why}`,
        ...assumptions,
        // What a compiler is given is the other branch.
        ...(/\b__FRAMAC__\b/.test(text) ? ["the text is what it is where __FRAMAC__ is defined"] : []),
      ],
      terminates,
    },
  });
  return { kind: "proved", verified, answers: annotationAnswers(task, candidate) };
}

/** Why the edit is no mere addition of clauses to these loops; null when it is. */
function whatElseChanged({ document, group, loops }: AnnotationsTask, text: string): string | null {
  const more = "the edit changes more than annotations";
  if (!sameTokens(document.text, text)) return more;
  const now = loopsIn(text, group);
  if (now === null || now.length !== loops.length)
    return "the function cannot be found again in the edited text";
  // What a person claimed of a loop is proved again, so it has to be there still.
  const kept = loops.every((loop, at) => {
    const [was, is] = [presentIn(document.text, loop), presentIn(text, now[at]!)];
    return (
      [...was.invariants].every((one) => is.invariants.has(one)) &&
      [...was.kinds].every((one) => is.kinds.has(one))
    );
  });
  return kept ? null : more;
}
