import { clausesText } from "../../conditions/exchange.ts";
import { type HornClauses, hornClauses } from "../../conditions/horn.ts";
import type { Candidate } from "../../engine/candidate.ts";
import type { ProposeContext, Proposer, RefutingRun } from "../../engine/interfaces.ts";
import type { HornAnswer, HornSolver } from "../../engine/solver.ts";
import type { InvariantsTask } from "../../engine/task.ts";
import { needsCells } from "../../program/cells.ts";
import { inScope as inScopeOf } from "../harvest/comparisons.ts";
import { atom } from "../harvest/harvest.ts";
import { definitionsIn, readSolution } from "./solution.ts";

/** Depths at which a run is looked for when Spacer says that there is one. */
const DEPTHS = [1, 3, 8, 16, 32, 64, 128];

interface Search {
  answer: HornAnswer | null;
  readonly done: Promise<unknown>;
  told: boolean;
}

/**
 * Spacer on a process of its own, beside everything else. It is started at its first turn, which comes when the cheap proposers
 * have failed, and asked at each later turn whether it has finished; the last waits for it.
 */
export function spacerProposer(solver: HornSolver): (turn: "early" | "late") => Proposer {
  const searches = new WeakMap<InvariantsTask, Search>();
  return (turn) => ({
    name: "spacer",
    kind: "symbolic",
    async *propose(context) {
      const { task } = context;
      if (context.round > 1 || !hasClauses(task)) return;
      const search = searches.get(task) ?? start(solver, context);
      searches.set(task, search);
      if (turn === "late") await search.done;
      context.signal.throwIfAborted();
      if (search.answer === null || search.told) return;
      search.told = true;
      yield* proposals(context, search.answer);
    },
  });
}

function start(solver: HornSolver, { task, budget, signal }: ProposeContext): Search {
  const { text } = clausesOf(task);
  const solved = solver.solve(text, { deadlineMs: Math.max(1, budget.remainingMs), signal });
  const search: Search = {
    answer: null,
    told: false,
    done: solved.then(
      (answer) => {
        search.answer = answer;
      },
      () => {
        // Cancelled with the run, which says so itself.
      },
    ),
  };
  return search;
}

/** Arrays of C are more than Spacer's clauses say here; problems in its own format are its own. */
export function hasClauses({ program, exchange }: InvariantsTask): boolean {
  return exchange !== undefined || (program.loops.length > 0 && !needsCells(program));
}

/** An exchange problem's own clauses, else the program's. */
export function clausesOf({ program, exchange }: InvariantsTask): HornClauses {
  if (!exchange) return hornClauses(program);
  const predicates = exchange.problem.predicates.map(({ name, parameters }) => ({
    name,
    variables:
      exchange.parameters?.get(name)?.map((one) => one.variable) ?? parameters.map((one) => one.name),
  }));
  return { text: clausesText(exchange.problem), predicates };
}

async function* proposals(
  context: ProposeContext,
  answer: HornAnswer,
): AsyncGenerator<Candidate | RefutingRun> {
  const { task, note, checker, signal } = context;
  if (answer.kind === "unknown") return;
  if (answer.kind === "unsat") {
    note({ type: "finding", text: "Spacer says that some run breaks an assertion; looking for it" });
    for (const depth of DEPTHS) {
      const inputs = await checker.violation(depth, signal);
      if (inputs) yield { kind: "run", proposer: "spacer", inputs };
    }
    return;
  }
  const solution = readSolution(answer.model, clausesOf(task));
  // A problem that did not become a program has predicates and no loops.
  const asLoops = solution.kind !== "rejected" && solution.invariants.length === task.program.loops.length;
  if (!asLoops) {
    const definitions = task.exchange ? definitionsIn(answer.model, task.exchange.problem) : null;
    if (definitions)
      yield { kind: "tree", role: "whole", invariants: [], definitions, provenance: { proposer: "spacer" } };
    if (definitions) return;
    const reason = solution.kind === "rejected" ? solution.reason : "the problem has no loops";
    note({ type: "finding", text: `Spacer's invariant is not used: ${reason}` });
    return;
  }
  const scopes = task.program.loops.map((loop) => new Set(loop.scope));
  const invariants = solution.invariants.map((formulas, loop) =>
    formulas.filter((formula) => inScopeOf(formula, scopes[loop]!)),
  );
  for (const [loop, formulas] of invariants.entries())
    for (const formula of formulas) yield atom(task.program, loop, formula, "spacer");
  const whole: Candidate = { kind: "tree", role: "whole", invariants, provenance: { proposer: "spacer" } };
  const small = await checker.simplify(whole, signal);
  yield small;
}
