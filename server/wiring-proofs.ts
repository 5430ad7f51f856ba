import { createProofJudge } from "../provers/judge/proof.ts";
import type { Event } from "./engine/event.ts";
import type { EngineParts } from "./engine/interfaces.ts";
import type { RunOptions } from "./engine/options.ts";
import { createEngine } from "./engine/run.ts";
import type { Document, ProofHoleTask } from "./engine/task.ts";
import { availableCores } from "./models/llama/cores.ts";
import { coqLanguage } from "./proposers/coq/language.ts";
import { leanLanguage } from "./proposers/lean/language.ts";
import { Bandit } from "./search/bandit.ts";
import { proofChecker } from "./search/checker.ts";
import { searchProposer } from "./search/proposer.ts";
import type { Premise, ProofAssistant } from "./search/session.ts";
import type { TacticSource } from "./search/source.ts";
import { draftCoqProof } from "./tasks/proof-hole/draft.ts";
import { draftLeanProof } from "./tasks/proof-hole/lean-draft.ts";
import { locateLeanHoles } from "./tasks/proof-hole/lean-locate.ts";
import { learnRejection } from "./tasks/proof-hole/learn.ts";
import { type LocatedHoles, locateCoqHoles } from "./tasks/proof-hole/locate.ts";
import { showScripts } from "./tasks/proof-hole/show.ts";
import { openCoq, openLean, type ProverChoice } from "./wiring-assistants.ts";
import { embedderOf, modelOf, withNote } from "./wiring-model.ts";

export type { LocatedHoles };

/** What a command or an editor chooses for proof holes. */
export interface ProofSettings {
  /** As `chooseModel` takes it; undefined for the default, `none` for none. */
  readonly model: string | undefined;
  /** The local model that ranks premises again; undefined for what the environment names, and none without. */
  readonly embeddingModel?: string | undefined;
  readonly offline: boolean;
  readonly options: RunOptions;
  /** Default `best-first`. */
  readonly strategy?: "best-first" | "mcts";
  /** Sources in the place of the language's own, for comparisons. */
  readonly sources?: (premises: readonly Premise[]) => TacticSource[];
  /** Which build of the proof assistant; default the user's own where it is found. */
  readonly prover?: ProverChoice;
  /** The judge has the compiled file read by the independent checker, too. */
  readonly thorough?: boolean;
  /** Sessions at work at one hole; default one a core, at most two; for Lean two where there are four cores and memory for them. */
  readonly workers?: number;
  /** Milliseconds that the judge may take beyond a run's own time over a proof that was found in it; default `JUDGE_MS`. */
  readonly judgeMs?: number;
}

/** Proof holes, put together: the counterpart of `Touchstone` for files of proof assistants. */
export interface ProofTouchstone {
  locate(document: Document): LocatedHoles[];
  /** Searches for a proof of a theorem's holes. */
  run(task: ProofHoleTask, signal: AbortSignal): AsyncIterable<Event<"proofHole">>;
  close(): Promise<void>;
}

/** A tactic that fails costs a millisecond, so the number of checks that is right for solvers is not for sessions. */
const CHECKS = 1_000_000;
/** A proof that was found is not given up because the machine is busy: compiling the file anew takes what it takes. */
const JUDGE_MS = 60_000;

/** The language of a file of a proof assistant, by its name; Coq where the name does not tell. */
export function proofLanguageOf(file: string): ProofHoleTask["language"] {
  return file.endsWith(".lean") ? "lean" : "coq";
}

/** Where constructors meet for proof holes. Throws `ProverMissing` when no prover of the language can be had. */
export async function openProofs(
  settings: ProofSettings,
  name: ProofHoleTask["language"] = "coq",
): Promise<ProofTouchstone> {
  const models = modelOf(settings);
  const embedders = embedderOf(settings.embeddingModel);
  const own = name === "lean" ? await leanParts(settings, models) : await coqParts(settings, models);
  const { assistant, reviewer, draft } = own;
  const bandits = new Map<string, Bandit>();
  const { sources } = settings;
  const language = {
    ...own.language,
    ...(sources && { sources: (_: unknown, premises: readonly Premise[]) => sources(premises) }),
  };
  const parts: EngineParts<"proofHole"> = {
    proposers: [
      searchProposer({
        language: () => language,
        strategy: settings.strategy ?? "best-first",
        workers: settings.workers ?? own.workers,
        embedder: embedders.open,
        bandit: (file) => remembered(bandits, file, own.slowMs),
      }),
    ],
    judge: createProofJudge({ reviewer: async () => reviewer, draft, alternatives: 1 }),
    judgeMs: settings.judgeMs ?? JUDGE_MS,
    openFindings: () => ({ revision: 0, partial: null, rejected: new Map() }),
    openChecker: (task, budget) => proofChecker(task, async (): Promise<ProofAssistant> => assistant, budget),
    parse: () => ({ kind: "rejected", reason: "a proof is proposed as a script, never as text" }),
    screen: (candidate, findings) =>
      findings.rejected.has(showScripts(candidate))
        ? { kind: "rejected", reason: "it was turned down before" }
        : { kind: "whole" },
    learn: learnRejection,
    nearest: ({ partial }) => partial,
    show: ({ language }, candidate) => showScripts(candidate, language),
  };
  const run = createEngine(parts);
  const options = { ...settings.options, maxChecks: Math.max(settings.options.maxChecks, CHECKS) };
  return {
    locate: own.locate,
    run: (task, signal) => withNote(run(task, options, signal), () => models.note() ?? embedders.note()),
    async close() {
      await own.close();
      await models.close();
      await embedders.close();
    },
  };
}

async function coqParts(settings: ProofSettings, models: ReturnType<typeof modelOf>) {
  const coq = await openCoq(settings.prover, { thorough: settings.thorough ?? false });
  if (coq.kind === "missing") throw new ProverMissing(coq.message);
  return {
    ...coq,
    language: coqLanguage(models.open),
    locate: locateCoqHoles,
    draft: draftCoqProof,
    slowMs: undefined,
    workers: Math.min(2, availableCores()),
    close: () => coq.assistant.close(),
  };
}

async function leanParts(settings: ProofSettings, models: ReturnType<typeof modelOf>) {
  const lean = await openLean(settings.prover);
  if (lean.kind === "missing") throw new ProverMissing(lean.message);
  return {
    ...lean,
    language: leanLanguage(models.open),
    locate: locateLeanHoles,
    draft: draftLeanProof,
    // A pass of the language server takes this long whatever it does; Coq answers in a millisecond.
    slowMs: 600,
    workers: leanWorkers(),
    close: async () => lean.close?.(),
  };
}

/**
 * A second Lean costs as much memory as the first, 1.3 GB and more with libraries, and the judge has one too; each keeps more than a core busy.
 */
function leanWorkers(): number {
  const roomy = process.availableMemory() > 8e9 && availableCores() >= 4;
  return roomy ? 2 : 1;
}

/** No prover of a language was found; the message says what to do. */
export class ProverMissing extends Error {
  override name = "ProverMissing";
}

function remembered(bandits: Map<string, Bandit>, file: string, slowMs: number | undefined): Bandit {
  const known = bandits.get(file) ?? new Bandit(slowMs);
  bandits.set(file, known);
  return known;
}
