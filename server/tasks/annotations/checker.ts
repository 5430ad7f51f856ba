import type { AnnotationsChecker, Kept } from "../../engine/annotations.ts";
import type { Budget } from "../../engine/budget.ts";
import type { AnnotationsCandidate } from "../../engine/candidate.ts";
import type { SourceChecker, SourceQuestion, SourceVerdict } from "../../engine/source-checker.ts";
import type { AnnotationsTask } from "../../engine/task.ts";
import type { Verdict } from "../../engine/verdict.ts";
import { applyEdit } from "../invariants/edit.ts";
import { withoutConsequences } from "./consequences.ts";
import { draftAnnotations } from "./edit.ts";
import { dropUnproved, labelled, withoutWhatIsRefused } from "./labels.ts";

/** Seconds for a goal while clauses are sifted: what holds at all is mostly seen in one, and many do not. */
const SIFTING_SECONDS = 1;
/** And while an answer is made smaller: what needs longer than that may keep its clauses. */
const TRIAL_SECONDS = 2;
const SIFTING = { loopsOnly: true, goalSeconds: SIFTING_SECONDS };
/** Runs that making an answer smaller may take. */
const MOST_TRIALS = 3;
/** Of the time that is left, what one more trial may take, by how long the last one took. */
const RESERVE = 3;

/** Tries candidates by having a program that reads annotated C prove the text with their clauses in it. */
export function annotationsChecker(
  source: SourceChecker,
  task: AnnotationsTask,
  budget: Budget,
  signal: AbortSignal,
): AnnotationsChecker {
  const { document, group } = task;
  const verdicts = new Map<string, SourceVerdict>();
  let lastMs = 0;

  async function ask(
    text: string,
    how: Pick<SourceQuestion, "loopsOnly" | "goalSeconds">,
    by: AbortSignal,
  ): Promise<SourceVerdict> {
    budget.checks++;
    const started = performance.now();
    const verdict = await source.check({
      text,
      file: document.file,
      function: group,
      vacuity: false,
      beyond: true,
      ...how,
      deadlineMs: Math.max(1, budget.remainingMs),
      signal: AbortSignal.any([signal, by]),
    });
    lastMs = performance.now() - started;
    return verdict;
  }

  async function prove(
    candidate: AnnotationsCandidate,
    by: AbortSignal,
    how: Pick<SourceQuestion, "goalSeconds"> = {},
  ): Promise<SourceVerdict> {
    const text = applyEdit(document.text, draftAnnotations(task, candidate));
    const known = verdicts.get(text);
    if (known) return known;
    const verdict = await ask(text, how, by);
    if (verdict.kind === "proved" || how.goalSeconds === undefined) verdicts.set(text, verdict);
    return verdict;
  }

  return {
    async check(candidate, by) {
      return verdictOf(await prove(candidate, by));
    },
    async houdini(pool, by): Promise<Kept> {
      let kept = pool;
      for (let round = 0; ; round++) {
        const marked = labelled(task, kept);
        const text = applyEdit(document.text, marked.edit);
        // Most of what goes goes at first; then the whole function is proved in the same run, if it can be.
        const verdict = await ask(text, round === 0 ? SIFTING : {}, by);
        if (verdict.kind === "proved") {
          verdicts.set(applyEdit(document.text, draftAnnotations(task, kept)), verdict);
          return { kind: "fixpoint", kept };
        }
        if (verdict.kind === "open" && verdict.hopeless)
          return { kind: "failed", reason: verdict.reason, hopeless: true, refused: false };
        const fewer =
          verdict.kind === "failed"
            ? withoutWhatIsRefused(kept, marked, text, verdict.reason)
            : dropUnproved(kept, marked, text, verdict);
        if (fewer !== null) kept = fewer;
        else if (verdict.kind === "failed")
          return { kind: "failed", reason: verdict.reason, hopeless: true, refused: verdict.refused };
        else return { kind: "fixpoint", kept };
      }
    },
    async simplify(proved, by) {
      const plain = withoutConsequences(proved);
      const enough = count(plain) < count(proved) && (await prove(plain, by)).kind === "proved";
      let best = enough ? plain : proved;
      let size = Math.ceil(count(best) / 2);
      let trials = 0;
      for (let at = 0; size > 0 && trials < MOST_TRIALS; ) {
        if (at >= count(best)) {
          at = 0;
          size = Math.floor(size / 2);
          continue;
        }
        if (lastMs * RESERVE > budget.remainingMs) break;
        const fewer = without(best, at, at + size);
        trials++;
        if ((await prove(fewer, by, { goalSeconds: TRIAL_SECONDS })).kind === "proved") best = fewer;
        else at += size;
      }
      return best;
    },
    async close() {},
  };
}

function verdictOf(verdict: SourceVerdict): Verdict {
  if (verdict.kind === "failed") return { kind: "unknown", reason: verdict.reason, refused: verdict.refused };
  if (verdict.kind === "open") return { kind: "unknown", reason: verdict.reason };
  const { checkedBy, assumptions, terminates } = verdict;
  return { kind: "proved", evidence: { obligations: [], checkedBy: [checkedBy], assumptions, terminates } };
}

function count({ invariants }: AnnotationsCandidate): number {
  return invariants.reduce((sum, texts) => sum + texts.length, 0);
}

/** The candidate without invariants number `from` to `to`, counted over all loops. */
function without(candidate: AnnotationsCandidate, from: number, to: number): AnnotationsCandidate {
  let number = 0;
  const invariants = candidate.invariants.map((texts) =>
    texts.filter(() => {
      const one = number++;
      return one < from || one >= to;
    }),
  );
  return { ...candidate, invariants };
}
