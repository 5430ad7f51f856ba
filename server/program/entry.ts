import type { Block, Command, Program, Variable } from "./program.ts";
import { variablesOf, variablesOfTerm } from "./traverse.ts";

/** A variable that has an arbitrary value when a run starts. */
export interface EntryInput {
  readonly variable: Variable;
  /** False when no command can see that value, only an annotation of a loop. */
  readonly read: boolean;
}

/**
 * The inputs of a run at its entry: parameters and globals, then every other variable that may be read, or seen by an annotation
 * of a loop, before anything is assigned to it. Both parts are in the order of `program.variables`.
 */
export function entryInputs(program: Program): EntryInput[] {
  const read = liveVariables(program, false).before[program.entry]!;
  const seen = liveVariables(program, true).before[program.entry]!;
  const outside = ({ role }: Variable): boolean => role === "parameter" || role === "global";
  const first = program.variables.filter(outside);
  const others = program.variables.filter((variable) => !outside(variable) && seen.has(variable.name));
  return [
    ...first.map((variable) => ({ variable, read: true })),
    ...others.map((variable) => ({ variable, read: read.has(variable.name) })),
  ];
}

/** Which values can still matter (live variables, the usual backward analysis). */
export interface Liveness {
  /** For each block, the variables whose values on entering it may be read later. */
  readonly before: readonly ReadonlySet<string>[];
  /** The `havoc` commands whose value may be read later. */
  readonly havocs: ReadonlySet<Command>;
}

/** `annotations`: arriving at a loop head counts as reading all that an annotation of the loop may mention. */
export function liveVariables(program: Program, annotations: boolean): Liveness {
  const before: Set<string>[] = program.blocks.map(() => new Set());
  const scopes = new Map(annotations ? program.loops.map((loop) => [loop.head, loop.scope]) : []);
  const havocs = new Set<Command>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of program.blocks.toReversed()) {
      const live = new Set(successors(block).flatMap((next) => [...before[next]!]));
      if (block.jump.kind === "branch") include(live, variablesOf(block.jump.condition));
      for (const command of block.commands.toReversed()) {
        if (command.kind === "havoc" && live.has(command.target)) havocs.add(command);
        if (command.kind === "havoc" || command.kind === "assign") live.delete(command.target);
        include(live, readBy(command));
      }
      include(live, scopes.get(block.id) ?? []);
      if (live.size === before[block.id]!.size) continue;
      before[block.id] = live;
      changed = true;
    }
  }
  return { before, havocs };
}

/** Successors of a block. */
export function successors(block: Block): readonly number[] {
  if (block.jump.kind === "goto") return [block.jump.to];
  return block.jump.kind === "branch" ? [block.jump.then, block.jump.else] : [];
}

/** Variables that a command reads. */
export function readBy(command: Command): ReadonlySet<string> {
  if (command.kind === "assign") return variablesOfTerm(command.value);
  return command.kind === "havoc" ? new Set() : variablesOf(command.condition);
}

function include(names: Set<string>, more: Iterable<string>): void {
  for (const name of more) names.add(name);
}
