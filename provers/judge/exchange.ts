import { type Expression, headOf, readExpressions } from "../../grammars/smtlib/expression.ts";
import { type ExchangeProblem, expressionText, sortedVariables } from "../../grammars/smtlib/problem.ts";
import { fitted } from "../../grammars/sygus/fit.ts";
import { judgedText } from "../../server/conditions/exchange.ts";
import type { Candidate } from "../../server/engine/candidate.ts";
import type { Judgement } from "../../server/engine/interfaces.ts";
import { type SmtSolver, SolverError, SolverStartError } from "../../server/engine/solver.ts";
import type { InvariantsTask } from "../../server/engine/task.ts";
import type { ObligationName } from "../../server/engine/verdict.ts";
import { definitionText } from "../../server/tasks/exchange/definition.ts";
import { readProblem } from "../../server/tasks/exchange/locate.ts";
import { hashText } from "./apply.ts";
import type { JudgeParts } from "./judge.ts";
import { mint } from "./mint.ts";

/** Milliseconds a query for a second opinion. */
const OPINION_MS = 1_500;

/**
 * Judges a solution of a SyGuS or Horn problem on the problem's own text, read anew: the predicates are defined as the answer
 * says, and each condition is refuted in a fresh process. How the problem became a program plays no part in it.
 */
export async function judgeExchange(
  parts: JudgeParts,
  task: InvariantsTask,
  candidate: Candidate,
  signal: AbortSignal,
): Promise<Judgement> {
  const { document } = task;
  const read = readProblem(document, task.exchange!.problem.notation);
  if (read.kind === "error") return rejected("the problem cannot be read any more");
  const definitions = definitionsOf(task, candidate, read.problem);
  if (typeof definitions === "string") return rejected(definitions);
  const first = await opinion(parts.solver, parts.queryMs, read.problem, definitions, signal);
  if (first.kind !== "agrees") return rejected(first.reason);
  const checkedBy = [parts.solver.name];
  for (const other of await parts.others()) {
    const second = await opinion(
      other,
      Math.min(OPINION_MS, parts.queryMs),
      read.problem,
      definitions,
      signal,
    );
    if (second.kind === "disagrees") return rejected(`${other.name}: ${second.reason}`);
    if (second.kind === "agrees") checkedBy.push(other.name);
  }
  const hash = hashText(document.text);
  const verified = mint({
    edit: { insertions: [] },
    textHash: hash,
    baseHash: hash,
    evidence: { obligations: first.names, checkedBy, assumptions: [], terminates: false },
  });
  const answers = read.problem.predicates.map((predicate, loop) => ({
    loop,
    line: predicate.span.line,
    invariants: [],
    assigns: null,
    variant: null,
    definition: definitions[loop]!,
  }));
  return { kind: "proved", verified, answers };
}

function rejected(reason: string): Judgement {
  return { kind: "rejected", reason };
}

/** The definitions that are judged, in the words of the problem's grammars; why there are none, else. */
function definitionsOf(
  task: InvariantsTask,
  candidate: Candidate,
  problem: ExchangeProblem,
): readonly string[] | string {
  const { parameters } = task.exchange!;
  const incomplete = "the answer does not define each predicate";
  const given = candidate.definitions;
  if (given ? given.length !== problem.predicates.length : !parameters) return incomplete;
  const definitions: string[] = [];
  for (const [index, predicate] of problem.predicates.entries()) {
    const text = given
      ? given[index]!
      : definitionText(predicate, parameters!.get(predicate.name)!, candidate.invariants[index] ?? []);
    const definition = definitionIn(text, predicate.name);
    if (definition === null) return incomplete;
    if (!predicate.grammar) definitions.push(text);
    else {
      // Under other names the grammar's words would mean other parameters.
      const named = sortedVariables(definition.items[2], definition);
      if (
        named.map(({ name }) => name).join("\n") !== predicate.parameters.map(({ name }) => name).join("\n")
      )
        return incomplete;
      const body = fitted(predicate.grammar, predicate.parameters, definition.items[4]!);
      if (!body) return `no formula of the grammar for '${predicate.name}' says what was found`;
      definitions.push(expressionText({ ...definition, items: [...definition.items.slice(0, 4), body] }));
    }
  }
  return definitions;
}

/** The one definition of this predicate that a text is, and nothing else; null else. Its body is an expression, which cannot command. */
function definitionIn(text: string, name: string): (Expression & { kind: "list" }) | null {
  const read = readExpressions(text);
  if (read.kind === "error" || read.expressions.length !== 1) return null;
  const [only] = read.expressions;
  if (only?.kind !== "list" || headOf(only) !== "define-fun" || only.items.length !== 5) return null;
  const called = only.items[1];
  return called?.kind === "atom" && called.text === name ? only : null;
}

type Opinion =
  | { readonly kind: "agrees"; readonly names: readonly ObligationName[] }
  | { readonly kind: "disagrees" | "silent"; readonly reason: string };

async function opinion(
  solver: SmtSolver,
  queryMs: number,
  problem: ExchangeProblem,
  definitions: readonly string[],
  signal: AbortSignal,
): Promise<Opinion> {
  const session = await solver.open(signal);
  try {
    const { preamble, violations } = judgedText(problem, definitions);
    session.tell(preamble);
    const names: ObligationName[] = [];
    for (const { condition, commands } of violations) {
      session.tell(`(push 1)\n${commands}`);
      const result = await session.check({ deadlineMs: queryMs, signal });
      session.tell("(pop 1)");
      if (result.kind === "sat") return { kind: "disagrees", reason: `${condition.text} fails` };
      if (result.kind === "unknown")
        return { kind: "silent", reason: `${condition.text} is not decided (${result.reason})` };
      names.push({ kind: condition.kind, text: condition.text, loop: null, span: condition.span });
    }
    return { kind: "agrees", names };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SolverError || error instanceof SolverStartError)
      return { kind: "silent", reason: `${solver.name} refuses the text: ${error.message}` };
    throw error;
  } finally {
    await session.close();
  }
}
