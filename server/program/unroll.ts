import { isMathematical, rangeOf } from "./integer.ts";
import type { Block, Command, Jump, Program } from "./program.ts";
import { and, compare, FALSE, integer, variable } from "./term.ts";

/** Programs that unroll to more are left alone. */
const MOST_BLOCKS = 4000;

/** A program without loops whose runs are the runs of another with at most so many iterations of each loop. */
export interface Unrolled {
  readonly program: Program;
  /** By loop of the original: blocks that stand for its head after the last iteration allowed. */
  readonly deepestHeads: readonly (readonly number[])[];
}

/**
 * Unrolls every loop `depth` times; runs that iterate longer are cut off by an assumption, so what is found is found in the
 * original too. Mathematical variables are assumed to stay in their C types, since only such runs are runs of the C program.
 * Null when the result would be too large.
 */
export function unroll(program: Program, depth: number): Unrolled | null {
  const blocks: Block[] = [];
  const ids = new Map<string, number>();
  const open: { id: number; original: number; counts: ReadonlyMap<number, number> }[] = [];
  const deepest: number[][] = program.loops.map(() => []);

  const copyOf = (original: number, counts: ReadonlyMap<number, number>): number => {
    const key = `${original}|${[...counts].map(([loop, count]) => `${loop}:${count}`).join(",")}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = blocks.length;
    ids.set(key, id);
    blocks.push({ id, commands: [], jump: { kind: "return" } });
    open.push({ id, original, counts });
    const loop = program.loops.find((one) => one.head === original);
    if (loop && counts.get(loop.id) === depth) deepest[loop.id]!.push(id);
    return id;
  };

  const target = (from: number, to: number, counts: ReadonlyMap<number, number>): number => {
    const next = new Map<number, number>();
    for (const loop of program.loops) {
      if (!loop.blocks.includes(to)) continue;
      const before = loop.blocks.includes(from) ? counts.get(loop.id)! : -1;
      next.set(loop.id, loop.head === to ? before + 1 : before);
    }
    if ([...next.values()].some((count) => count > depth)) return cutOff();
    return copyOf(to, next);
  };

  const cutOff = (): number => {
    const known = ids.get("cut off");
    if (known !== undefined) return known;
    const id = blocks.length;
    ids.set("cut off", id);
    const span = { start: 0, end: 0, line: 0, column: 0 };
    blocks.push({
      id,
      commands: [{ kind: "assume", condition: FALSE, because: "assume", span }],
      jump: { kind: "return" },
    });
    return id;
  };

  const ranges = rangesOf(program);
  const start = new Map(
    program.loops.filter((loop) => loop.blocks.includes(program.entry)).map((loop) => [loop.id, 0]),
  );
  const entry = copyOf(program.entry, start);
  for (let next = open.pop(); next; next = open.pop()) {
    if (blocks.length > MOST_BLOCKS) return null;
    const { id, original, counts } = next;
    const block = program.blocks[original]!;
    const jump = redirect(block.jump, (to) => target(original, to, counts));
    blocks[id] = {
      id,
      commands: block.commands.flatMap((command) => [command, ...(ranges(command) ?? [])]),
      jump,
    };
  }
  return { program: { ...program, blocks, entry, loops: [] }, deepestHeads: deepest };
}

function redirect(jump: Jump, target: (to: number) => number): Jump {
  switch (jump.kind) {
    case "return":
      return jump;
    case "goto":
      return { kind: "goto", to: target(jump.to) };
    case "branch":
      return { ...jump, then: target(jump.then), else: target(jump.else) };
  }
}

/** What an assignment to a mathematical variable must be assumed to keep: the C type's range. */
function rangesOf(program: Program): (command: Command) => Command[] | null {
  const types = new Map(program.variables.map((one) => [one.name, one.type]));
  return (command) => {
    if (command.kind !== "assign") return null;
    const type = types.get(command.target)!;
    if (!isMathematical(type, program.reading)) return null;
    const { low, high } = rangeOf(type);
    const x = variable(command.target);
    const condition = and(compare(">=", x, integer(low)), compare("<=", x, integer(high)));
    return [{ kind: "assume", condition, because: "assume", span: command.span }];
  };
}
