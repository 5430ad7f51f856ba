import type { Candidate } from "../engine/candidate.ts";
import type { Houdini } from "../engine/interfaces.ts";
import type { SatResult, SmtSession } from "../engine/solver.ts";
import { evaluateFormula } from "../program/evaluate.ts";
import { and, type Formula, not, or } from "../program/term.ts";
import { at } from "./obligations.ts";
import type { Edge, Passive } from "./passive.ts";
import { smtFormula, smtTerm } from "./smtlib.ts";

/** The solver as the loops below use it. */
export interface Asker {
  readonly passive: Passive;
  readonly session: SmtSession;
  /** Asserts the text (when not empty) and checks under assumptions; the caller scopes it. */
  ask(assertion: string, assumptions?: readonly string[]): Promise<SatResult>;
  scoped<Result>(work: () => Promise<Result>): Promise<Result>;
  readonly onStep?: (loop: number, after: ReadonlyMap<string, bigint>) => void;
}

/** A conjunct of the pool with the literal that assumes it at its head. */
interface Member {
  readonly loop: number;
  readonly index: number;
  readonly formula: Formula;
  readonly literal: string;
}

/**
 * Houdini (Flanagan and Leino, FME 2001) over all loops jointly: conjuncts that some arrival at their loop breaks are dropped
 * until none is left, then the goal is tried. One model drops every conjunct that is false in it, not only one.
 * The source's own invariants take part as members that cannot be dropped: if they fail, so does every candidate.
 */
export async function houdini(asker: Asker, pool: Candidate["invariants"]): Promise<Houdini> {
  const { passive } = asker;
  const members = membersOf(passive, pool);
  declare(asker, members);
  const alive = new Set(members);
  for (;;) {
    const literals = [...alive].map((member) => member.literal);
    const step = await asker.scoped(async () => {
      const result = await asker.ask(smtFormula(broken(passive, alive)), literals);
      if (result.kind !== "sat") return result;
      const dropped = await falsified(asker, alive);
      return { kind: "dropped" as const, dropped };
    });
    if (step.kind === "unknown") return { kind: "unknown", reason: step.reason };
    if (step.kind === "unsat") break;
    if (step.kind === "dropped") {
      if (step.dropped.length === 0)
        return { kind: "unknown", reason: "the solver's model breaks no conjunct" };
      for (const member of step.dropped) alive.delete(member);
    }
  }
  const kept = passive.program.loops.map((loop) =>
    [...alive].filter((member) => member.loop === loop.id).map((member) => member.index),
  );
  const literals = [...alive].map((member) => member.literal);
  const goal = await asker.scoped(() => asker.ask(smtFormula(goalFails(passive)), literals));
  return {
    kind: "fixpoint",
    kept,
    goal: goal.kind === "unsat" ? "proved" : goal.kind === "sat" ? "open" : "unknown",
  };
}

function membersOf(passive: Passive, pool: Candidate["invariants"]): Member[] {
  return pool.flatMap((formulas, loop) =>
    passive.heads[loop]
      ? formulas.map((formula, index) => ({ loop, index, formula, literal: `keep_${loop}_${index}` }))
      : [],
  );
}

/** Each literal implies its conjunct after the head; the source's own invariants hold there outright. */
export function declare(asker: Asker, members: readonly Member[]): void {
  const lines: string[] = [];
  for (const head of asker.passive.heads) {
    if (!head) continue;
    for (const own of asker.passive.program.loops[head.loop]!.invariants) {
      lines.push(`(assert (=> ${head.assumed} ${smtFormula(at(own.formula, head.state))}))`);
    }
  }
  for (const member of members) {
    const head = asker.passive.heads[member.loop]!;
    lines.push(`(declare-const ${member.literal} Bool)`);
    lines.push(
      `(assert (=> (and ${head.assumed} ${member.literal}) ${smtFormula(at(member.formula, head.state))}))`,
    );
  }
  asker.session.tell(lines.join("\n"));
}

/** Some arrival at some loop breaks some member. */
function broken(passive: Passive, alive: Iterable<Member>): Formula {
  const byLoop = Map.groupBy(alive, (member) => member.loop);
  return or(
    ...passive.edges.map((edge) =>
      and(
        edge.reach,
        or(...(byLoop.get(edge.loop) ?? []).map((member) => not(at(member.formula, edge.state)))),
      ),
    ),
  );
}

/** Some assertion fails, or some invariant of the source is broken. */
export function goalFails(passive: Passive): Formula {
  const own = passive.edges.flatMap((edge) =>
    passive.program.loops[edge.loop]!.invariants.map((one) =>
      and(edge.reach, not(at(one.formula, edge.state))),
    ),
  );
  return or(...passive.uses.map((use) => and(use.reach, not(use.condition))), ...own);
}

/** Members that are false at an arrival which the current model takes. */
async function falsified(asker: Asker, alive: Iterable<Member>): Promise<Member[]> {
  const { edges } = asker.passive;
  const members = [...alive];
  const names = edges.map((edge) => namesNeeded(members, edge));
  const terms = edges.flatMap((edge, i) => [
    smtFormula(edge.reach),
    ...names[i]!.map((name) => smtTerm(edge.state.get(name)!)),
  ]);
  const values = await asker.session.values(terms);
  const dropped = new Set<Member>();
  let position = 0;
  for (const [i, edge] of edges.entries()) {
    const taken = values[position++] === true;
    const state = new Map(names[i]!.map((name) => [name, BigInt(values[position++]!)]));
    if (!taken) continue;
    asker.onStep?.(edge.loop, state);
    for (const member of members) {
      if (member.loop !== edge.loop) continue;
      if (evaluateFormula(member.formula, (name) => state.get(name)) !== true) dropped.add(member);
    }
  }
  return [...dropped];
}

function namesNeeded(members: readonly Member[], edge: Edge): string[] {
  return members.some((member) => member.loop === edge.loop) ? [...edge.state.keys()] : [];
}
