import { assumed } from "../../server/conditions/checker.ts";
import { freeProgram, unreachableByCode } from "../../server/conditions/free.ts";
import { claimOf, describeLoop, obligationsOf } from "../../server/conditions/obligations.ts";
import type { Passive } from "../../server/conditions/passive.ts";
import { preamble } from "../../server/conditions/preamble.ts";
import { smtFormula } from "../../server/conditions/smtlib.ts";
import { declaredFunctions, theoryText } from "../../server/conditions/theory.ts";
import { endlessLoops, vacuous } from "../../server/conditions/vacuity.ts";
import {
  type SatResult,
  type SmtSession,
  type SmtSolver,
  SolverError,
  SolverStartError,
} from "../../server/engine/solver.ts";
import type { Evidence, ObligationName } from "../../server/engine/verdict.ts";
import { and, type Formula, not, TRUE } from "../../server/program/term.ts";
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
    const inOne = <Result>(supposed: boolean, work: (session: Session) => Promise<Result>) =>
      inFreshProcess(passive, parts.solver, parts.queryMs, signal, supposed, work);
    const first = await inOne(true, (session) =>
      passive.program.theory === undefined
        ? decide(passive, session, null, others.length > 0)
        : inOne(false, (bare) => decide(passive, session, bare, others.length > 0)),
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

interface Session {
  ask(formula: Formula, mostMs?: number): Promise<SatResult>;
  tell(commands: string): void;
}

async function inFreshProcess<Result>(
  passive: Passive,
  solver: SmtSolver,
  queryMs: number,
  signal: AbortSignal,
  /** Whether axioms are supposed; without them their functions are any. */
  supposed: boolean,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session: SmtSession = await solver.open(signal);
  try {
    const { theory } = passive.program;
    if (theory) session.tell(supposed ? theoryText(theory) : declaredFunctions(theory));
    declare(passive, (commands) => session.tell(commands));
    const ask: Session["ask"] = async (formula, mostMs = queryMs) => {
      session.tell(`(push 1)\n(assert ${smtFormula(formula)})`);
      const result = await session.check({ deadlineMs: Math.min(queryMs, mostMs), signal });
      session.tell("(pop 1)");
      return result;
    };
    return await work({ ask, tell: (commands) => session.tell(commands) });
  } finally {
    await session.close();
  }
}

function asWritten(passive: Passive) {
  return claimOf(passive.program, { invariants: [] }, () => "");
}

/** The conditions, and that each head's `assumed` symbol implies the invariants that stand in the text. */
function declare(passive: Passive, tell: Session["tell"]): void {
  tell(preamble(passive));
  tell(assumed(passive, asWritten(passive)));
}

/** `bare`: a session in which no axiom is supposed, for a program that has some. */
async function decide(
  passive: Passive,
  { ask, tell }: Session,
  bare: Session | null,
  othersMay: boolean,
): Promise<First> {
  const claim = asWritten(passive);
  const names: ObligationName[] = [];
  let undecided: string | null = null;
  let slowest = 0;
  for (const obligation of obligationsOf(passive, claim)) {
    const started = performance.now();
    const result = await ask(obligation.violated, undecided === null ? undefined : OPINION_MS);
    slowest = Math.max(slowest, performance.now() - started);
    if (result.kind === "sat") return { kind: "rejected", reason: `${obligation.name.text} fails` };
    if (result.kind === "unknown") {
      undecided ??= `${obligation.name.text} is not decided (${result.reason})`;
      if (!othersMay) return { kind: "rejected", reason: undecided };
    }
    names.push(obligation.name);
  }
  // Whoever proves a claim from a contradiction finds it as fast for the opposite claim.
  const lookMs = Math.min(REACH_MS, Math.max(CONTRADICTION_MS, 3 * slowest));
  const supposed =
    bare === null
      ? { kind: "fine" as const, flagged: [] }
      : await suppositions(passive, ask, bare.ask, lookMs);
  if (supposed.kind === "contradictory")
    // A run that breaks an assertion supposes nothing, so that the search goes on.
    return { kind: "rejected", reason: `vacuous: ${supposed.reason}` };
  let free: ReturnType<typeof freeProgram> | null = null;
  let witnessed: ReturnType<typeof witnessedBy> | null = null;
  const vacuity = await vacuous(
    passive,
    async (formula) => {
      const result = await ask(formula, bare === null ? REACH_MS : lookMs);
      // A solver seldom finds a model of axioms; that they allow what is possible without them was looked at above.
      return result.kind === "unknown" && bare !== null ? bare.ask(formula, REACH_MS) : result;
    },
    (point) => {
      const code = bare ?? { ask, tell };
      if (!free) {
        free = freeProgram(passive, "free!");
        declare(free.passive, code.tell);
      }
      return unreachableByCode(free, point, code.ask);
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
  const flagged = [...endless, ...vacuity.flagged, ...supposed.flagged];
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

/** The least milliseconds in which a contradiction of what is supposed is looked for, at each place. */
const CONTRADICTION_MS = 200;

/**
 * Whether axioms contradict each other, or what holds where something was proved (soundness.md 12). A contradiction proves a
 * claim and its negation alike, from the same terms: so each claim is asked for as well as it was refuted. What already has no
 * run without the axioms is dead for another reason.
 */
async function suppositions(
  passive: Passive,
  ask: Session["ask"],
  bare: Session["ask"],
  lookMs: number,
): Promise<
  | { readonly kind: "fine"; readonly flagged: readonly string[] }
  | { readonly kind: "contradictory"; readonly reason: string }
> {
  const names = passive.program.theory!.axioms.map(({ text }) => text).join(", ");
  const alone = await ask(TRUE, lookMs);
  if (alone.kind === "unsat")
    return { kind: "contradictory", reason: `what is supposed contradicts itself: ${names}` };
  for (const { name, violated, source } of obligationsOf(passive, asWritten(passive))) {
    const { reach } = source.kind === "edge" ? source.edge : source.use;
    const holds = and(reach, not(violated));
    if ((await ask(holds, lookMs)).kind !== "unsat") continue;
    if ((await bare(holds, lookMs)).kind === "unsat") continue;
    const reason = `what is supposed contradicts what holds at the ${name.text}: ${names}`;
    return { kind: "contradictory", reason };
  }
  return {
    kind: "fine",
    flagged:
      alone.kind === "sat" ? [] : ["no contradiction was found in what is supposed; none is ruled out"],
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
    return await inFreshProcess(
      passive,
      solver,
      Math.min(parts.queryMs, OPINION_MS),
      signal,
      true,
      async ({ ask }) => {
        for (const obligation of obligationsOf(passive, asWritten(passive))) {
          const result = await ask(obligation.violated);
          if (result.kind === "sat") return { kind: "disagrees" as const, obligation: obligation.name.text };
          if (result.kind === "unknown") return { kind: "silent" as const };
        }
        return { kind: "agrees" as const };
      },
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SolverError || error instanceof SolverStartError) return { kind: "silent" };
    throw error;
  }
}
