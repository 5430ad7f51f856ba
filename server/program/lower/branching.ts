import type { CExpression } from "../../../grammars/c/tree.ts";
import { and, compare, type Formula, integer, or, variable } from "../term.ts";
import type { Context } from "./context.ts";
import { isPure } from "./effects.ts";
import { evaluate, lowerCondition, lowerEffect, lowerValue } from "./expression.ts";
import { fold, negated } from "./fold.ts";
import { union } from "./range.ts";
import { commonType, convert, truthValue, type Value, variableValue } from "./value.ts";

/** Evaluates a condition and goes to `then` where it holds, to `otherwise` where not; leaves an unreachable block. */
export function lowerBranch(ctx: Context, expression: CExpression, then: number, otherwise: number): void {
  if (!isPure(expression)) {
    if (expression.kind === "unary" && expression.operator === "!") {
      lowerBranch(ctx, expression.argument, otherwise, then);
      return;
    }
    if (expression.kind === "comma") {
      lowerEffect(ctx, expression.left);
      lowerBranch(ctx, expression.right, then, otherwise);
      return;
    }
    if (expression.kind === "binary" && (expression.operator === "&&" || expression.operator === "||")) {
      const right = ctx.graph.create();
      if (expression.operator === "&&") lowerBranch(ctx, expression.left, right, otherwise);
      else lowerBranch(ctx, expression.left, then, right);
      ctx.graph.enter(right);
      lowerBranch(ctx, expression.right, then, otherwise);
      return;
    }
  }
  ctx.graph.branch(lowerCondition(ctx, expression), then, otherwise, expression.span);
}

/** `left && right`, `left || right`: the right operand's obligations hold only where it is evaluated. */
export function logical(
  ctx: Context,
  expression: CExpression & { kind: "binary" },
  operator: "&&" | "||",
): Value {
  if (!isPure(expression.right)) return branched(ctx, expression);
  const left = lowerCondition(ctx, expression.left);
  let right: Formula = left;
  ctx.guarded(operator === "&&" ? left : negated(left), () => {
    right = lowerCondition(ctx, expression.right);
  });
  // A constant on the right decides, but what is on the left is evaluated all the same.
  if (right.kind === "truth" && left.kind !== "truth" && right.value === (operator === "||")) {
    return truthValue({ kind: right.value ? "or" : "and", arguments: [left, right] }, ctx.int);
  }
  return truthValue(operator === "&&" ? and(left, right) : or(left, right), ctx.int);
}

/** A condition with side effects as a value: a temporary that both ways set. */
function branched(ctx: Context, expression: CExpression): Value {
  const [yes, no, join] = [ctx.graph.create(), ctx.graph.create(), ctx.graph.create()];
  const { name } = ctx.temporary("truth", ctx.int, expression.span);
  lowerBranch(ctx, expression, yes, no);
  for (const [block, value] of [
    [yes, 1],
    [no, 0],
  ] as const) {
    ctx.graph.enter(block);
    ctx.assign(name, integer(value), expression.span);
    ctx.graph.goto(join);
  }
  ctx.graph.enter(join);
  return truthValue(compare("!=", variable(name), integer(0)), ctx.int);
}

/** `c ? a : b`: pure arms become a term, others blocks. */
export function conditional(ctx: Context, expression: CExpression & { kind: "conditional" }): Value | null {
  if (!isPure(expression.then) || !isPure(expression.else)) return branchedConditional(ctx, expression);
  const condition = lowerCondition(ctx, expression.condition);
  const arms: Value[] = [];
  const guards = [condition, negated(condition)];
  for (const [index, arm] of [expression.then, expression.else].entries()) {
    ctx.guarded(guards[index]!, () => arms.push(lowerValue(ctx, arm)));
  }
  const type = commonType(arms[0]!.type, arms[1]!.type, ctx.reading);
  const [then, otherwise] = [convert(arms[0]!, type, ctx.reading), convert(arms[1]!, type, ctx.reading)];
  if (condition.kind === "truth") return condition.value ? then : otherwise;
  const term = fold({ kind: "choose", condition, then: then.term, else: otherwise.term });
  const range = union(then.range, otherwise.range);
  return { term, type, range, truth: null };
}

/** Both arms are lowered in blocks of their own; the temporary's type is known only after that. */
function branchedConditional(ctx: Context, expression: CExpression & { kind: "conditional" }): Value | null {
  const values: { readonly block: number; readonly value: Value }[] = [];
  const join = alternatives(ctx, expression, () =>
    [expression.then, expression.else].map((arm) => () => {
      const value = evaluate(ctx, arm);
      if (value !== null) values.push({ block: ctx.graph.current, value });
    }),
  );
  const [then, otherwise] = values;
  if (then === undefined || otherwise === undefined) return null;
  const type = commonType(then.value.type, otherwise.value.type, ctx.reading);
  const { name } = ctx.temporary("choice", type, expression.span);
  for (const { block, value } of [then, otherwise]) {
    ctx.graph.enter(block);
    ctx.assign(name, convert(value, type, ctx.reading).term, expression.span);
  }
  ctx.graph.enter(join);
  return variableValue(name, type, ctx.reading);
}

/** Lowers two arms under a condition, each in its own blocks, and continues where they meet. */
export function alternatives(
  ctx: Context,
  expression: CExpression & { kind: "conditional" },
  arms: () => readonly (() => void)[],
): number {
  const blocks = [ctx.graph.create(), ctx.graph.create()];
  const join = ctx.graph.create();
  lowerBranch(ctx, expression.condition, blocks[0]!, blocks[1]!);
  for (const [index, arm] of arms().entries()) {
    ctx.graph.enter(blocks[index]!);
    arm();
    ctx.graph.goto(join);
  }
  ctx.graph.enter(join);
  return join;
}
