import { symbolText } from "../../grammars/smtlib/expression.ts";
import {
  type Application,
  type Condition,
  type ExchangeProblem,
  expressionText,
} from "../../grammars/smtlib/problem.ts";
import type { RunJudgement } from "../../server/engine/interfaces.ts";
import { type SmtSolver, SolverError, SolverStartError } from "../../server/engine/solver.ts";
import type { ExchangeSort, InvariantsTask } from "../../server/engine/task.ts";
import { cellProgram } from "../../server/program/cells.ts";
import { replay } from "../../server/program/replay.ts";
import type { Inputs, Valuation } from "../../server/program/run.ts";
import { readProblem } from "../../server/tasks/exchange/locate.ts";

/** Most arrivals at heads of a run that is checked so. */
const MOST = 2_000;

type Rejected = Extract<RunJudgement, { kind: "rejected" }>;

/**
 * Whether a run of the program is one of the problem: the states at its heads, put into the problem's own text, read anew, satisfy a
 * clause from each to the next, and a query forbids the last. Arrays are left to the solver, which must find some. How the problem
 * became a program plays no part in it. Null when it is.
 */
export async function confirmOnText(
  solver: SmtSolver,
  queryMs: number,
  task: InvariantsTask,
  inputs: Inputs,
  signal: AbortSignal,
): Promise<Rejected | null> {
  const { parameters } = task.exchange!;
  const read = readProblem(task.document, task.exchange!.problem.notation);
  if (read.kind === "error" || parameters === null) return rejected("the problem cannot be read any more");
  const run = replay(cellProgram(task.program).program, inputs, { arrivals: MOST });
  if (run.arrivals > MOST) return rejected(`the run has more than ${MOST} steps`);
  const { predicates } = read.problem;
  const visits = run.heads.map(({ loop, state }, step): Visit => {
    const predicate = predicates[loop]!;
    const slots = parameters.get(predicate.name)!;
    return {
      predicate: predicate.name,
      names: predicate.parameters.map((_, i) => `touchstone!${step}!${i}`),
      sorts: predicate.parameters.map((one) => expressionText(one.sort)),
      values: slots.map((slot) => valueText(state, slot)),
    };
  });
  const session = await solver.open(signal);
  try {
    session.tell(textOf(read.problem, visits));
    const result = await session.check({ deadlineMs: queryMs, signal });
    if (result.kind === "sat") return null;
    if (result.kind === "unsat") return rejected("the problem's own clauses do not have this run");
    return rejected(`the run is not decided on the problem's own text (${result.reason})`);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SolverError || error instanceof SolverStartError)
      return rejected(`${solver.name} refuses the text: ${error.message}`);
    throw error;
  } finally {
    await session.close();
  }
}

function rejected(reason: string): Rejected {
  return { kind: "rejected", reason };
}

/** One arrival at a predicate: a constant for each parameter, with its value where that is known. */
interface Visit {
  readonly predicate: string;
  readonly names: readonly string[];
  readonly sorts: readonly string[];
  readonly values: readonly (string | null)[];
}

function valueText(
  state: Valuation,
  { variable, sort }: { readonly variable: string; readonly sort: ExchangeSort },
): string | null {
  const value = state.get(variable);
  if (sort === "Array" || value === undefined) return null;
  if (sort === "Bool") return value === 0n ? "false" : "true";
  return value < 0n ? `(- ${-value})` : String(value);
}

function textOf(problem: ExchangeProblem, visits: readonly Visit[]): string {
  const lines = problem.definitions.map(expressionText);
  for (const { names, sorts, values } of visits) {
    for (const [i, name] of names.entries()) {
      lines.push(`(declare-const ${name} ${sorts[i]})`);
      if (values[i] !== null) lines.push(`(assert (= ${name} ${values[i]}))`);
    }
  }
  for (let step = 0; step <= visits.length; step++) {
    const [from, to] = [visits[step - 1] ?? null, visits[step] ?? null];
    const ways = problem.conditions.flatMap((condition) => way(condition, from, to) ?? []);
    lines.push(`(assert (or false ${ways.join(" ")}))`);
  }
  return lines.join("\n");
}

/** That this clause leads from one visit to the next; where there is no next one, that it forbids the last. Null where it cannot. */
function way({ clause, variables }: Condition, from: Visit | null, to: Visit | null): string | null {
  if (clause === null || clause.body.length > 1) return null;
  const body = clause.body[0] ?? null;
  if ((body?.predicate ?? null) !== (from?.predicate ?? null)) return null;
  if ((clause.head?.predicate ?? null) !== (to?.predicate ?? null)) return null;
  const parts = [
    ...(body ? equal(body, from!) : []),
    ...clause.constraint.map(expressionText),
    ...(clause.head ? equal(clause.head, to!) : []),
    ...(clause.goal ? [`(not ${expressionText(clause.goal)})`] : []),
  ];
  const holds = `(and true ${parts.join(" ")})`;
  if (variables.length === 0) return holds;
  const binders = variables.map((one) => `(${symbolText(one.name)} ${expressionText(one.sort)})`);
  return `(exists (${binders.join(" ")}) ${holds})`;
}

function equal(application: Application, visit: Visit): string[] {
  return application.arguments.map((argument, i) => `(= ${expressionText(argument)} ${visit.names[i]})`);
}
