import type { Span } from "../../../grammars/c/span.ts";
import { successors } from "../../conditions/order.ts";
import type { Block, Loop } from "../../program/program.ts";

interface Head {
  readonly head: number;
  readonly span: Span;
  readonly scope: readonly string[];
}

/**
 * The loops of a control-flow graph whose cut points are given, each with the blocks of its natural loop (Aho et al., section
 * 9.6). Null when some cycle enters elsewhere than at its head: such a graph is no program of nested loops.
 */
export function loopsOf(blocks: readonly Block[], entry: number, heads: readonly Head[]): Loop[] | null {
  const next = blocks.map((block) => successors(block.jump));
  const dominators = dominatorsOf(next, entry);
  const members = heads.map(({ head }) => naturalLoop(head, next, dominators));
  const isBack = (from: number, to: number) =>
    heads.some((one, i) => one.head === to && members[i]!.has(from));
  if (hasCycle(next, entry, isBack)) return null;
  return heads.map(({ head, span, scope }, id): Loop => {
    const own = members[id]!;
    const outer = members
      .map((set, other) => ({ set, other }))
      .filter(({ set, other }) => other !== id && set.has(head))
      .sort((a, b) => a.set.size - b.set.size);
    // Of its parameters a predicate knows what it says itself: what a loop leaves alone is not known in it for that reason.
    const modified = new Set(scope);
    for (const block of own) {
      for (const command of blocks[block]!.commands)
        if (command.kind === "assign" || command.kind === "havoc") modified.add(command.target);
    }
    return {
      id,
      head,
      blocks: [...own].sort((a, b) => a - b),
      parent: outer[0]?.other ?? null,
      modified: [...modified],
      scope,
      guard: null,
      invariants: [],
      assigns: null,
      variant: null,
      span,
      annotationBlocks: [],
    };
  });
}

/** By block, those that every way from the entry goes through; null for blocks that nothing reaches. */
function dominatorsOf(next: readonly (readonly number[])[], entry: number): (Set<number> | null)[] {
  const before = next.map(() => [] as number[]);
  for (const [from, all] of next.entries()) for (const to of all) before[to]!.push(from);
  const found: (Set<number> | null)[] = next.map((_, block) => (block === entry ? new Set([entry]) : null));
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of next.keys()) {
      if (block === entry) continue;
      const known = before[block]!.flatMap((one) => found[one] ?? []);
      const [first, ...others] = known;
      if (!first) continue;
      const both = new Set([...first].filter((one) => others.every((set) => set.has(one))));
      both.add(block);
      if (found[block]?.size === both.size) continue;
      found[block] = both;
      changed = true;
    }
  }
  return found;
}

/** The head, and all from which it is reached again without leaving what it dominates. */
function naturalLoop(
  head: number,
  next: readonly (readonly number[])[],
  dominators: readonly (Set<number> | null)[],
): Set<number> {
  const members = new Set([head]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [block, all] of next.entries()) {
      if (members.has(block) || !dominators[block]?.has(head) || !all.some((to) => members.has(to))) continue;
      members.add(block);
      changed = true;
    }
  }
  return members;
}

function hasCycle(
  next: readonly (readonly number[])[],
  entry: number,
  isBack: (from: number, to: number) => boolean,
): boolean {
  const state = new Map<number, "open" | "done">();
  const visit = (block: number): boolean => {
    state.set(block, "open");
    for (const to of next[block]!) {
      if (isBack(block, to) || state.get(to) === "done") continue;
      if (state.get(to) === "open" || visit(to)) return true;
    }
    state.set(block, "done");
    return false;
  };
  return visit(entry);
}
