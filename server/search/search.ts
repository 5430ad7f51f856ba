import type { ScriptStep } from "../engine/candidate.ts";
import type { StepEvent } from "../engine/proof.ts";
import type { Bandit } from "./bandit.ts";
import { bestFirst } from "./best-first.ts";
import { exactGoal } from "./canonical.ts";
import { monteCarlo } from "./mcts.ts";
import { Sampling } from "./sampling.ts";
import type { Goal, Premise, ProofSession, TacticResult } from "./session.ts";
import type { Position, TacticSource } from "./source.ts";
import type { Strategy } from "./strategy.ts";
import { type Edge, type SearchNode, SearchTree, type Step, stepsFrom } from "./tree.ts";
import { Worker } from "./worker.ts";

export interface SearchParts {
  readonly session: ProofSession;
  /** More at the same hole, one a worker; they join when they are there. Null for one that could not be had. */
  readonly others?: readonly Promise<ProofSession | null>[];
  readonly sources: readonly TacticSource[];
  readonly strategy: "best-first" | "mcts";
  readonly bandit: Bandit;
  /** Premises that look relevant to a goal, the best first. */
  readonly retrieve: (goal: Goal) => readonly Premise[];
  /** True once the budget leaves nothing for another tactic. */
  readonly spent: () => boolean;
  readonly report: (event: StepEvent) => void;
  /** What failed, by state and tactic: a search that comes after another at the same hole does not try it again. */
  readonly failed?: Set<string>;
}

/** A script that left nothing open in the session. The judge still has the last word. */
export interface Found {
  readonly script: readonly ScriptStep[];
  /** The source of the step that closed it. */
  readonly source: string;
}

/** What a time-out of something quick is worth: once more, with this many times its deadline, at this additional cost. */
const PATIENCE = { upToMs: 1_000, factor: 5, cost: 3 };

/** Milliseconds for a tactic that the prover found itself. */
const ANSWER_MS = 3_000;

/** Searches for proofs of the goals at a hole. Knows no prover and no tactic: states come from sessions, tactics from sources. */
export class ProofSearch {
  readonly #parts: SearchParts;
  readonly #tree: SearchTree;
  readonly #strategy: Strategy;
  readonly #sampling: Sampling;
  readonly #found: Found[] = [];
  #wake: (() => void)[] = [];
  #busy = 0;

  constructor(parts: SearchParts) {
    this.#parts = parts;
    this.#tree = new SearchTree(parts.session.goals, parts.bandit);
    const obsolete = (node: SearchNode) => this.#tree.obsolete(node);
    this.#strategy = parts.strategy === "mcts" ? monteCarlo(this.#tree.root) : bestFirst(obsolete);
    this.#sampling = new Sampling(
      parts.sources.filter((source) => source.sample),
      obsolete,
    );
    this.#open(this.#tree.root);
  }

  /** Yields each script as it is found; ends when nothing is left to try, the budget is spent, or the reader leaves. */
  async *run(signal: AbortSignal): AsyncGenerator<Found, void, undefined> {
    const left = new AbortController();
    const working = AbortSignal.any([signal, left.signal]);
    let failure: unknown = null;
    const sessions = [Promise.resolve(this.#parts.session), ...(this.#parts.others ?? [])];
    let running = sessions.length;
    const workers = sessions.map((session) =>
      session
        .then((ready) => (ready ? this.#work(new Worker(ready), working) : undefined))
        .catch((error: unknown) => {
          failure ??= error;
          left.abort(error);
        })
        .finally(() => {
          running--;
          this.#changed();
        }),
    );
    const changed = () => this.#changed();
    working.addEventListener("abort", changed);
    const sampler = this.#sampling.run(
      (node) => this.#position(node),
      (node, source, suggestion) => {
        this.#strategy.add(node, [this.#tree.edge(node, suggestion, source)]);
        changed();
      },
      changed,
      working,
    );
    try {
      while (running > 0 || this.#found.length > 0) {
        const next = this.#found.shift();
        if (next) yield next;
        else await this.#change();
      }
      if (failure !== null) throw failure;
    } finally {
      left.abort(new DOMException("The search is over.", "AbortError"));
      working.removeEventListener("abort", changed);
      await Promise.all([...workers, sampler]);
    }
  }

  /** The node that came nearest: the fewest goals open, the longest way among equals; the hole itself when nothing was reached. */
  nearest(): { readonly script: readonly ScriptStep[]; readonly goals: readonly Goal[] } {
    const better = (a: SearchNode, b: SearchNode) =>
      b.goals.length < a.goals.length || (b.goals.length === a.goals.length && closings(b) > closings(a))
        ? b
        : a;
    const node = this.#tree.nodes.filter(({ goals }) => goals.length > 0).reduce(better);
    return { script: scriptOf(node), goals: node.goals };
  }

  async #work(worker: Worker, signal: AbortSignal): Promise<void> {
    while (!this.#parts.spent() && !signal.aborted) {
      const edges = this.#strategy.next(worker.atOnce);
      if (edges.length > 0) {
        this.#busy++;
        try {
          await this.#tryEach(worker, edges, signal);
        } finally {
          this.#busy--;
          this.#changed();
        }
      } else if (this.#busy > 0 || this.#sampling.active) await this.#change();
      else return;
    }
  }

  /** Applies the first tactic of each edge, and then the others of those that have more. */
  async #tryEach(worker: Worker, all: readonly Edge[], signal: AbortSignal): Promise<void> {
    const { node } = all[0]!;
    const edges = all.filter(({ suggestion }) => !suggestion.asks);
    for (const edge of all) if (edge.suggestion.asks) await this.#ask(worker, edge, signal);
    if (edges.length === 0) return;
    const tries = edges.map(({ suggestion }) => ({
      tactic: suggestion.tactics[0]!,
      deadlineMs: suggestion.deadlineMs,
    }));
    const tried = await worker.applyEach(node, tries, signal);
    for (const [at, edge] of edges.entries()) {
      if (!tried) {
        this.#strategy.tried(edge, null);
        continue;
      }
      const { result, ms } = tried[at]!;
      this.#parts.bandit.pulled(edge.arm, ms);
      const next = this.#settle(worker, edge, node, tries[at]!.tactic, result);
      if (next && edge.suggestion.tactics.length > 1) await this.#follow(worker, edge, next, signal);
    }
  }

  /** Has the prover search by itself; what it answers is tried next. */
  async #ask(worker: Worker, edge: Edge, signal: AbortSignal): Promise<void> {
    const { node, suggestion, source, arm } = edge;
    const started = performance.now();
    const answers = await worker.ask(node, suggestion.tactics[0]!, suggestion.deadlineMs, signal);
    this.#parts.bandit.pulled(arm, performance.now() - started);
    this.#strategy.tried(edge, null);
    if (answers.length === 0) {
      const event = { type: "step" as const, parent: node.id, node: null, proposer: source };
      const [tactic] = suggestion.tactics;
      this.#parts.report({
        ...event,
        tactic: tactic!,
        result: "other",
        goals: node.goals.length,
        text: "it found nothing",
      });
    }
    const edges = answers.map((tactic) =>
      this.#tree.edge(node, { tactics: [tactic], cost: 0, deadlineMs: ANSWER_MS, arm }, source),
    );
    if (edges.length > 0) this.#strategy.add(node, edges);
  }

  /** Applies the rest of an edge's tactics in turn; every state on the way becomes a node. */
  async #follow(worker: Worker, edge: Edge, from: SearchNode, signal: AbortSignal): Promise<void> {
    const { tactics, deadlineMs } = edge.suggestion;
    let node = from;
    for (const tactic of tactics.slice(1)) {
      const started = performance.now();
      const result = await worker.apply(node, tactic, deadlineMs, signal);
      if (!result) return this.#strategy.tried(edge, null);
      this.#parts.bandit.pulled(edge.arm, performance.now() - started);
      const next = this.#settle(worker, edge, node, tactic, result);
      if (!next) return;
      node = next;
    }
  }

  /** Books what a tactic did. The node to go on from, or null. */
  #settle(
    worker: Worker,
    edge: Edge,
    from: SearchNode,
    tactic: string,
    result: TacticResult,
  ): SearchNode | null {
    const step: Step = { tactic, source: edge.source, arm: edge.arm };
    const event = { type: "step" as const, parent: from.id, node: null, proposer: edge.source, tactic };
    if (result.kind === "error") {
      const { failure, message } = result;
      this.#parts.report({ ...event, result: failure, goals: from.goals.length, text: message });
      this.#strategy.tried(edge, null);
      this.#failed(edge, from, { tactic, failure, message });
      return null;
    }
    const goals = result.kind === "done" ? [] : result.goals;
    const node = this.#tree.grow(from, step, goals, edge.cost);
    const text = goals[0]?.conclusion ?? null;
    if (!node) {
      this.#parts.report({ ...event, result: "duplicate", goals: goals.length, text });
      this.#strategy.tried(edge, null);
      return null;
    }
    this.#parts.report({ ...event, node: node.id, result: result.kind, goals: goals.length, text });
    this.#strategy.tried(edge, node);
    if (result.kind === "done") {
      this.#found.push({ script: scriptOf(node), source: edge.source });
      this.#changed();
      return null;
    }
    worker.reached(node, result.state);
    this.#open(node);
    return node;
  }

  /** Each class of failure has its own answer: patience for a time-out here, the rest from the sources. */
  #failed(edge: Edge, node: SearchNode, failed: Position["failures"][number]): void {
    node.failures.push(failed);
    if (failed.failure !== "time-out" && failed.failure !== "crash")
      this.#parts.failed?.add(failureKey(node, failed.tactic));
    const { suggestion, source } = edge;
    const repaired = this.#repairs(node, failed);
    if (
      failed.failure === "time-out" &&
      suggestion.tactics.length === 1 &&
      suggestion.deadlineMs <= PATIENCE.upToMs &&
      suggestion.cost < 3 * PATIENCE.cost
    ) {
      const patient = {
        ...suggestion,
        cost: suggestion.cost + PATIENCE.cost,
        deadlineMs: suggestion.deadlineMs * PATIENCE.factor,
      };
      repaired.push(this.#tree.edge(node, patient, source));
    }
    if (repaired.length > 0) this.#strategy.add(node, repaired);
  }

  #repairs(node: SearchNode, failed: Position["failures"][number]): Edge[] {
    const position = this.#position(node);
    return this.#parts.sources.flatMap((source) =>
      source.repair
        ? [...source.repair(position, failed)].map((one) => this.#tree.edge(node, one, source.name))
        : [],
    );
  }

  /** Asks all quick sources at a new node. */
  #open(node: SearchNode): void {
    const position = this.#position(node);
    const tactics = new Map<string, Edge>();
    const known = this.#tree.knownClosing(node);
    if (known) {
      const suggestion = { tactics: known.map(({ tactic }) => tactic), cost: 0, deadlineMs: 2_000 };
      tactics.set(suggestion.tactics.join("\n"), this.#tree.edge(node, suggestion, known.at(-1)!.source));
    }
    for (const source of this.#parts.sources) {
      for (const suggestion of source.suggest?.(position) ?? []) {
        const key = suggestion.tactics.join("\n");
        if (this.#parts.failed?.has(failureKey(node, suggestion.tactics[0]!))) continue;
        const edge = this.#tree.edge(node, suggestion, source.name);
        if ((tactics.get(key)?.cost ?? Number.POSITIVE_INFINITY) > edge.cost) tactics.set(key, edge);
      }
    }
    this.#strategy.add(node, [...tactics.values()]);
    this.#sampling.offer(node);
  }

  #position(node: SearchNode): Position {
    const { retrieve } = this.#parts;
    const goal = node.goals[0]!;
    let relevant: readonly Premise[] | null = null;
    return {
      goals: node.goals,
      goal,
      depth: node.depth,
      script: stepsFrom(null, node).map(({ tactic }) => tactic),
      last: node.step?.tactic ?? null,
      failures: node.failures,
      get relevant() {
        relevant ??= retrieve(goal);
        return relevant;
      },
    };
  }

  #changed(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }
}

function failureKey(node: SearchNode, tactic: string): string {
  return `${tactic}\n${node.goals.map(exactGoal).join("\n")}`;
}

function scriptOf(node: SearchNode): ScriptStep[] {
  const steps: ScriptStep[] = [];
  for (let at: SearchNode | null = node; at?.step; at = at.parent)
    steps.push({ tactic: at.step.tactic, goals: at.goals.length });
  return steps.reverse();
}

/** How many goals were closed on the way to a node. */
function closings(node: SearchNode): number {
  let closed = 0;
  for (let at: SearchNode | null = node; at?.parent; at = at.parent)
    if (at.goals.length < at.parent.goals.length) closed++;
  return closed;
}
