import type { Script, ScriptCandidate, ScriptStep } from "../engine/candidate.ts";
import type { ProposeContext, Proposer } from "../engine/interfaces.ts";
import { type Embedder, ModelError } from "../engine/model.ts";
import type { ProofHoleTask } from "../engine/task.ts";
import type { Edit } from "../engine/verified.ts";
import { showScript } from "../tasks/proof-hole/show.ts";
import type { Bandit } from "./bandit.ts";
import { openReranker, type Reranker } from "./rerank.ts";
import { openRetrieval, type Retrieval } from "./retrieval.ts";
import { type Found, ProofSearch, type SearchParts } from "./search.ts";
import type { Premise, ProofSession } from "./session.ts";
import { type ShortenParts, shorten } from "./shorten.ts";
import type { TacticSource } from "./source.ts";

/** What the search needs to know of a proof assistant's language. */
export interface ProofLanguage {
  /** The sources of tactics for a hole; models among them where one is to be had. */
  sources(
    task: ProofHoleTask,
    premises: readonly Premise[],
    context: ProposeContext<"proofHole">,
  ): TacticSource[];
  draftPartial(
    task: ProofHoleTask,
    scripts: readonly Script[],
  ): { readonly edit: Edit; readonly texts: readonly string[] };
  readonly simpler: ShortenParts["simpler"];
  readonly merged: (task: ProofHoleTask) => ShortenParts["merged"];
  readonly pinned?: ShortenParts["pinned"];
  /** How much trouble a script may make when its file changes: names that the prover invented, length. Less is better. */
  fragility(steps: readonly ScriptStep[]): number;
}

export interface SearchSettings {
  readonly language: (task: ProofHoleTask) => ProofLanguage;
  readonly strategy: SearchParts["strategy"];
  /** Sessions at work at one hole. */
  readonly workers: number;
  /** What is known of the sources' worth in a file. */
  readonly bandit: (file: string) => Bandit;
  /** The model that ranks premises again; null where none is configured. */
  readonly embedder?: () => Promise<Embedder | null>;
}

/** Premises that a state's sources see. */
const RELEVANT = 30;
/** The share of the time that is kept for shortening what was found late, and the share of what is left that goes into it. */
const LATE_SHARE = 0.1;
const SHORTEN_SHARE = 0.3;
/** The time for a first search without the libraries' lemmas: a share of the whole, and never more than some seconds. */
const EARLY_SHARE = 0.25;
const EARLY_MS = 6_000;
const SHORTEN_MS = 4_000;
/** A proof of more characters is a burden to read: three times as long may go into making it shorter. */
const UNREADABLE = 300;
const UNREADABLE_MS = 3 * SHORTEN_MS;
/** How many times as much trouble as the best proof another that is offered may make. */
const LONGER = 2;
/** The share of the time that is left which asking the libraries may take. */
const ASKING_SHARE = 0.5;
/** The share of the time that is left, and milliseconds at most, that the search waits for premises to be ranked again. */
const RANKING_SHARE = 0.1;
const RANKING_MS = 4_000;

/** The proof search as a proposer: it spends the run's budget in sessions and proposes whole scripts; the judge has the last word. */
export function searchProposer(settings: SearchSettings): Proposer<"proofHole"> {
  return {
    name: "search",
    kind: "always",
    async *propose(context) {
      // A candidate that was turned down is followed by a new search that passes it over.
      for (;;) {
        const candidate = await findAll(settings, context);
        if (candidate === null) return;
        yield candidate;
      }
    },
  };
}

/** Scripts for all holes, or null when one could not be filled. */
async function findAll(
  settings: SearchSettings,
  context: ProposeContext<"proofHole">,
): Promise<ScriptCandidate | null> {
  const { task, findings } = context;
  const language = settings.language(task);
  const scripts: Script[] = [];
  const sources: string[] = [];
  let alternatives: Script[] = [];
  for (const [hole] of task.holes.entries()) {
    const holes = new HoleSearch(settings, language, context, hole);
    // What an early search left open is kept: the next may be ended by the run's limit before it has anything to say.
    const keep = ({ script, goals }: Open) => {
      const { edit, texts } = language.draftPartial(task, [...scripts, script]);
      const last = [...findings.rejected].at(-1);
      const rejected = last === undefined ? null : last.join(": ");
      findings.partial = { proposer: "search", texts, edit, open: goals, rejected };
    };
    const found = await holes.find(keep);
    if (found.kind === "open") {
      keep(found);
      return null;
    }
    if (found.kind === "failed") return null;
    scripts.push(found.scripts[0]!);
    sources.push(found.source);
    alternatives = found.scripts.slice(1);
  }
  return {
    kind: "tree",
    role: "whole",
    scripts,
    alternatives: task.holes.length === 1 ? alternatives.map((script) => [script]) : [],
    provenance: { proposer: [...new Set(sources)].join(", "), seed: context.options.seed },
  };
}

type HoleFound =
  | { readonly kind: "found"; readonly scripts: readonly Script[]; readonly source: string }
  | Open
  | { readonly kind: "failed" };

/** How far a search came that found no proof. */
interface Open {
  readonly kind: "open";
  readonly script: Script;
  readonly goals: readonly string[];
}

/** One search at a hole: with what, and for how many milliseconds at most. */
interface Attempt {
  readonly session: ProofSession;
  readonly others: readonly Promise<ProofSession | null>[];
  readonly premises: readonly Premise[];
  readonly retrieval: Retrieval;
  /** Before the libraries were asked: what is slow does not take part. */
  readonly early: boolean;
  /** Milliseconds that are kept for shortening what was found. */
  readonly reserve: number;
  readonly most: number;
}

/** The search at one hole of a task. */
class HoleSearch {
  readonly #settings: SearchSettings;
  readonly #language: ProofLanguage;
  readonly #context: ProposeContext<"proofHole">;
  readonly #hole: number;
  readonly #failed = new Set<string>();

  constructor(
    settings: SearchSettings,
    language: ProofLanguage,
    context: ProposeContext<"proofHole">,
    hole: number,
  ) {
    this.#settings = settings;
    this.#language = language;
    this.#context = context;
    this.#hole = hole;
  }

  async find(keep: (open: Open) => void): Promise<HoleFound> {
    const { checker, signal, budget, note } = this.#context;
    const opened = await checker.open(this.#hole, signal);
    if (opened.kind === "failed") {
      note({ type: "note", message: `the hole cannot be opened: ${opened.message}` });
      return { kind: "failed" };
    }
    const { session } = opened;
    const values = (await session.falsify?.(signal)) ?? null;
    if (values !== null) {
      note({ type: "note", message: `there is no proof: the statement is false at ${values}` });
      await session.close();
      return { kind: "failed" };
    }
    const others = Array.from({ length: this.#settings.workers - 1 }, () => this.#another());
    let retrieval: Retrieval | null = null;
    let reranker: Reranker | null = null;
    const { timeoutMs } = this.#context.options;
    const reserve = Math.min(SHORTEN_MS / 2, LATE_SHARE * timeoutMs);
    try {
      // What is easy needs no lemma of a library, and to ask for those may take longer than the proof.
      const early = Math.min(EARLY_MS, EARLY_SHARE * timeoutMs);
      const near = session.near?.() ?? [];
      // A session that does not tell them apart has its premises at hand.
      if (session.near) {
        retrieval = openRetrieval(near);
        const easy = await this.#search({
          session,
          others: [],
          premises: near,
          retrieval,
          early: true,
          reserve,
          most: early,
        });
        if (easy.kind === "found" || budget.remainingMs <= reserve) return easy;
        if (easy.kind === "open") keep(easy);
      }
      const premises = (await this.#libraries(session)) ?? near;
      retrieval?.close();
      reranker = await this.#reranker();
      retrieval = openRetrieval(premises, reranker);
      if (reranker && session.goals[0]) {
        retrieval.relevant(session.goals[0], RELEVANT);
        await reranker.settle(Math.min(RANKING_MS, RANKING_SHARE * budget.remainingMs));
      }
      const all = { session, others, premises, retrieval, early: false, reserve, most: timeoutMs };
      return await this.#search(all);
    } finally {
      retrieval?.close();
      reranker?.close();
      const all = [session, ...(await Promise.all(others))];
      await Promise.all(all.map((one) => one?.close()));
    }
  }

  async #reranker(): Promise<Reranker | null> {
    const { note } = this.#context;
    const embedder = (await this.#settings.embedder?.()) ?? null;
    if (embedder === null) return null;
    return openReranker(embedder, (error) => {
      if (!(error instanceof ModelError)) throw error;
      note({ type: "note", message: `premises are not ranked by the embedding model: ${error.message}` });
    });
  }

  /** What the libraries know; null when asking them takes so long that little time would be left to use it. */
  async #libraries(session: ProofSession): Promise<readonly Premise[] | null> {
    const { budget, signal } = this.#context;
    const late = AbortSignal.timeout(Math.max(1, Math.floor(ASKING_SHARE * budget.remainingMs)));
    const asking = AbortSignal.any([signal, late]);
    try {
      return await session.premises(asking);
    } catch (error) {
      signal.throwIfAborted();
      if (!asking.aborted) throw error;
      return null;
    }
  }

  async #search({ session, others, premises, retrieval, early, reserve, most }: Attempt): Promise<HoleFound> {
    const { task, budget, findings, signal, note } = this.#context;
    const until = budget.elapsedMs + Math.min(most, budget.remainingMs - reserve);
    const spent = () => budget.elapsedMs >= until || budget.exhausted() !== null;
    const sources = this.#sources(premises).filter(({ sample }) => !early || !sample);
    const search = new ProofSearch({
      session,
      others,
      sources,
      strategy: this.#settings.strategy,
      bandit: this.#settings.bandit(task.document.file),
      retrieve: (goal) => retrieval.relevant(goal, RELEVANT),
      spent,
      report: note,
      failed: this.#failed,
    });
    const script = (steps: readonly ScriptStep[]): Script => ({
      goals: session.goals.length,
      frame: session.frame,
      steps,
    });
    const ending = AbortSignal.any([
      signal,
      AbortSignal.timeout(Math.max(1, Math.floor(until - budget.elapsedMs))),
    ]);
    let found: Found | null = null;
    try {
      for await (const one of search.run(ending)) {
        if (findings.rejected.has(textOf(one.script))) continue;
        found = one;
        break;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!ending.aborted) throw error;
    }
    if (found === null) {
      const { script: steps, goals } = search.nearest();
      return { kind: "open", script: script(steps), goals: goals.map(({ conclusion }) => conclusion) };
    }
    const short = await this.#shorten(found.script, session);
    const scripts = [short, found.script]
      .filter((steps, at, all) => all.findIndex((one) => textOf(one) === textOf(steps)) === at)
      .filter((steps) => !findings.rejected.has(textOf(steps)))
      .sort((a, b) => this.#language.fragility(a) - this.#language.fragility(b))
      // A second proof is for somebody to choose from: nobody chooses what is longer by far.
      .filter(
        (steps, _, [best]) => this.#language.fragility(steps) <= LONGER * this.#language.fragility(best!),
      )
      .map(script);
    return { kind: "found", scripts, source: found.source };
  }

  #sources(premises: readonly Premise[]): TacticSource[] {
    const { task, options } = this.#context;
    return this.#language
      .sources(task, premises, this.#context)
      .filter(
        ({ name, kind }) =>
          (options.only === null || options.only === kind) && !options.without.includes(name),
      );
  }

  async #another(): Promise<ProofSession | null> {
    const { checker, signal } = this.#context;
    try {
      const opened = await checker.open(this.#hole, signal);
      return opened.kind === "open" ? opened.session : null;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  }

  async #shorten(steps: readonly ScriptStep[], session: ProofSession): Promise<readonly ScriptStep[]> {
    const { task, budget, options, signal } = this.#context;
    const { simpler, merged, pinned } = this.#language;
    const least = Math.min(LATE_SHARE * options.timeoutMs, budget.remainingMs);
    const most = textOf(steps).length > UNREADABLE ? UNREADABLE_MS : SHORTEN_MS;
    const share = Math.min(most, Math.max(least, SHORTEN_SHARE * budget.remainingMs));
    const until = budget.elapsedMs + share;
    const spent = () => budget.elapsedMs >= until;
    const parts = { session, simpler, merged: merged(task), ...(pinned && { pinned }), spent };
    return shorten(steps, parts, signal);
  }
}

function textOf(steps: readonly ScriptStep[]): string {
  return showScript({ steps });
}
