import type { Span } from "../../grammars/c/span.ts";
import type { Counterexample, State } from "../engine/verdict.ts";
import { entryInputs, liveVariables, readBy } from "./entry.ts";

import type { AssertionKind, Program, Variable } from "./program.ts";
import type { Arrival, Input, Run, Valuation } from "./run.ts";
import { variablesOf } from "./traverse.ts";

/** Arrivals at loop heads shown at each end of a run. */
const ENDS = 3;

const CHECKS: Readonly<Record<AssertionKind, string>> = {
  assertion: "assertion",
  ensures: "ensures",
  assigns: "assigns",
  division: "division check",
  overflow: "overflow check",
  shift: "shift check",
  range: "range check",
  initialised: "initialisation check",
  memory: "memory check",
  requires: "precondition",
  decreases: "measure",
};

/**
 * A failing run as a person reads it: the state at entry, the first and last iterations, the state where it fails; variables as
 * the source names them. The run must have ended as `violated` or `invariant`; `clause` is the text of the invariant that failed
 * when it is not the source's own.
 */
export function toCounterexample(program: Program, run: Run, clause?: string): Counterexample {
  const failure = failureOf(program, run, clause);
  const arrivals =
    run.heads.length <= 2 * ENDS ? run.heads : [...run.heads.slice(0, ENDS), ...run.heads.slice(-ENDS)];
  const read = new Set(entryInputs(program).flatMap((input) => (input.read ? [input.variable.name] : [])));
  const live = liveVariables(program, run.outcome.kind === "invariant").havocs;
  const used = usedVariables(program);
  const entry: State = {
    where: "entry",
    line: Math.min(...run.inputs.filter((input) => input.when === "entry").map((input) => input.span.line)),
    values: shown(program, run.entry, ({ name }) => read.has(name)),
  };
  return {
    replayed: true,
    states: [
      ...(Object.keys(entry.values).length > 0 ? [entry] : []),
      ...arrivals.map((arrival) => atHead(program, arrival, used)),
      ...(run.outcome.kind === "violated" ? [atEnd(program, run, failure.span, used)] : []),
    ],
    inputs: run.inputs.flatMap((input) => {
      const what = input.command === null || live.has(input.command) ? wording(input, read) : null;
      return what === null ? [] : [{ what, value: String(input.value) }];
    }),
    ...failure,
  };
}

function failureOf(program: Program, run: Run, clause: string | undefined): { violated: string; span: Span } {
  const { outcome } = run;
  if (outcome.kind === "violated") {
    const { what, text, span } = outcome.command;
    return { violated: `${CHECKS[what]} '${text}'`, span };
  }
  if (outcome.kind === "invariant") {
    const loop = program.loops[outcome.loop]!;
    const own = loop.invariants[outcome.clause];
    const text = clause ?? own?.text ?? "";
    return { violated: `loop invariant '${text}'`, span: clause === undefined && own ? own.span : loop.span };
  }
  throw new Error(`a run that ended as ${outcome.kind} is no counterexample`);
}

function atHead(program: Program, arrival: Arrival, used: ReadonlySet<string>): State {
  const loop = program.loops[arrival.loop]!;
  const scope = new Set(loop.scope);
  return {
    where: `loop at line ${loop.span.line}, ${arrival.iteration === 0 ? "on entry" : `after ${arrival.iteration} iteration${arrival.iteration === 1 ? "" : "s"}`}`,
    line: loop.span.line,
    values: shown(program, arrival.state, ({ name }) => scope.has(name) && used.has(name)),
  };
}

function atEnd(program: Program, run: Run, span: Span, used: ReadonlySet<string>): State {
  return {
    where: `line ${span.line}`,
    line: span.line,
    values: shown(program, run.last, ({ name }) => used.has(name)),
  };
}

/** Parameters, globals, and what some command reads or computes: a declaration alone is not worth a column. */
function usedVariables(program: Program): Set<string> {
  const outside = program.variables.filter(({ role }) => role === "parameter" || role === "global");
  const used = new Set(outside.map(({ name }) => name));
  for (const { commands, jump } of program.blocks) {
    for (const command of commands) {
      for (const name of readBy(command)) used.add(name);
      if (command.kind === "assign") used.add(command.target);
    }
    if (jump.kind === "branch") for (const name of variablesOf(jump.condition)) used.add(name);
  }
  return used;
}

/** Values under the names of the source; of two variables with one name, the one declared later. */
function shown(
  program: Program,
  state: Valuation,
  chosen: (variable: Variable) => boolean,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const variable of program.variables) {
    const value = state.get(variable.name);
    if (value === undefined || variable.text === null || variable.role === "pre" || !chosen(variable))
      continue;
    values[variable.text] = String(value);
  }
  return values;
}

/** How the source words an input; null for what the state at entry shows anyway, and for what nothing reads. */
function wording(input: Input, read: ReadonlySet<string>): string | null {
  const { variable, when, span } = input;
  if (variable.role === "temporary") return `${variable.name.replace(/#\d+$/, "")}() at line ${span.line}`;
  if (variable.role === "flag" || variable.text === null) return null;
  if (when === "entry" && (variable.role === "parameter" || variable.role === "global")) return null;
  if (when === "entry" && !read.has(variable.name)) return null;
  return `${variable.text} (uninitialised at line ${span.line})`;
}
