import { Heap } from "./heap.ts";
import { distance, type Strategy, takeCheapest } from "./strategy.ts";
import type { Edge, SearchNode } from "./tree.ts";

/** Costs are divided by (length)^NORM: 0 favours short scripts, 1 looks at the mean step alone. */
const NORM = 0.8;

/**
 * Best-first search with a length-normalised score (Polu and Sutskever, 2020; Yang et al., 2023): the edge with the least
 * cumulative cost over length^NORM, plus what the state itself looks like.
 */
export function bestFirst(obsolete: (node: SearchNode) => boolean): Strategy {
  const waiting = new Map<SearchNode, Edge[]>();
  const heap = new Heap<SearchNode>();
  const key = (node: SearchNode, edge: Edge) =>
    (node.cost + edge.cost) / (node.depth + 1) ** NORM + distance(node);
  const queue = (node: SearchNode, edges: Edge[]) => {
    const first = edges.at(-1);
    if (first) heap.push(key(node, first), node);
  };
  return {
    add(node, edges) {
      // The cheapest last, where it is taken from.
      const all = [...(waiting.get(node) ?? []), ...edges].sort((a, b) => b.cost - a.cost);
      waiting.set(node, all);
      queue(node, all);
    },
    next(most) {
      for (;;) {
        const node = heap.pop();
        if (!node) return [];
        const edges = waiting.get(node);
        if (!edges || edges.length === 0) continue;
        if (obsolete(node)) {
          waiting.delete(node);
          continue;
        }
        const taken = takeCheapest(edges, most);
        queue(node, edges);
        return taken;
      }
    },
    tried() {},
  };
}
