import { createAnnotationsJudge } from "../provers/judge/annotations.ts";
import type { JudgeParts } from "../provers/judge/judge.ts";
import { AnnotationsFindings } from "./engine/annotations.ts";
import type { Event } from "./engine/event.ts";
import type { EngineParts, Proposer } from "./engine/interfaces.ts";
import type { Model } from "./engine/model.ts";
import type { RunOptions } from "./engine/options.ts";
import type { Outcome } from "./engine/outcome.ts";
import { createEngine } from "./engine/run.ts";
import type { AnnotationsTask } from "./engine/task.ts";
import {
  asWrittenProposer,
  completedProposer,
  textHarvestProposer,
  textHoudiniProposer,
} from "./proposers/annotations/proposers.ts";
import { loopModelProposer } from "./proposers/model/model.ts";
import { annotationsChecker } from "./tasks/annotations/checker.ts";
import { parseAnnotations } from "./tasks/annotations/parse.ts";
import {
  learnAnnotations,
  nearestAnnotations,
  poolAnnotations,
  showAnnotations,
} from "./tasks/annotations/show.ts";

/** Search and verification of functions that our own front end does not read, by a checker that reads C itself. */
export interface Beyond {
  search(task: AnnotationsTask, signal: AbortSignal): AsyncIterable<Event>;
  verify(task: AnnotationsTask, signal: AbortSignal): AsyncIterable<Event>;
}

export function openBeyond(
  { checker, alone }: NonNullable<JudgeParts["source"]>,
  options: RunOptions,
  openModel: () => Promise<Model | null>,
): Beyond {
  const parts = (proposers: readonly Proposer<"annotations">[]): EngineParts<"annotations"> => ({
    proposers: proposers.map(unlessHopeless),
    judge: createAnnotationsJudge(checker),
    openFindings: (task) => new AnnotationsFindings(task.loops.length),
    openChecker: (task, budget, signal) => annotationsChecker(checker, task, budget, signal),
    parse: parseAnnotations,
    screen: poolAnnotations,
    learn: learnAnnotations,
    nearest: nearestAnnotations,
    show: showAnnotations,
  });
  const houdini = textHoudiniProposer();
  const model = loopModelProposer<"annotations">(openModel, ({ loops }, loop) => loops[loop]!.scope);
  const search = createEngine(parts([completedProposer(), textHarvestProposer(), houdini, model, houdini]));
  const verify = createEngine({
    ...parts([asWrittenProposer()]),
    nothingLeft: "what stands in the text does not prove it",
  });
  return {
    search: (task, signal) => told(task, alone, search(task, options, signal)),
    verify: (task, signal) => told(task, alone, verify(task, options, signal)),
  };
}

/** Nobody has ideas for a function that no idea could help. */
function unlessHopeless(proposer: Proposer<"annotations">): Proposer<"annotations"> {
  return {
    ...proposer,
    async *propose(context) {
      if (context.findings.hopeless === null) yield* proposer.propose(context);
    },
  };
}

/** The run as a person reads it: who alone checks, and why nothing was proved in the checker's own words. */
async function* told(
  task: AnnotationsTask,
  alone: boolean,
  events: AsyncIterable<Event<"annotations">>,
): AsyncGenerator<Event> {
  if (!alone)
    yield {
      type: "note",
      at: 0,
      message: `${task.group}: our own front end does not read it, so that --checker both is Frama-C alone here`,
    };
  for await (const event of events)
    yield event.type === "finished" ? { ...event, outcome: inItsWords(task, event.outcome) } : event;
}

function inItsWords({ beyond }: AnnotationsTask, outcome: Outcome<"annotations">): Outcome {
  if (outcome.kind !== "unknown" || outcome.nearest === null) return outcome;
  const { invariants, verdict } = outcome.nearest;
  if (verdict.kind !== "unknown" || invariants.some((texts) => texts.length > 0)) return outcome;
  // A text that is C for neither is wrong, and not merely beyond one of them.
  if (verdict.refused) {
    const [first] = beyond;
    const said = first ? [{ ...first, message: verdict.reason }] : [];
    return { kind: "error", diagnostics: [...said, ...beyond] };
  }
  return { kind: "unknown", reason: verdict.reason, nearest: null };
}
