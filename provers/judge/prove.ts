import { assumed } from "../../server/conditions/checker.ts";
import { freeProgram, unreachableByCode } from "../../server/conditions/free.ts";
import { claimOf, describeLoop, obligationsOf } from "../../server/conditions/obligations.ts";
import type { Passive } from "../../server/conditions/passive.ts";
import { preamble } from "../../server/conditions/preamble.ts";
import { smtFormula } from "../../server/conditions/smtlib.ts";
import { endlessLoops, vacuous } from "../../server/conditions/vacuity.ts";
import {
  type SatResult,
  type SmtSession,
  type SmtSolver,
  SolverError,
  SolverStartError,
} from "../../server/engine/solver.ts";
import type { Evidence, ObligationName } from "../../server/engine/verdict.ts";
import type { Formula } from "../../server/program/term.ts";
import type { JudgeParts } from "./judge.ts";
import { witnessedBy } from "./witness.ts";

/** Milliseconds for a point that must be reachable: beyond that a concrete run is the better witness. */
const REACH_MS = 1_500;
/** Milliseconds a query for a second opinion, which is welcome and not worth waiting for. */
const OPINION_MS = 1_500;

/** What proving a whole text came to. */
export type Proof =
  | { readonly kind: "proved"; readonly evidence: Evidence }
  | { readonly kind: "rejected"; readonly reason: string; readonly final?: boolean };

/**
 * Proves the program with the invariants that stand in its own text: each obligation in a query of its own, then that the
 * proof is not vacuous. Solvers of another family are asked the same questions meanwhile: one that disagrees rejects, and one
 * that agrees on everything may decide what the first could not.
 */
export async function proveAsWritten(
  passive: Passive,
  parts: JudgeParts,
  signal: AbortSignal,
): Promise<Proof> {
  const ended = new AbortController();
  const both = AbortSignal.any([signal, ended.signal]);
  const others = (await parts.others()).map(async (other) => ({
    name: other.name,
    opinion: await secondOpinion(passive, other, parts, both),
  }));
  // Nobody may be listening any more when an opinion is cancelled.
  for (const other of others) other.catch(() => {});
  try {
    const first = await inFreshProcess(passive, parts.solver, parts.queryMs, signal, (ask, tell) =>
      decide(passive, ask, tell, others.length > 0),
    );
    if (first.kind === "rejected") return first;
    const agreeing: string[] = [];
    for (const { name, opinion } of await Promise.all(others)) {
      if (opinion.kind === "disagrees")
        return { kind: "rejected", reason: `${name} finds a counterexample to the ${opinion.obligation}` };
      if (opinion.kind === "agrees") agreeing.push(name);
    }
    if (first.undecided !== null && agreeing.length === 0)
      return { kind: "rejected", reason: first.undecided };
    const checkedBy = first.undecided === null ? [parts.solver.name, ...agreeing] : agreeing;
    return { kind: "proved", evidence: { ...first.evidence, checkedBy } };
  } finally {
    ended.abort(new DOMException("the judge has decided", "AbortError"));
    await Promise.allSettled(others);
  }
}

/** What the first solver makes of it; `undecided`: why some obligation is open, when none fails. */
type First =
  | {
      readonly kind: "proved";
      readonly evidence: Omit<Evidence, "checkedBy">;
      readonly undecided: string | null;
    }
  | Extract<Proof, { kind: "rejected" }>;

type Ask = (formula: Formula, mostMs?: number) => Promise<SatResult>;
type Tell = (commands: string) => void;

async function inFreshProcess<Result>(
  passive: Passive,
  solver: SmtSolver,
  queryMs: number,
  signal: AbortSignal,
  work: (ask: Ask, tell: Tell) => Promise<Result>,
): Promise<Result> {
  const session: SmtSession = await solver.open(signal);
  try {
    declare(passive, (commands) => session.tell(commands));
    const ask: Ask = async (formula, mostMs = queryMs) => {
      session.tell(`(push 1)\n(assert ${smtFormula(formula)})`);
      const result = await session.check({ deadlineMs: Math.min(queryMs, mostMs), signal });
      session.tell("(pop 1)");
      return result;
    };
    return await work(ask, (commands) => session.tell(commands));
  } finally {
    await session.close();
  }
}

function asWritten(passive: Passive) {
  return claimOf(passive.program, { invariants: [] }, () => "");
}

/** The conditions, and that each head's `assumed` symbol implies the invariants that stand in the text. */
function declare(passive: Passive, tell: Tell): void {
  tell(preamble(passive));
  tell(assumed(passive, asWritten(passive)));
}

async function decide(passive: Passive, ask: Ask, tell: Tell, othersMay: boolean): Promise<First> {
  const claim = asWritten(passive);
  const names: ObligationName[] = [];
  let undecided: string | null = null;
  for (const obligation of obligationsOf(passive, claim)) {
    const result = await ask(obligation.violated, undecided === null ? undefined : OPINION_MS);
    if (result.kind === "sat") return { kind: "rejected", reason: `${obligation.name.text} fails` };
    if (result.kind === "unknown") {
      undecided ??= `${obligation.name.text} is not decided (${result.reason})`;
      if (!othersMay) return { kind: "rejected", reason: undecided };
    }
    names.push(obligation.name);
  }
  let free: ReturnType<typeof freeProgram> | null = null;
  let witnessed: ReturnType<typeof witnessedBy> | null = null;
  const vacuity = await vacuous(
    passive,
    (formula) => ask(formula, REACH_MS),
    (point) => {
      if (!free) {
        free = freeProgram(passive, "free!");
        declare(free.passive, tell);
      }
      return unreachableByCode(free, point, ask);
    },
    (point) => {
      witnessed ??= witnessedBy(passive.program);
      return witnessed(point);
    },
  );
  if (vacuity.kind === "vacuous") {
    return { kind: "rejected", reason: `vacuous: ${vacuity.reason}`, final: vacuity.always };
  }
  const { loops, assumptions, callees } = passive.program;
  const terminates = callees === undefined && loops.every((loop) => claim.variants[loop.id]);
  const endless = endlessLoops(passive).map((loop) => `the ${describeLoop(loops[loop]!)} has no exit`);
  const flagged = [...endless, ...vacuity.flagged];
  return {
    kind: "proved",
    undecided,
    evidence: {
      obligations: names,
      assumptions: [...(terminates ? [] : ["partial correctness"]), ...assumptions, ...flagged],
      terminates,
    },
  };
}

/** `silent` when the other solver is missing, dies, or leaves something undecided: no verdict is no opinion. */
async function secondOpinion(
  passive: Passive,
  solver: SmtSolver,
  parts: JudgeParts,
  signal: AbortSignal,
): Promise<{ kind: "agrees" } | { kind: "silent" } | { kind: "disagrees"; obligation: string }> {
  try {
    return await inFreshProcess(passive, solver, Math.min(parts.queryMs, OPINION_MS), signal, async (ask) => {
      for (const obligation of obligationsOf(passive, asWritten(passive))) {
        const result = await ask(obligation.violated);
        if (result.kind === "sat") return { kind: "disagrees" as const, obligation: obligation.name.text };
        if (result.kind === "unknown") return { kind: "silent" as const };
      }
      return { kind: "agrees" as const };
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SolverError || error instanceof SolverStartError) return { kind: "silent" };
    throw error;
  }
}
