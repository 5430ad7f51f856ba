import type { ProofSession, StateId, TacticResult, Tried, Try } from "./session.ts";
import type { SearchNode } from "./tree.ts";

/** Milliseconds for a step that worked before; a loaded machine may take longer over it. */
const REPLAY_MS = 5_000;
/** Tactics that are tried in one exchange, where the session can do that. */
const AT_ONCE = 8;
/** States that are remembered by name; the session replays what it has forgotten itself. */
const REMEMBERED = 5_000;

/** One session and the names that the search's nodes have in it. A node that another worker reached is replayed here. */
export class Worker {
  readonly #session: ProofSession;
  readonly #states = new Map<SearchNode, StateId>();

  constructor(session: ProofSession) {
    this.#session = session;
  }

  /** Tactics that it is worth trying in one exchange. */
  get atOnce(): number {
    return this.#session.applyEach ? AT_ONCE : 1;
  }

  /** Applies a tactic at a node; null when the node itself can no longer be reached. */
  async apply(
    node: SearchNode,
    tactic: string,
    deadlineMs: number,
    signal: AbortSignal,
  ): Promise<TacticResult | null> {
    const state = await this.#state(node, signal);
    return state === null ? null : this.#session.apply(state, tactic, deadlineMs, signal);
  }

  /** Applies each of several tactics at a node, as far as it can still be reached: null when it cannot. */
  async applyEach(
    node: SearchNode,
    tries: readonly Try[],
    signal: AbortSignal,
  ): Promise<readonly Tried[] | null> {
    const state = await this.#state(node, signal);
    if (state === null) return null;
    if (this.#session.applyEach && tries.length > 1) return this.#session.applyEach(state, tries, signal);
    const tried: Tried[] = [];
    for (const { tactic, deadlineMs } of tries) {
      const started = performance.now();
      const result = await this.#session.apply(state, tactic, deadlineMs, signal);
      tried.push({ result, ms: performance.now() - started });
    }
    return tried;
  }

  /** The tactics that a search of the prover's own answers with at a node; none where it has no such search. */
  async ask(
    node: SearchNode,
    query: string,
    deadlineMs: number,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const state = await this.#state(node, signal);
    if (state === null || !this.#session.ask) return [];
    return this.#session.ask(state, query, deadlineMs, signal);
  }

  /** Remembers what this session calls a node that was just reached in it. */
  reached(node: SearchNode, state: StateId): void {
    if (this.#states.size >= REMEMBERED) this.#states.delete(this.#states.keys().next().value!);
    this.#states.set(node, state);
  }

  async #state(node: SearchNode, signal: AbortSignal): Promise<StateId | null> {
    if (!node.parent) return this.#session.root;
    const known = this.#states.get(node);
    if (known !== undefined) return known;
    const result = await this.apply(node.parent, node.step!.tactic, REPLAY_MS, signal);
    if (result?.kind !== "progress") return null;
    this.reached(node, result.state);
    return result.state;
  }
}
