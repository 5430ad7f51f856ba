import type { Block } from "../program.ts";
import { reversePostorder, successors } from "./tidy.ts";

/** The extent of a loop in the graph. */
export interface NaturalLoop {
  /** Ascending; the head and every block from which a back edge can be reached without passing the head. */
  readonly blocks: readonly number[];
  /** Index of the smallest other loop that contains the head. */
  readonly parent: number | null;
}

/**
 * Natural loops of the given heads (Aho, Lam, Sethi, Ullman, section 9.6). An edge to a head is a back edge when the head
 * dominates its source. A loop that never comes back consists of its head alone. The graph must be reducible.
 */
export function naturalLoops(
  blocks: readonly Block[],
  entry: number,
  heads: readonly number[],
): NaturalLoop[] {
  const next = (id: number) => successors(blocks[id]!.jump);
  const reached = new Set(reversePostorder(entry, next));
  const predecessors = blocks.map((): number[] => []);
  for (const id of reached) for (const successor of next(id)) predecessors[successor]!.push(id);
  const extents = heads.map((head) => {
    const avoiding = new Set(reversePostorder(entry, (id) => (id === head ? [] : next(id))));
    if (head === entry) throw new Error("the entry must not be a loop head");
    const extent = new Set([head]);
    // `avoiding` reaches the head but goes no further: what it lacks lies behind the head.
    const pending = predecessors[head]!.filter((id) => id === head || !avoiding.has(id));
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (extent.has(id)) continue;
      extent.add(id);
      pending.push(...predecessors[id]!);
    }
    return extent;
  });
  return extents.map((extent, index) => {
    let parent: number | null = null;
    for (const [other, candidate] of extents.entries()) {
      if (other === index || !candidate.has(heads[index]!)) continue;
      if (parent === null || candidate.size < extents[parent]!.size) parent = other;
    }
    return { blocks: [...extent].sort((a, b) => a - b), parent };
  });
}
