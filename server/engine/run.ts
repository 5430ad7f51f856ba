import { Budget } from "./budget.ts";
import type { Event } from "./event.ts";
import type { EngineParts, Run } from "./interfaces.ts";
import type { Kind, Kinds } from "./kinds.ts";
import type { RunOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { Queue } from "./queue.ts";
import { Stages } from "./stages.ts";
import { type State, step } from "./table.ts";
import { loopsOf, type Task } from "./task.ts";

const PROGRESS_MS = 200;
/** What comes of a candidate once it was found: there the judge's time counts as well as the run's. */
const JUDGES: ReadonlySet<State> = new Set(["screen", "check", "judge"]);

/** The engine for tasks whose kind-specific parts are given. */
export function createEngine<K extends Kind>(parts: EngineParts<K>): Run<K> {
  return (task, options, signal) => run(parts, task, options, signal);
}

/**
 * Drives one task through the transition table and reports every step. The last event is always `finished`. Leaving the loop
 * early cancels the work; the iterator's `return` waits until it has stopped.
 */
async function* run<K extends Kind>(
  parts: EngineParts<K>,
  task: Kinds[K]["task"],
  options: RunOptions,
  signal: AbortSignal,
): AsyncGenerator<Event<K>, void, undefined> {
  const left = new AbortController();
  const queue = new Queue<Event<K>>();
  const work = drive(parts, task, options, AbortSignal.any([signal, left.signal]), (event) =>
    queue.push(event),
  ).finally(() => queue.end());
  try {
    yield* queue;
  } finally {
    left.abort(new DOMException("Nobody listens any more.", "AbortError"));
    await work;
  }
}

async function drive<K extends Kind>(
  parts: EngineParts<K>,
  task: Kinds[K]["task"],
  options: RunOptions,
  signal: AbortSignal,
  emit: (event: Event<K>) => void,
): Promise<void> {
  const budget = new Budget(options);
  const now = () => Math.round(budget.elapsedMs);
  const judgeMs = parts.judgeMs ?? 0;
  const finished = new AbortController();
  const until = (ms: number) =>
    AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, ms)), finished.signal]);
  const working = until(options.timeoutMs);
  const judging = judgeMs > 0 ? until(options.timeoutMs + judgeMs) : working;
  emit({
    type: "started",
    at: 0,
    file: task.document.file,
    group: task.group,
    span: task.span,
    loops: loopLines(task),
    timeoutMs: options.timeoutMs,
  });
  const stages = new Stages(parts, task, options, budget, { working, judging }, emit);
  let state: State = "ask";
  const progress = setInterval(() => {
    const secondsLeft = Math.ceil(budget.remainingMs / 1000);
    emit({ type: "progress", at: now(), counts: budget.counts(), secondsLeft, doing: stages.doing });
  }, PROGRESS_MS);
  try {
    while (state !== "stopped") {
      const on: string = JUDGES.has(state)
        ? await answer(stages, state, signal, judging, () => budget.exhausted(judgeMs))
        : await answer(stages, state, signal, working, () => budget.exhausted());
      const transition = step(state, on);
      if (transition.spends === "candidates") budget.proposed++;
      else if (transition.spends === "checks") budget.checks++;
      state = transition.to;
      emit({ type: "state", at: now(), state, by: on });
    }
  } finally {
    clearInterval(progress);
    await stages.close();
    // Whatever still works beside the run stops with it.
    finished.abort(new DOMException("The run has finished.", "AbortError"));
  }
  const outcome: Outcome<K> = stages.outcome ?? {
    kind: "unknown",
    reason: stages.reason(),
    nearest: stages.nearest(),
  };
  emit({ type: "finished", at: now(), outcome, counts: budget.counts() });
}

function loopLines(task: Task): readonly number[] {
  return task.kind === "proofHole" ? [] : loopsOf(task).map((loop) => loop.span.line);
}

/** A state's handler, with cancellation and an empty purse turned into the table's own answers. */
async function answer<K extends Kind>(
  stages: Stages<K>,
  state: Exclude<State, "stopped">,
  user: AbortSignal,
  working: AbortSignal,
  exhausted: () => string | null,
): Promise<string> {
  const ended = (): string | null => {
    if (user.aborted) return stages.end("cancelled", "it was cancelled");
    const reason = exhausted() ?? (working.aborted ? "the time limit was reached" : null);
    return reason === null ? null : stages.end("exhausted", reason);
  };
  // What was judged in time is offered even if time has run out since.
  if (state !== "offer") {
    const before = ended();
    if (before) return before;
  }
  try {
    return await stages.handle(state);
  } catch (error) {
    const after = working.aborted ? ended() : null;
    if (after) return after;
    throw error;
  }
}
