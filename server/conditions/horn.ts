import { liveVariables } from "../program/entry.ts";
import type { Block, Program } from "../program/program.ts";
import { FALSE, type Formula, not } from "../program/term.ts";
import { type Passive, passiveForm } from "./passive.ts";
import { smtFormula, smtInteger, smtTerm } from "./smtlib.ts";

/** A program as constrained Horn clauses: a predicate a loop, whose solution is the loops' invariants. */
export interface HornClauses {
  /** SMT-LIB commands up to the last assertion, without `check-sat`. */
  readonly text: string;
  /** By loop id: the predicate's name, and the variable that each of its arguments is. */
  readonly predicates: readonly { readonly name: string; readonly variables: readonly string[] }[];
}

/**
 * All runs of the program between its cut points: from the entry and from each loop head to the loop heads and assertions that
 * come next. Large-block encoding (Beyer et al., FMCAD 2009): each part is one passive form, however many paths it has.
 */
export function hornClauses(program: Program): HornClauses {
  const live = liveVariables(program, true).before;
  const predicates = program.loops.map((loop) => ({
    name: `inv_${loop.id}`,
    variables: program.variables.map((one) => one.name).filter((name) => live[loop.head]!.has(name)),
  }));
  const atoms = (loop: number, value: (name: string) => string): string =>
    applied(predicates[loop]!.name, predicates[loop]!.variables.map(value));
  const lines = [
    "(set-logic HORN)",
    ...predicates.map(
      (one) => `(declare-fun ${one.name} (${one.variables.map(() => "Int").join(" ")}) Bool)`,
    ),
  ];
  for (const cut of [null, ...program.loops]) {
    const { part, stops } = partFrom(program, cut === null ? program.entry : cut.head, cut === null);
    const passive = passiveForm(part);
    const start = new Map(
      passive.constants.filter((one) => one.origin === "entry").map((one) => [one.variable.name, one.name]),
    );
    const before = cut === null ? "true" : atoms(cut.id, (name) => start.get(name)!);
    for (const use of passive.uses) {
      const loop = stops.get(use.command);
      const after = loop === undefined ? "false" : atoms(loop, (name) => smtTerm(use.state.get(name)!));
      const here: Formula[] = loop === undefined ? [use.reach, not(use.condition)] : [use.reach];
      lines.push(clause(passive, [before, ...here.map(smtFormula)], after));
    }
  }
  return { text: lines.join("\n"), predicates };
}

function applied(name: string, values: readonly string[]): string {
  return values.length === 0 ? name : `(${name} ${values.join(" ")})`;
}

/** The acyclic program from a block up to the next loop heads; arriving at one is an assertion that `stops` knows. */
function partFrom(program: Program, from: number, entry: boolean) {
  const stops = new Map<object, number>();
  const heads = new Map(program.loops.map((loop) => [loop.head, loop.id]));
  const blocks: Block[] = [...program.blocks];
  const stopAt = new Map<number, number>();
  for (const loop of program.loops) {
    const { span } = loop;
    const command = { kind: "assert", condition: FALSE, what: "assertion", text: "", span } as const;
    stops.set(command, loop.id);
    stopAt.set(loop.head, blocks.length);
    blocks.push({ id: blocks.length, commands: [command], jump: { kind: "return" } });
  }
  const to = (block: number) => (heads.has(block) ? stopAt.get(block)! : block);
  for (const { id, commands, jump } of program.blocks) {
    const turned =
      jump.kind === "goto"
        ? { ...jump, to: to(jump.to) }
        : jump.kind === "branch"
          ? { ...jump, then: to(jump.then), else: to(jump.else) }
          : jump;
    blocks[id] = { id, commands, jump: turned };
  }
  const start = entry ? to(from) : from;
  return { part: { ...program, blocks, entry: start, loops: [] } satisfies Program, stops };
}

/** One clause, universally closed. */
function clause(passive: Passive, premises: readonly string[], conclusion: string): string {
  const bound = [
    ...passive.constants.map((one) => `(${one.name} Int)`),
    ...passive.definitions.map((one) => `(${one.name} ${one.sort})`),
  ];
  const ranges = passive.constants.flatMap(({ name, range }) =>
    range ? [`(<= ${smtInteger(range.low)} ${name} ${smtInteger(range.high)})`] : [],
  );
  const definitions = passive.definitions.map(
    (one) => `(= ${one.name} ${one.sort === "Int" ? smtTerm(one.value) : smtFormula(one.value)})`,
  );
  const body = `(=> (and ${[...premises, ...ranges, ...definitions].join(" ")}) ${conclusion})`;
  return `(assert ${bound.length === 0 ? body : `(forall (${bound.join(" ")}) ${body})`})`;
}
