import { assumed } from "../../server/conditions/checker.ts";
import { freeProgram, unreachableByCode } from "../../server/conditions/free.ts";
import { claimOf, describeLoop, obligationsOf } from "../../server/conditions/obligations.ts";
import type { Passive } from "../../server/conditions/passive.ts";
import { preamble } from "../../server/conditions/preamble.ts";
import { smtFormula } from "../../server/conditions/smtlib.ts";
import { endlessLoops, vacuous } from "../../server/conditions/vacuity.ts";
import type { SatResult, SmtSession, SmtSolver } from "../../server/engine/solver.ts";
import type { Evidence, ObligationName } from "../../server/engine/verdict.ts";
import type { Formula } from "../../server/program/term.ts";
import type { JudgeParts } from "./judge.ts";

type Proof =
  | { readonly kind: "proved"; readonly evidence: Evidence }
  | { readonly kind: "rejected"; readonly reason: string; readonly final?: boolean };

/**
 * Proves the program with the invariants that stand in its own text: each obligation in a query of its own, then that the
 * proof is not vacuous. Solvers of another family are asked the same questions: one that disagrees rejects.
 */
export async function proveAsWritten(
  passive: Passive,
  parts: JudgeParts,
  signal: AbortSignal,
): Promise<Proof> {
  const first = await inFreshProcess(passive, parts.solver, parts.queryMs, signal, (ask, tell) =>
    decide(passive, ask, tell, parts.solver.name),
  );
  if (first.kind === "rejected") return first;
  const checkedBy = [parts.solver.name];
  for (const other of await parts.others()) {
    const second = await secondOpinion(passive, other, parts, signal);
    if (second.kind === "disagrees") {
      return { kind: "rejected", reason: `${other.name} finds a counterexample to the ${second.obligation}` };
    }
    if (second.kind === "agrees") checkedBy.push(other.name);
  }
  return { kind: "proved", evidence: { ...first.evidence, checkedBy } };
}

type Ask = (formula: Formula) => Promise<SatResult>;
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
    const ask: Ask = async (formula) => {
      session.tell(`(push 1)\n(assert ${smtFormula(formula)})`);
      const result = await session.check({ deadlineMs: queryMs, signal });
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

async function decide(passive: Passive, ask: Ask, tell: Tell, solver: string): Promise<Proof> {
  const claim = asWritten(passive);
  const names: ObligationName[] = [];
  for (const obligation of obligationsOf(passive, claim)) {
    const result = await ask(obligation.violated);
    if (result.kind !== "unsat") {
      const why = result.kind === "sat" ? "fails" : `is not decided (${result.reason})`;
      return { kind: "rejected", reason: `${obligation.name.text} ${why}` };
    }
    names.push(obligation.name);
  }
  let free: ReturnType<typeof freeProgram> | null = null;
  const vacuity = await vacuous(passive, ask, (point) => {
    if (!free) {
      free = freeProgram(passive, "free!");
      declare(free.passive, tell);
    }
    return unreachableByCode(free, point, ask);
  });
  if (vacuity.kind === "vacuous") {
    return { kind: "rejected", reason: `vacuous: ${vacuity.reason}`, final: vacuity.always };
  }
  const { loops, assumptions } = passive.program;
  const terminates = loops.every((loop) => claim.variants[loop.id]);
  const endless = endlessLoops(passive).map((loop) => `the ${describeLoop(loops[loop]!)} has no exit`);
  const flagged = [...endless, ...vacuity.flagged];
  return {
    kind: "proved",
    evidence: {
      obligations: names,
      checkedBy: [solver],
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
    return await inFreshProcess(passive, solver, parts.queryMs, signal, async (ask) => {
      for (const obligation of obligationsOf(passive, asWritten(passive))) {
        const result = await ask(obligation.violated);
        if (result.kind === "sat") return { kind: "disagrees" as const, obligation: obligation.name.text };
        if (result.kind === "unknown") return { kind: "silent" as const };
      }
      return { kind: "agrees" as const };
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && error.name === "SolverError") return { kind: "silent" };
    throw error;
  }
}
