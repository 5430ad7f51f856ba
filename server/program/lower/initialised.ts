import type { Block, Command } from "../program.ts";
import { type Formula, integer } from "../term.ts";
import { simplifyFormula, substituteFormula, variablesOf } from "../traverse.ts";
import { successors } from "./tidy.ts";

/** What is known of each flag: its value; a flag without an entry may be either. */
type Known = ReadonlyMap<string, 0 | 1>;

/**
 * Definite assignment (as in Java's language specification, chapter 16, here over the graph): drops every obligation
 * "initialised" that holds on all paths, and then the flags that nothing asks for. Returns the flags that stay.
 */
export function dropDefinitelyAssigned(
  blocks: readonly Block[],
  entry: number,
  flags: ReadonlySet<string>,
): { readonly blocks: Block[]; readonly flags: ReadonlySet<string> } {
  const before = solve(blocks, entry, flags);
  const checked = blocks.map((block): Block => {
    const known = new Map(before[block.id] ?? []);
    const commands = block.commands.flatMap((command) => {
      const kept = remaining(command, known);
      advance(command, known, flags);
      return kept === null ? [] : [kept];
    });
    return { ...block, commands };
  });
  const asked = new Set<string>();
  for (const command of checked.flatMap((block) => block.commands)) {
    if (command.kind === "assert")
      for (const name of variablesOf(command.condition)) if (flags.has(name)) asked.add(name);
  }
  const idle = (command: Command) =>
    command.kind === "assign" && flags.has(command.target) && !asked.has(command.target);
  return {
    blocks: checked.map((block) => ({
      ...block,
      commands: block.commands.filter((command) => !idle(command)),
    })),
    flags: asked,
  };
}

/** The command with an obligation reduced by what is known; null when nothing is left of it. */
function remaining(command: Command, known: Known): Command | null {
  if (command.kind !== "assert" || command.what !== "initialised") return command;
  const condition = underFlags(command.condition, known);
  return condition.kind === "truth" && condition.value ? null : { ...command, condition };
}

function underFlags(condition: Formula, known: Known): Formula {
  return simplifyFormula(
    substituteFormula(condition, (name) => {
      const value = known.get(name);
      return value === undefined ? null : integer(value);
    }),
  );
}

function advance(command: Command, known: Map<string, 0 | 1>, flags: ReadonlySet<string>): void {
  if (command.kind === "assign" && flags.has(command.target)) {
    known.set(command.target, command.value.kind === "integer" && command.value.value === 1n ? 1 : 0);
  }
  if (command.kind !== "assert" || command.what !== "initialised") return;
  const { condition } = command;
  // A run that goes on past the obligation met it; one that did not is reported there.
  if (condition.kind === "compare" && condition.left.kind === "variable") known.set(condition.left.name, 1);
}

/** What is known before each block: a forward analysis that keeps what all predecessors agree on. */
function solve(blocks: readonly Block[], entry: number, flags: ReadonlySet<string>): (Known | undefined)[] {
  const before: (Known | undefined)[] = blocks.map(() => undefined);
  before[entry] = new Map();
  const pending = [entry];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const known = new Map(before[id]);
    for (const command of blocks[id]!.commands) advance(command, known, flags);
    for (const successor of successors(blocks[id]!.jump)) {
      const old = before[successor];
      const met =
        old === undefined ? known : new Map([...old].filter(([flag, value]) => known.get(flag) === value));
      if (old !== undefined && met.size === old.size) continue;
      before[successor] = new Map(met);
      pending.push(successor);
    }
  }
  return before;
}
