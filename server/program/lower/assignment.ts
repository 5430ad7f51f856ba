import type { Span } from "../../../grammars/c/span.ts";
import type { CBinaryOperator, CExpression } from "../../../grammars/c/tree.ts";
import type { Context } from "./context.ts";
import { lowerValue, operate, proven, read } from "./expression.ts";
import { constantValue, convert, type Value, variableValue } from "./value.ts";

/** `x = e` and `x op= e`; the value is that of the variable afterwards. */
export function assign(ctx: Context, expression: CExpression & { kind: "assign" }): Value | null {
  const { target, operator } = expression;
  const entity = targetOf(ctx, target);
  if (operator === "=" || entity === null) {
    const value = lowerValue(ctx, expression.value);
    return entity && stored(ctx, entity, value, expression.span);
  }
  const before = read(ctx, entity.variable.text ?? entity.variable.name, target.span)!;
  const value = lowerValue(ctx, expression.value);
  const outcome = operate(ctx, operator.slice(0, -1) as Exclude<CBinaryOperator, "&&" | "||">, before, value);
  return stored(
    ctx,
    entity,
    proven(ctx, outcome, expression.span, target, expression.value),
    expression.span,
  );
}

/** `x++` and the like; `used` says whether somebody wants the value. */
export function step(ctx: Context, expression: CExpression & { kind: "step" }, used: boolean): Value | null {
  const entity = targetOf(ctx, expression.target);
  if (entity === null) return null;
  const { type, text, name } = entity.variable;
  const before = read(ctx, text ?? name, expression.target.span)!;
  const one = constantValue(1n, ctx.int);
  const outcome = operate(ctx, expression.operator === "++" ? "+" : "-", before, one);
  const after = proven(ctx, outcome, expression.span, expression.target, expression.target);
  if (expression.prefix || !used) return stored(ctx, entity, after, expression.span);
  const old = ctx.temporary("old", type, expression.span);
  ctx.assign(old.name, before.term, expression.span);
  stored(ctx, entity, after, expression.span);
  return variableValue(old.name, type, ctx.reading);
}

type Target = NonNullable<ReturnType<Context["variable"]>>;

function targetOf(ctx: Context, target: CExpression): Target | null {
  if (target.kind === "name") return ctx.variable(target.name, target.span);
  const construct = target.kind === "unsupported" ? target.construct : "an expression that is no variable";
  ctx.unsupported(
    `assignment to ${construct} is not supported yet; assign to an integer variable`,
    target.span,
  );
  return null;
}

/** Converts to the variable's type and writes it; the value of the assignment is the variable's (C11 6.5.16p3). */
function stored(ctx: Context, entity: Target, value: Value, span: Span): Value {
  const { name, type } = entity.variable;
  const converted = convert(value, type, ctx.reading);
  ctx.store(entity, converted.term, span);
  return { ...variableValue(name, type, ctx.reading), range: converted.range };
}
