import type { Edge, SearchNode } from "./tree.ts";

/** Which edge to try next. The driver tells it what came of each; it knows neither provers nor sources. */
export interface Strategy {
  /** New edges at a node: all at its birth, and more when something was learned there. */
  add(node: SearchNode, edges: readonly Edge[]): void;
  /** The next edge, or null when none is left. It is not given out twice. */
  next(): Edge | null;
  /** The node that an edge led to, or null where it failed or was a duplicate. */
  tried(edge: Edge, node: SearchNode | null): void;
}

/** How far a state is from done, in the unit of costs: open goals, and the size of the first one. */
export function distance(node: SearchNode): number {
  const first = node.goals[0];
  if (!first) return 0;
  const size = first.conclusion.length + first.hypotheses.reduce((sum, { type }) => sum + type.length, 0) / 4;
  return 0.2 * node.goals.length + 0.7 * Math.log(1 + size / 60);
}
