import type { Block, Jump } from "../program.ts";
import type { Draft } from "./graph.ts";

/** The blocks that a run can come to, numbered in reverse postorder, and the new numbers of the loop heads. */
export interface Tidied {
  readonly blocks: Block[];
  readonly entry: number;
  readonly heads: readonly number[];
}

/** Block numbers a jump can go to. */
export function successors(jump: Jump): readonly number[] {
  if (jump.kind === "goto") return [jump.to];
  return jump.kind === "branch" ? [jump.then, jump.else] : [];
}

/**
 * Drops what no path from the entry reaches, empty blocks, and borders between blocks that always follow each other. The entry
 * and loop heads stay blocks of their own. The head of a loop that cannot be reached becomes an empty block that nothing
 * leads to, so that every loop of the source still has one.
 */
export function tidy(drafts: readonly Draft[], entry: number, heads: readonly number[]): Tidied {
  const kept = new Set([entry, ...heads]);
  const jumps = threaded(drafts, kept);
  const order = reversePostorder(entry, (id) => successors(jumpOf(jumps, id)));
  const reached = new Set(order);
  const chains = merged(order, jumps, kept);
  const leaders = order.filter((id) => chains.has(id));
  const numbers = new Map(leaders.map((id, index) => [id, index]));
  const number = (id: number) => numbers.get(id)!;
  const blocks = leaders.map((leader, id): Block => {
    const chain = chains.get(leader)!;
    return {
      id,
      commands: chain.flatMap((part) => drafts[part]!.commands),
      jump: renumber(jumpOf(jumps, chain.at(-1)!), number),
    };
  });
  const newHeads = heads.map((head) => {
    if (reached.has(head)) return number(head);
    return blocks.push({ id: blocks.length, commands: [], jump: { kind: "return" } }) - 1;
  });
  return { blocks, entry: number(entry), heads: newHeads };
}

function jumpOf(jumps: readonly (Jump | null)[], id: number): Jump {
  const jump = jumps[id];
  if (!jump) throw new Error(`block ${id} can be reached but does not end`);
  return jump;
}

function renumber(jump: Jump, number: (id: number) => number): Jump {
  if (jump.kind === "goto") return { kind: "goto", to: number(jump.to) };
  return jump.kind === "branch" ? { ...jump, then: number(jump.then), else: number(jump.else) } : jump;
}

/** All jumps with empty blocks passed over. */
function threaded(drafts: readonly Draft[], kept: ReadonlySet<number>): (Jump | null)[] {
  const targets = new Map<number, number>();
  const target = (id: number): number => {
    const known = targets.get(id);
    if (known !== undefined) return known;
    targets.set(id, id);
    const { commands, jump } = drafts[id]!;
    if (kept.has(id) || commands.length > 0 || jump === null) return id;
    const passed = aimed(jump);
    if (passed.kind === "goto") targets.set(id, passed.to);
    return targets.get(id)!;
  };
  const aimed = (jump: Jump): Jump => {
    const moved = renumber(jump, target);
    return moved.kind === "branch" && moved.then === moved.else ? { kind: "goto", to: moved.then } : moved;
  };
  return drafts.map(({ jump }) => jump && aimed(jump));
}

/** Numbers reachable from the entry; in an acyclic graph each before its successors. */
export function reversePostorder(entry: number, next: (id: number) => readonly number[]): number[] {
  const order: number[] = [];
  const seen = new Set([entry]);
  const stack: { readonly id: number; readonly pending: number[] }[] = [
    { id: entry, pending: [...next(entry)] },
  ];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    // The last successor first, so that it ends up behind the others.
    const successor = top.pending.pop();
    if (successor === undefined) {
      order.push(top.id);
      stack.pop();
    } else if (!seen.has(successor)) {
      seen.add(successor);
      stack.push({ id: successor, pending: [...next(successor)] });
    }
  }
  return order.reverse();
}

/** Chains of blocks of which each is the only way to the next, by their first block. */
function merged(
  order: readonly number[],
  jumps: readonly (Jump | null)[],
  kept: ReadonlySet<number>,
): Map<number, number[]> {
  const entries = new Map<number, number>();
  for (const id of order) {
    for (const successor of successors(jumpOf(jumps, id)))
      entries.set(successor, (entries.get(successor) ?? 0) + 1);
  }
  const chains = new Map<number, number[]>();
  const absorbed = new Set<number>();
  for (const id of order) {
    if (absorbed.has(id)) continue;
    const chain = [id];
    for (let jump = jumpOf(jumps, id); jump.kind === "goto"; jump = jumpOf(jumps, chain.at(-1)!)) {
      if (kept.has(jump.to) || entries.get(jump.to) !== 1 || absorbed.has(jump.to)) break;
      absorbed.add(jump.to);
      chain.push(jump.to);
    }
    chains.set(id, chain);
  }
  return chains;
}
