import type { Jump, Program } from "../program/program.ts";

/** Blocks that a jump leads to. */
export function successors(jump: Jump): readonly number[] {
  switch (jump.kind) {
    case "return":
      return [];
    case "goto":
      return [jump.to];
    case "branch":
      return [jump.then, jump.else];
  }
}

/** True for a jump from inside a loop to that loop's head. */
export function isBackEdge(program: Program, from: number, to: number): boolean {
  return program.loops.some((loop) => loop.head === to && loop.blocks.includes(from));
}

/**
 * Reachable blocks in an order in which every block follows all its predecessors but those of back edges.
 * Throws when a cycle misses every loop head: such a graph has no sound cut.
 */
export function forwardOrder(program: Program): number[] {
  const order: number[] = [];
  const state = new Map<number, "open" | "done">();
  const visit = (start: number): void => {
    const stack: { id: number; next: readonly number[]; at: number }[] = [];
    const open = (id: number) => {
      state.set(id, "open");
      const next = successors(program.blocks[id]!.jump).filter((to) => !isBackEdge(program, id, to));
      stack.push({ id, next, at: 0 });
    };
    open(start);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const to = top.next[top.at++];
      if (to === undefined) {
        state.set(top.id, "done");
        order.push(top.id);
        stack.pop();
      } else if (!state.has(to)) open(to);
      else if (state.get(to) === "open") {
        throw new Error(`Function '${program.name}' has a cycle through block ${to} that no loop head cuts.`);
      }
    }
  };
  visit(program.entry);
  return order.reverse();
}
