import type { Block, Command } from "../program.ts";
import { simplifyFormula, simplifyTerm } from "../simplify.ts";
import { type Formula, integer, type Term } from "../term.ts";
import { substituteFormula, substituteTerm, variablesOf, variablesOfTerm } from "../traverse.ts";
import { successors } from "./tidy.ts";

/** What is known of each flag: its value; a flag without an entry may be either. */
type Known = ReadonlyMap<string, 0 | 1>;

/**
 * Definite assignment (as in Java's language specification, chapter 16, here over the graph): drops every obligation
 * "initialised" that holds on all paths, and then the flags that nothing asks for, neither a command nor what is said
 * elsewhere (of loops). Returns the flags that stay.
 */
export function dropDefinitelyAssigned(
  blocks: readonly Block[],
  entry: number,
  flags: ReadonlySet<string>,
  elsewhere: readonly Formula[],
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
  const conditions = checked
    .flatMap((block) => block.commands)
    .flatMap((command) =>
      command.kind === "assert" || command.kind === "assume" ? [command.condition] : [],
    );
  for (const condition of [...conditions, ...elsewhere])
    for (const name of variablesOf(condition)) if (flags.has(name)) asked.add(name);
  // What a flag was before a call is kept in a variable that is none.
  for (const command of checked.flatMap((block) => block.commands))
    if (command.kind === "assign" && !flags.has(command.target))
      for (const name of variablesOfTerm(command.value)) if (flags.has(name)) asked.add(name);
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
  return simplifyFormula(substituteFormula(condition, (name) => asInteger(known.get(name))));
}

function asInteger(value: 0 | 1 | undefined): Term | null {
  return value === undefined ? null : integer(value);
}

function advance(command: Command, known: Map<string, 0 | 1>, flags: ReadonlySet<string>): void {
  if (command.kind === "assign" && flags.has(command.target)) {
    // What a callee may have set stays set where it was.
    const value = simplifyTerm(substituteTerm(command.value, (name) => asInteger(known.get(name))));
    if (value.kind === "integer") known.set(command.target, value.value === 1n ? 1 : 0);
    else known.delete(command.target);
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
