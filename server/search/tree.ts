import type { Bandit } from "./bandit.ts";
import { canonicalState, exactGoal } from "./canonical.ts";
import type { Goal } from "./session.ts";
import type { Failed, Suggestion } from "./source.ts";

/** A step from one state to the next. */
export interface Step {
  readonly tactic: string;
  readonly source: string;
  readonly arm: string;
}

/** A proof state that was reached. */
export interface SearchNode {
  readonly id: number;
  readonly parent: SearchNode | null;
  readonly step: Step | null;
  readonly goals: readonly Goal[];
  readonly depth: number;
  /** The sum of the costs of the steps that lead here. */
  readonly cost: number;
  readonly failures: Failed[];
  /** The state in which this node's first goal was closed and the others wait; then all work on that goal is over. */
  closedBy: SearchNode | null;
}

/** A suggestion at a node that was not tried yet. */
export interface Edge {
  readonly node: SearchNode;
  readonly suggestion: Suggestion;
  readonly source: string;
  readonly arm: string;
  /** The suggestion's cost with what the bandit knows of its arm. */
  readonly cost: number;
}

/**
 * The states of a search. Duplicates are cut by canonical form, which also cuts loops. Goals are proved in order: once a way
 * is found that closes a state's first goal and leaves the others as they were, other ways to close it are of no use.
 */
export class SearchTree {
  readonly root: SearchNode;
  readonly nodes: SearchNode[] = [];
  readonly #bandit: Bandit;
  readonly #seen = new Map<string, SearchNode>();
  readonly #closings = new Map<string, readonly Step[]>();

  constructor(goals: readonly Goal[], bandit: Bandit) {
    this.#bandit = bandit;
    this.root = this.#make(null, null, goals, 0);
    this.#seen.set(canonicalState(goals), this.root);
  }

  /** The node for the goals that a step left; null when the state was reached before. */
  grow(parent: SearchNode, step: Step, goals: readonly Goal[], cost: number): SearchNode | null {
    const key = canonicalState(goals);
    if (goals.length > 0 && this.#seen.has(key)) return null;
    const node = this.#make(parent, step, goals, parent.cost + cost);
    this.#seen.set(key, node);
    this.#noteClosings(node);
    return node;
  }

  /** True when nothing that starts at this node can be of use any more. */
  obsolete(node: SearchNode): boolean {
    const path = new Set<SearchNode>();
    for (let at: SearchNode | null = node; at; at = at.parent) {
      path.add(at);
      if (at.closedBy && !path.has(at.closedBy)) return true;
    }
    return false;
  }

  /** How the node's first goal was closed elsewhere in this search, letter for letter the same goal. */
  knownClosing(node: SearchNode): readonly Step[] | null {
    return this.#closings.get(exactGoal(node.goals[0]!)) ?? null;
  }

  edge(node: SearchNode, suggestion: Suggestion, source: string): Edge {
    const arm = suggestion.arm ?? source;
    return { node, suggestion, source, arm, cost: suggestion.cost + this.#bandit.penalty(arm) };
  }

  #make(parent: SearchNode | null, step: Step | null, goals: readonly Goal[], cost: number): SearchNode {
    const depth = parent ? parent.depth + 1 : 0;
    const id = this.nodes.length;
    const node = { id, parent, step, goals, depth, cost, failures: [], closedBy: null };
    this.nodes.push(node);
    return node;
  }

  #noteClosings(node: SearchNode): void {
    const left = node.goals.map(exactGoal).join("\n");
    for (let at = node.parent; at; at = at.parent) {
      if (at.closedBy || at.goals.length !== node.goals.length + 1) continue;
      if (at.goals.slice(1).map(exactGoal).join("\n") !== left) continue;
      // The last goal stays open to other ways, so that a search may go on for a second proof.
      if (node.goals.length > 0) at.closedBy = node;
      const steps = stepsFrom(at, node);
      this.#closings.set(exactGoal(at.goals[0]!), steps);
      for (const { arm } of steps) this.#bandit.won(arm);
    }
  }
}

/** The steps from an ancestor to a node. */
export function stepsFrom(ancestor: SearchNode | null, node: SearchNode): Step[] {
  const steps: Step[] = [];
  for (let at: SearchNode | null = node; at && at !== ancestor; at = at.parent)
    if (at.step) steps.push(at.step);
  return steps.reverse();
}
