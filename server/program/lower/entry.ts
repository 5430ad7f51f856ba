import type { Block, Clause, Command, Variable } from "../program.ts";
import type { Term } from "../term.ts";
import { variable } from "../term.ts";
import {
  type Substitution,
  substituteFormula,
  substituteTerm,
  variablesOf,
  variablesOfTerm,
} from "../traverse.ts";
import type { LoopDraft } from "./context.ts";
import { preName } from "./reader.ts";

/** The parts of a program in which names of entry values may stand. */
export interface Body {
  readonly blocks: readonly Block[];
  readonly loops: readonly LoopDraft[];
}

/** Names that some command changes. */
export function targetsOf(blocks: Iterable<{ readonly commands: readonly Command[] }>): Set<string> {
  const targets = new Set<string>();
  for (const block of blocks) {
    for (const command of block.commands) {
      if (command.kind === "assign" || command.kind === "havoc") targets.add(command.target);
    }
  }
  return targets;
}

/**
 * Gives every parameter and global that is changed a variable for its value at entry, and lets `\at(x, Pre)` of the others be
 * `x`. `initial` runs before the entry values are taken: what `main` finds in its globals.
 */
export function withEntryValues(
  body: Body,
  entry: number,
  variables: readonly Variable[],
  initial: readonly Command[],
): Body & { readonly variables: readonly Variable[] } {
  const changed = targetsOf(body.blocks);
  const arguments_ = variables.filter(({ role }) => role === "parameter" || role === "global");
  const constant = new Map(
    arguments_.filter(({ name }) => !changed.has(name)).map(({ name }) => [preName(name), name]),
  );
  const replace: Substitution = (name) => {
    const now = constant.get(name);
    return now === undefined ? null : variable(now);
  };
  const entries = arguments_
    .filter(({ name }) => changed.has(name))
    .map(
      (original): Variable => ({
        ...original,
        name: preName(original.name),
        role: "pre",
        text: preName(original.text!),
      }),
    );
  const taken = arguments_
    .filter(({ name }) => changed.has(name))
    .map(
      ({ name, span }): Command => ({ kind: "assign", target: preName(name), value: variable(name), span }),
    );
  const blocks = body.blocks.map((block) => {
    const commands = block.commands.map((command) => mapCommand(command, replace));
    return { ...block, commands: block.id === entry ? [...initial, ...taken, ...commands] : commands };
  });
  const loops = body.loops.map((loop) => ({
    ...loop,
    invariants: loop.invariants.map((clause) => mapClause(clause, replace)),
    variant: loop.variant && { ...loop.variant, term: mapTerm(loop.variant.term, replace) },
  }));
  return { blocks, loops, variables: [...variables, ...entries] };
}

function mapCommand(command: Command, replace: Substitution): Command {
  if (
    (command.kind !== "assert" && command.kind !== "assume") ||
    ![...variablesOf(command.condition)].some((name) => replace(name) !== null)
  )
    return command;
  return { ...command, condition: substituteFormula(command.condition, replace) };
}

function mapClause(clause: Clause, replace: Substitution): Clause {
  return { ...clause, formula: substituteFormula(clause.formula, replace) };
}

function mapTerm(term: Term, replace: Substitution): Term {
  return [...variablesOfTerm(term)].some((name) => replace(name) !== null)
    ? substituteTerm(term, replace)
    : term;
}
