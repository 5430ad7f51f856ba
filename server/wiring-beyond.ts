import { createAnnotationsJudge } from "../provers/judge/annotations.ts";
import { AnnotationsFindings } from "./engine/annotations.ts";
import type { Event } from "./engine/event.ts";
import type { EngineParts, Proposer } from "./engine/interfaces.ts";
import type { Model } from "./engine/model.ts";
import type { RunOptions } from "./engine/options.ts";
import { createEngine } from "./engine/run.ts";
import type { SourceChecker } from "./engine/source-checker.ts";
import type { AnnotationsTask } from "./engine/task.ts";
import {
  asWrittenProposer,
  completedProposer,
  textHarvestProposer,
  textHoudiniProposer,
} from "./proposers/annotations/proposers.ts";
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
  search(task: AnnotationsTask, signal: AbortSignal): AsyncIterable<Event<"annotations">>;
  verify(task: AnnotationsTask, signal: AbortSignal): AsyncIterable<Event<"annotations">>;
}

export function openBeyond(
  source: SourceChecker,
  options: RunOptions,
  _openModel: () => Promise<Model | null>,
): Beyond {
  const parts = (proposers: readonly Proposer<"annotations">[]): EngineParts<"annotations"> => ({
    proposers,
    judge: createAnnotationsJudge(source),
    openFindings: (task) => new AnnotationsFindings(task.loops.length),
    openChecker: (task, budget, signal) => annotationsChecker(source, task, budget, signal),
    parse: parseAnnotations,
    screen: poolAnnotations,
    learn: learnAnnotations,
    nearest: nearestAnnotations,
    show: showAnnotations,
  });
  const search = createEngine(parts([completedProposer(), textHarvestProposer(), textHoudiniProposer()]));
  const verify = createEngine({
    ...parts([asWrittenProposer()]),
    nothingLeft: "what stands in the text does not prove it",
  });
  return {
    search: (task, signal) => search(task, options, signal),
    verify: (task, signal) => verify(task, options, signal),
  };
}
