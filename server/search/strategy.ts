import type { Edge, SearchNode } from "./tree.ts";

/** Which edge to try next. The driver tells it what came of each; it knows neither provers nor sources. */
export interface Strategy {
  /** New edges at a node: all at its birth, and more when something was learned there. */
  add(node: SearchNode, edges: readonly Edge[]): void;
  /** The next edges, all at one node, at most so many and nearly as good as the first; empty when none is left. None is given out twice. */
  next(most: number): readonly Edge[];
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

/** How much dearer than the first an edge may be that goes with it. */
const WITH = 0.5;

/** Takes the cheapest edges from the end of a list, with those that are nearly as cheap. */
export function takeCheapest(edges: Edge[], most: number): Edge[] {
  const first = edges.pop();
  if (!first) return [];
  const taken = [first];
  while (taken.length < most && edges.length > 0 && edges.at(-1)!.cost <= first.cost + WITH)
    taken.push(edges.pop()!);
  return taken;
}
