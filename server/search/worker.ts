import type { ProofSession, StateId, TacticResult } from "./session.ts";
import type { SearchNode } from "./tree.ts";

/** Milliseconds for a step that worked before; a loaded machine may take longer over it. */
const REPLAY_MS = 5_000;
/** States that are remembered by name; the session replays what it has forgotten itself. */
const REMEMBERED = 5_000;

/** One session and the names that the search's nodes have in it. A node that another worker reached is replayed here. */
export class Worker {
  readonly #session: ProofSession;
  readonly #states = new Map<SearchNode, StateId>();

  constructor(session: ProofSession) {
    this.#session = session;
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
