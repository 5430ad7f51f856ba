import type { AcslLoopAnnotation } from "../../../grammars/acsl/tree.ts";
import type { CExpression, CStatement } from "../../../grammars/c/tree.ts";
import type { Loop } from "../program.ts";
import { type Formula, TRUE } from "../term.ts";
import { lowerTerm } from "./annotation.ts";
import { admit, check, lowerClause } from "./clauses.ts";
import type { Context } from "./context.ts";
import { isPure } from "./effects.ts";
import { lowerCondition } from "./expression.ts";
import { lowerLocations, NOT_PROVED } from "./locations.ts";
import { lowerFullBranch, lowerFullExpression, lowerStatement } from "./statement.ts";

type LoopStatement = CStatement & { kind: "while" | "do" | "for" };

export function lowerLoop(ctx: Context, statement: LoopStatement): void {
  ctx.inScope(() => {
    if (statement.kind === "for" && statement.init !== null) lowerStatement(ctx, statement.init);
    const [head, body, exit] = [ctx.graph.create(), ctx.graph.create(), ctx.graph.create()];
    ctx.graph.fall(head);
    register(ctx, statement, head);
    if (statement.kind === "do") lowerDo(ctx, statement, head, exit);
    else lowerHeaded(ctx, statement, head, body, exit);
    ctx.graph.enter(exit);
  });
}

/** `while` and `for`: the condition is evaluated in the head. */
function lowerHeaded(
  ctx: Context,
  statement: LoopStatement & { kind: "while" | "for" },
  head: number,
  body: number,
  exit: number,
): void {
  const step = statement.kind === "for" ? statement.step : null;
  const next = step === null ? head : ctx.graph.create();
  if (statement.condition === null) ctx.graph.goto(body);
  else lowerFullBranch(ctx, statement.condition, body, exit);
  ctx.graph.enter(body);
  lowerBody(ctx, statement.body, exit, next);
  ctx.graph.goto(next);
  if (step === null) return;
  ctx.graph.enter(next);
  lowerFullExpression(ctx, step);
  ctx.graph.goto(head);
}

/** `do`: the head starts the body, the condition comes after it. */
function lowerDo(ctx: Context, statement: LoopStatement & { kind: "do" }, head: number, exit: number): void {
  const test = ctx.graph.create();
  lowerBody(ctx, statement.body, exit, test);
  ctx.graph.fall(test);
  lowerFullBranch(ctx, statement.condition, head, exit);
}

function lowerBody(ctx: Context, body: CStatement, breakTo: number, continueTo: number): void {
  ctx.targets.push({ breakTo, continueTo });
  ctx.inScope(() => lowerStatement(ctx, body));
  ctx.targets.pop();
}

function register(ctx: Context, statement: LoopStatement, head: number): void {
  const { annotation } = statement;
  ctx.loops.push({
    head,
    ...ctx.visible(),
    guard: statement.condition === null ? TRUE : guardOf(ctx, statement.condition),
    invariants: annotation?.invariants.map((clause) => lowerClause(ctx, clause, "statement")) ?? [],
    assigns: annotation === null ? null : assignsOf(ctx, annotation),
    variant: annotation === null ? null : variantOf(ctx, annotation),
    span: statement.keyword,
    annotationBlocks: annotation?.blocks ?? [],
  });
  for (const clause of annotation?.admits ?? []) admit(ctx, lowerClause(ctx, clause, "statement"), "assume");
  for (const clause of annotation?.checks ?? []) check(ctx, lowerClause(ctx, clause, "statement"));
  for (const { construct, span } of annotation?.unsupported ?? []) {
    ctx.unsupported(`${construct} is not supported in loop annotations yet; remove it`, span);
  }
}

function guardOf(ctx: Context, condition: CExpression): Formula | null {
  if (!isPure(condition)) return null;
  let guard: Formula | null = null;
  ctx.graph.capture(() => {
    guard = lowerCondition(ctx, condition);
  });
  return guard;
}

function assignsOf(ctx: Context, annotation: AcslLoopAnnotation): Loop["assigns"] {
  if (annotation.assigns === null) return null;
  const { span, dependencies } = annotation.assigns;
  if (dependencies) ctx.assume(NOT_PROVED);
  return { locations: lowerLocations(ctx, annotation.assigns, "loop assigns", "statement"), span };
}

function variantOf(ctx: Context, annotation: AcslLoopAnnotation): Loop["variant"] {
  if (annotation.variant === null) return null;
  const { term, text, span } = annotation.variant;
  return { term: lowerTerm(ctx, term, "statement"), text, span };
}
