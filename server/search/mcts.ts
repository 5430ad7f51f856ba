import { distance, type Strategy, takeCheapest } from "./strategy.ts";
import type { Edge, SearchNode } from "./tree.ts";

/** Statistics of a node: visits below it, and the sum of the values that they brought back. */
interface Statistics {
  visits: number;
  value: number;
  readonly edges: Edge[];
  readonly children: { readonly node: SearchNode; readonly prior: number }[];
}

/** The weight of the prior against the mean value (PUCT; Rosin 2011, Silver et al. 2017). */
const EXPLORE = 1.2;
/** Most tactics fail everywhere, so a failure says little about its state. */
const FAILED = 0.05;

/**
 * Monte-Carlo tree search. From the root it descends to the child with the best mean value plus prior bonus; a node's cheapest
 * untried edge competes with its children as one more child. A state is valued by how near to done it looks; there are no roll-outs.
 */
export function monteCarlo(root: SearchNode): Strategy {
  const statistics = new Map<SearchNode, Statistics>();
  const of = (node: SearchNode): Statistics => {
    const known = statistics.get(node);
    if (known) return known;
    const fresh = { visits: 0, value: 0, edges: [], children: [] };
    statistics.set(node, fresh);
    return fresh;
  };
  const value = (node: SearchNode) => Math.exp(-distance(node) / 2);
  const backUp = (from: SearchNode, gained: number, weight: number) => {
    for (let at: SearchNode | null = from; at; at = at.parent) {
      const own = of(at);
      own.visits += weight;
      own.value += weight * gained;
    }
  };
  const bonus = (prior: number, parent: number, visits: number) =>
    (EXPLORE * prior * Math.sqrt(parent + 1)) / (1 + visits);

  /** Where to go from a node: a child, one of its own edges, or nothing when all below is tried. */
  function choose(node: SearchNode, most: number): readonly Edge[] {
    // Once its first goal is closed nothing else below a node is of use.
    if (node.closedBy) return choose(node.closedBy, most);
    const own = of(node);
    const mean = own.visits > 0 ? own.value / own.visits : value(node);
    const edge = own.edges.at(-1);
    const options = own.children
      .map(({ node: child, prior }) => {
        const { visits, value: sum } = of(child);
        return { child, score: sum / Math.max(1, visits) + bonus(prior, own.visits, visits) };
      })
      .sort((a, b) => b.score - a.score);
    const untried = edge ? 0.7 * mean + bonus(Math.exp(-edge.cost), own.visits, 0) : Number.NEGATIVE_INFINITY;
    for (const { child, score } of options) {
      if (edge && untried >= score) break;
      const found = choose(child, most);
      if (found.length > 0) return found;
    }
    return takeCheapest(own.edges, most);
  }

  return {
    add(node, edges) {
      const own = of(node);
      own.edges.push(...edges);
      own.edges.sort((a, b) => b.cost - a.cost);
    },
    next: (most) => choose(root, most),
    tried(edge, node) {
      if (!node) return backUp(edge.node, 0, FAILED);
      const parent = node.parent ?? edge.node;
      of(parent).children.push({ node, prior: Math.exp(-edge.cost) });
      backUp(node, value(node), 1);
    },
  };
}
