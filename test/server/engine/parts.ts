import { createJudge } from "../../../provers/judge/judge.ts";
import { chooseZ3 } from "../../../provers/z3/choose.ts";
import { InvariantChecker } from "../../../server/conditions/checker.ts";
import { lazyChecker } from "../../../server/conditions/lazy.ts";
import { passiveForm } from "../../../server/conditions/passive.ts";
import type { Proposal, RawCandidate } from "../../../server/engine/candidate.ts";
import type { Event } from "../../../server/engine/event.ts";
import { Findings } from "../../../server/engine/findings.ts";
import type { EngineParts, Proposer, RefutingRun } from "../../../server/engine/interfaces.ts";
import type { SmtSession, SmtSolver } from "../../../server/engine/solver.ts";
import type { InvariantsTask } from "../../../server/engine/task.ts";
import type { IntegerReading } from "../../../server/program/integer.ts";
import type { Formula } from "../../../server/program/term.ts";
import { learnFailure, nearestMiss } from "../../../server/tasks/invariants/learn.ts";
import { locateInvariants } from "../../../server/tasks/invariants/locate.ts";
import { parseAnswer } from "../../../server/tasks/invariants/parse.ts";
import { screen } from "../../../server/tasks/invariants/screen.ts";
import { printConjunct, showCandidate } from "../../../server/tasks/invariants/show.ts";

/** The task of the last function of a text. */
export function taskOf(text: string, reading: IntegerReading = "math"): InvariantsTask {
  const located = locateInvariants({ file: "test.c", text, version: 0 }, reading).at(-1);
  if (located?.kind !== "task") throw new Error(`no task: ${JSON.stringify(located)}`);
  return located.task;
}

/** The real parts, with these proposers, and whatever a test replaces. */
export async function partsWith(
  proposers: readonly Proposer[],
  replaced: Partial<EngineParts> = {},
  solver?: SmtSolver,
): Promise<EngineParts> {
  const z3 = solver ?? (await chooseZ3("auto"));
  return {
    proposers,
    judge: createJudge({ solver: z3, others: async () => [], queryMs: 5000 }),
    openFindings: (task) => new Findings(task.program.loops.length),
    openChecker: (task, budget, signal) =>
      lazyChecker(
        async () =>
          new InvariantChecker({
            passive: passiveForm(task.program),
            session: await z3.open(signal),
            budget,
            queryMs: 2000,
            print: (formula) => printConjunct(task, formula),
            solver: z3.name,
          }),
      ),
    parse: parseAnswer,
    screen,
    learn: learnFailure,
    nearest: nearestMiss,
    show: showCandidate,
    ...replaced,
  };
}

/** A proposer that says these things once. */
export function saying(...proposals: readonly (Proposal | RefutingRun)[]): Proposer {
  return {
    name: "test",
    kind: "always",
    async *propose({ round }) {
      if (round === 0) yield* proposals;
    },
  };
}

/** A model's answer for the first loop. */
export function answer(text: string, more: Partial<RawCandidate> = {}): RawCandidate {
  return {
    kind: "text",
    text,
    format: "text",
    truncated: false,
    loop: 0,
    provenance: { proposer: "model" },
    ...more,
  };
}

/** A whole candidate: conjuncts by loop. */
export function whole(...invariants: readonly (readonly Formula[])[]): Proposal {
  return { kind: "tree", role: "whole", invariants, provenance: { proposer: "test" } };
}

export async function collect(events: AsyncIterable<Event>): Promise<Event[]> {
  const all: Event[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** How the run ended, and what became of each candidate. */
export function summary(events: readonly Event[]) {
  const last = events.at(-1);
  if (last?.type !== "finished") throw new Error("the run did not finish");
  const fates = events.flatMap((event) => (event.type === "candidate" ? [event.fate] : []));
  return { outcome: last.outcome, counts: last.counts, fates };
}

/** A solver that answers every question alike. */
export function stubborn(name: string, says: "sat" | "unsat" | "unknown"): SmtSolver {
  const session: SmtSession = {
    tell() {},
    check: async () => (says === "unknown" ? { kind: "unknown", reason: "time-out" } : { kind: says }),
    values: async (terms) => terms.map(() => 0n),
    unsatAssumptions: async () => [],
    close: async () => {},
  };
  return { name, family: name, open: async () => session };
}
