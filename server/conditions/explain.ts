import type { SmtSession, SmtValue } from "../engine/solver.ts";
import type { Counterexample, State } from "../engine/verdict.ts";
import type { Loop, Program } from "../program/program.ts";
import type { Term } from "../program/term.ts";
import { describeLoop, type Obligation } from "./obligations.ts";
import type { Passive, SymbolicState } from "./passive.ts";
import { smtFormula, smtTerm } from "./smtlib.ts";

/**
 * The states that show why an obligation fails, read from the model of the last `sat`: for consecution the state at the head
 * and the one after an iteration; for initiation and use the last loop head on the way and the state at the failure.
 * Such states need not be reachable, so the counterexample is never `replayed`.
 */
export async function explain(
  passive: Passive,
  obligation: Obligation,
  session: SmtSession,
): Promise<Counterexample> {
  const { program } = passive;
  const states: State[] = [];
  const { span } = obligation.name;
  const failing =
    obligation.source.kind === "edge" ? obligation.source.edge.state : obligation.source.use.state;
  const here = obligation.source.kind === "edge" ? obligation.source.edge.loop : null;
  for (const head of await headsOnTheWay(passive, obligation, session)) {
    const loop = program.loops[head.loop]!;
    const where = here === head.loop ? `${describeLoop(loop)}, before the iteration` : describeLoop(loop);
    states.push(await readState(program, loop.scope, head.state, where, loop.span.line, session));
  }
  const names = here === null ? visible(program) : program.loops[here]!.scope;
  const where =
    obligation.name.kind === "initiation"
      ? `${describeLoop(program.loops[here!]!)}, on arrival`
      : here === null
        ? `line ${span.line}`
        : `${describeLoop(program.loops[here]!)}, after the iteration`;
  states.push(await readState(program, names, failing, where, span.line, session));
  return { replayed: false, states, inputs: [], violated: obligation.name.text, span };
}

/** Heads whose assumption the failing path went through; the loop itself only when the failure is its consecution. */
async function headsOnTheWay(passive: Passive, obligation: Obligation, session: SmtSession) {
  const kind = obligation.name.kind;
  const heads = passive.heads.filter((head) => head !== null);
  const passed = heads.filter((head) => {
    if (obligation.source.kind === "use") return true;
    const loop = obligation.source.edge.loop;
    return head.loop === loop ? kind !== "initiation" : head.loop < loop;
  });
  if (passed.length === 0) return [];
  const taken = await session.values(passed.map((head) => `(and ${smtFormula(head.reach)} ${head.assumed})`));
  return passed.filter((_, i) => taken[i] === true).slice(-2);
}

function visible(program: Program): string[] {
  const inLoops = new Set(program.loops.flatMap((loop: Loop) => loop.scope));
  return program.variables
    .filter((one) => one.text !== null && (inLoops.has(one.name) || one.role !== "local"))
    .map((one) => one.name);
}

async function readState(
  program: Program,
  names: readonly string[],
  state: SymbolicState,
  where: string,
  line: number,
  session: SmtSession,
): Promise<State> {
  const shown = program.variables.filter(
    (one) => one.text !== null && one.array === undefined && names.includes(one.name) && state.has(one.name),
  );
  const terms = shown.map((one): Term => state.get(one.name)!);
  const values: SmtValue[] = terms.length === 0 ? [] : await session.values(terms.map(smtTerm));
  const entries = shown.map((one, i) => [one.text!, String(values[i])] as const);
  return { where, line, values: Object.fromEntries(entries) };
}
