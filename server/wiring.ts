import { join } from "node:path";
import { secondOpinions } from "../provers/cvc5/find.ts";
import { applyVerified } from "../provers/judge/apply.ts";
import { createJudge, type JudgeParts } from "../provers/judge/judge.ts";
import { type Memory, memoryIn } from "../provers/judge/memory.ts";
import { noPreprocessing, type PreprocessorChoice } from "../provers/preprocessor/choice.ts";
import { warm } from "../provers/process/warm.ts";
import { chooseSpacer, chooseZ3, otherZ3, type SolverChoice, SolverMissing } from "../provers/z3/choose.ts";
import { InvariantChecker } from "./conditions/checker.ts";
import { lazyChecker } from "./conditions/lazy.ts";
import { passiveForm } from "./conditions/passive.ts";
import { Bandit } from "./engine/bandit.ts";
import type { Budget } from "./engine/budget.ts";
import type { Event } from "./engine/event.ts";
import { Findings } from "./engine/findings.ts";
import type { EngineParts } from "./engine/interfaces.ts";
import type { Model } from "./engine/model.ts";
import type { RunOptions } from "./engine/options.ts";
import type { Outcome } from "./engine/outcome.ts";
import type { Entry } from "./engine/rounds.ts";
import { createEngine } from "./engine/run.ts";
import type { HornSolver, SmtSolver } from "./engine/solver.ts";
import type { Document, InvariantsTask, LoopTask } from "./engine/task.ts";
import type { IntegerReading } from "./program/integer.ts";
import { arraysProposer, likelyArraysProposer } from "./proposers/arrays/arrays.ts";
import { clausesProposer } from "./proposers/clauses/clauses.ts";
import { conditionalProposer } from "./proposers/clauses/conditional.ts";
import { harvestProposer, templatesProposer } from "./proposers/harvest/harvest.ts";
import { houdiniProposer } from "./proposers/houdini/houdini.ts";
import { modelProposer } from "./proposers/model/model.ts";
import { mutationProposer } from "./proposers/mutation/mutation.ts";
import { polynomialProposer } from "./proposers/polynomial/polynomial.ts";
import { samplingProposer, unrollingProposer } from "./proposers/refutation/refutation.ts";
import { scaledProposer } from "./proposers/scaled/scaled.ts";
import { sourceProposer } from "./proposers/source/source.ts";
import { spacerProposer } from "./proposers/spacer/spacer.ts";
import { locateBeyond } from "./tasks/annotations/locate.ts";
import { type ContractSuggestion, findContracts } from "./tasks/invariants/contract.ts";
import { learnFailure, nearestMiss } from "./tasks/invariants/learn.ts";
import { type Located, locateInvariants } from "./tasks/invariants/locate.ts";
import { parseAnswer } from "./tasks/invariants/parse.ts";
import { findPrecondition, type Suggestion, type Trying } from "./tasks/invariants/precondition.ts";
import { screen } from "./tasks/invariants/screen.ts";
import { printConjunct, showCandidate } from "./tasks/invariants/show.ts";
import { openBeyond } from "./wiring-beyond.ts";
import { modelOf, withNote } from "./wiring-model.ts";
import { preparer } from "./wiring-preprocessor.ts";

export type { Located, PreprocessorChoice, SolverChoice };
export { applyVerified };

/** What it has learned to run fast stays, and what leaks in it goes, with a process that serves so many searches. */
const SEARCHES_A_PROCESS = 50;
/** Milliseconds for one solver query of the search, and of the judge. */
const QUERY_MS = 2_000;
const JUDGE_QUERY_MS = 5_000;

/** What a command or an editor chooses. */
export interface Settings {
  readonly reading: IntegerReading;
  /** As `chooseModel` takes it; undefined for the default, `none` for none. */
  readonly model: string | undefined;
  readonly offline: boolean;
  readonly options: RunOptions;
  /** Default `auto`: native Z3 when found, else the WebAssembly build. */
  readonly solver?: SolverChoice;
  /** Whether `verify` remembers in the cache directory what it proved, and uses that where nothing has changed. Default false. */
  readonly remember?: boolean;
  /** Who must have proved what is offered: our own conditions (the default), Frama-C, or both. */
  readonly checker?: "smt" | "frama-c" | "both";
  /** Whether and how C is preprocessed. Default: a file that cannot be read otherwise, with no `-I` and no `-D`. */
  readonly preprocessor?: PreprocessorChoice;
}

/** The program, put together. Every way in (command line, editor, batch) uses this and nothing beneath it. */
export interface Touchstone {
  /** The document with what its reading takes besides its text: for C what a preprocessor makes of it, where one is used. */
  prepare(document: Document, signal: AbortSignal): Promise<Document>;
  locate(document: Document): Located<LoopTask>[];
  /** Searches for invariants. */
  run(task: LoopTask, signal: AbortSignal): AsyncIterable<Event>;
  /** What holds as the text stands: no candidate but the source's own. */
  verify(task: LoopTask, signal: AbortSignal): AsyncIterable<Event>;
  /** With which preconditions a function would be proved that `run` did not prove; null where none was found. */
  precondition(task: LoopTask, outcome: Outcome, signal: AbortSignal): Promise<Suggestion | null>;
  /** With which contracts of static helpers a function would be proved that calls them; null where none were found. */
  contracts(document: Document, group: string, signal: AbortSignal): Promise<ContractSuggestion | null>;
  close(): Promise<void>;
}

/** The one place where constructors meet. Throws when a solver that was asked for by name cannot be had. */
export async function openTouchstone(settings: Settings): Promise<Touchstone> {
  const closed = new AbortController();
  const z3 = await chooseZ3(settings.solver ?? "auto");
  const horn = await chooseSpacer(settings.solver ?? "auto");
  // One process ahead for the search and one for the judge, who takes none that was used before.
  const searching = warm(z3, closed.signal, SEARCHES_A_PROCESS);
  const judging = warm(z3, closed.signal);
  const others = otherSolvers(z3);
  const preprocessing = settings.preprocessor ?? noPreprocessing;
  const source = await sourceChecker(settings.checker ?? "smt", preprocessing);
  const documents = await preparer(preprocessing);
  const models = modelOf(settings);
  const memory = settings.remember ? await memoryFor(z3.name, settings.reading, await others) : null;
  const judge = {
    solver: judging,
    others: () => others,
    queryMs: JUDGE_QUERY_MS,
    prepare: documents.again,
    ...source,
  };
  const parts = (proposers: readonly Entry<"invariants">[], completes: boolean): EngineParts => ({
    proposers,
    judge: createJudge({ ...judge, completes }),
    openFindings: (task) => new Findings(task.program.loops.length),
    openChecker: (task, budget, signal) => lazyChecker(() => openChecker(searching, task, budget, signal)),
    parse: parseAnswer,
    screen,
    learn: learnFailure,
    nearest: nearestMiss,
    show: showCandidate,
  });
  const search = createEngine(parts(searchers(models.open, horn), source.source !== undefined));
  const check = createEngine({
    ...parts([sourceProposer(), samplingProposer(), unrollingProposer([2, 6])], false),
    nothingLeft: "what stands in the text does not prove it",
  });
  const beyond = source.source ? openBeyond(source.source, settings.options, models.open) : null;
  const trying = (like: Document, signal: AbortSignal): Trying => ({
    read: async (text) =>
      locateInvariants(like.expansion ? await documents.again(text, signal) : text, settings.reading),
    search: (task, timeoutMs) => search(task, { ...settings.options, only: "symbolic", timeoutMs }, signal),
    withinMs: settings.options.timeoutMs / 2,
  });
  return {
    prepare: (document, signal) => documents.prepare(document, signal),
    locate(document) {
      const located = locateInvariants(document, settings.reading);
      return beyond === null ? located : locateBeyond(document, located);
    },
    run: (task, signal) =>
      withNote(
        task.kind === "annotations" ? beyond!.search(task, signal) : search(task, settings.options, signal),
        models.note,
      ),
    verify: (task, signal) =>
      task.kind === "annotations"
        ? beyond!.verify(task, signal)
        : remembering(memory, task, () => check(task, settings.options, signal)),
    precondition: async (task, outcome, signal) =>
      task.kind === "annotations" ? null : findPrecondition(task, outcome, trying(task.document, signal)),
    contracts: (document, group, signal) => findContracts(document, group, trying(document, signal)),
    async close() {
      closed.abort(new DOMException("Touchstone was closed.", "AbortError"));
      await Promise.all([searching.close(), judging.close()]);
      await models.close();
    },
  };
}

/** Verdicts of this very program with these solvers. */
async function memoryFor(z3: string, reading: IntegerReading, others: readonly SmtSolver[]): Promise<Memory> {
  const [{ buildHash }, { cacheDirectory }] = await Promise.all([
    import("./install/build.ts"),
    import("./install/cache.ts"),
  ]);
  const solvers = [z3, ...others.map((one) => one.name)];
  return memoryIn(join(cacheDirectory(), "verdicts"), [buildHash(), reading, ...solvers].join("|"));
}

/** The events of a run, or of what is remembered of one; a proof is kept for the next time. */
async function* remembering(
  memory: Memory | null,
  task: InvariantsTask,
  run: () => AsyncIterable<Event>,
): AsyncGenerator<Event> {
  const known = memory?.recall(task) ?? null;
  if (known) {
    yield { type: "note", at: 0, message: `${task.group}: proved before, and nothing has changed` };
    const counts = { proposed: 0, parsed: 0, screened: 0, checks: 0, tokens: 0, ms: 0 };
    yield { type: "finished", at: 0, outcome: known, counts };
    return;
  }
  for await (const event of run()) {
    if (event.type === "finished" && event.outcome.kind === "proved") memory?.keep(task, event.outcome);
    yield event;
  }
}

/** Frama-C where it was asked for. Throws `SolverMissing` when it cannot be had. */
async function sourceChecker(
  checker: "smt" | "frama-c" | "both",
  preprocessing: PreprocessorChoice,
): Promise<Pick<JudgeParts, "source">> {
  if (checker === "smt") return {};
  const { framaC } = await import("../provers/frama-c/checker.ts");
  const found = await framaC(undefined, preprocessing);
  if (found.kind === "missing") throw new SolverMissing(`--checker ${checker}: ${found.message}`);
  return { source: { checker: found.checker, alone: checker === "frama-c" } };
}

/** Second opinions: cvc5, and Z3's other build where its version differs. What is not there is silent. */
async function otherSolvers(z3: SmtSolver): Promise<readonly SmtSolver[]> {
  const [different, other] = await Promise.all([secondOpinions(), otherZ3(z3)]);
  // One more opinion is asked for; cvc5 is the more independent one.
  return different.length > 0 ? different : other ? [other] : [];
}

/** Whose turn it is, the cheapest first. Houdini comes back after every source of new atoms. */
function searchers(openModel: () => Promise<Model | null>, horn: HornSolver): readonly Entry<"invariants">[] {
  // What was learned in one function serves the next.
  const bandit = new Bandit();
  const houdini = houdiniProposer();
  const spacer = spacerProposer(horn);
  return [
    samplingProposer(),
    sourceProposer(),
    harvestProposer(),
    polynomialProposer("early"),
    arraysProposer("few"),
    houdini,
    likelyArraysProposer(),
    houdini,
    arraysProposer("all"),
    houdini,
    unrollingProposer([2, 6]),
    spacer("early"),
    templatesProposer(),
    houdini,
    spacer("early"),
    {
      bandit,
      arms: [
        polynomialProposer("late"),
        conditionalProposer(),
        clausesProposer(),
        modelProposer(openModel),
        scaledProposer([harvestProposer(), templatesProposer(), conditionalProposer(), clausesProposer()]),
        mutationProposer(),
      ],
      after: [houdini, spacer("early")],
    },
    spacer("late"),
    houdiniProposer("last"),
  ];
}

async function openChecker(
  solver: SmtSolver,
  task: InvariantsTask,
  budget: Budget,
  signal: AbortSignal,
): Promise<InvariantChecker> {
  const session = await solver.open(signal);
  return new InvariantChecker({
    passive: passiveForm(task.program, task.exchange ? "touchstone!" : ""),
    session,
    another: () => solver.open(signal),
    budget,
    queryMs: QUERY_MS,
    print: (formula) => printConjunct(task, formula),
    solver: solver.name,
    ...(task.exchange ? { exchange: task.exchange.problem } : {}),
  });
}
