import type { Span } from "../../../grammars/c/span.ts";
import type { CBinaryOperator, CExpression } from "../../../grammars/c/tree.ts";
import { variable } from "../term.ts";
import { copyStructure } from "./access.ts";
import type { Context } from "./context.ts";
import { lowerValue, operate, proven } from "./expression.ts";
import { type Lvalue, storeAt, valueAt } from "./located.ts";
import { locate, typeOfExpression } from "./place.ts";
import { constantValue, type Value, variableValue } from "./value.ts";

/** `x = e` and `x op= e`; the value is that of the variable afterwards. `used` says whether somebody wants it. */
export function assign(
  ctx: Context,
  expression: CExpression & { kind: "assign" },
  used: boolean,
): Value | null {
  const { target, operator } = expression;
  const located = locate(ctx, target);
  if (operator === "=" || located === null) {
    const value = lowerValue(ctx, expression.value);
    if (located === null) return null;
    const kept = keptValue(ctx, value, located, used, expression.span);
    return storeAt(ctx, located, kept, target, expression.span);
  }
  const before = valueAt(ctx, located, target.span);
  if (before === null) return null;
  const value = lowerValue(ctx, expression.value);
  const outcome = operate(ctx, operator.slice(0, -1) as Exclude<CBinaryOperator, "&&" | "||">, before, value);
  const after = proven(ctx, outcome, expression.span, target, expression.value);
  const kept = keptValue(ctx, after, located, used, expression.span);
  return storeAt(ctx, located, kept, target, expression.span);
}

/** `s = t` for structures. */
export function assignStructure(ctx: Context, expression: CExpression & { kind: "assign" }): void {
  const to = locate(ctx, expression.target);
  const source = typeOfExpression(ctx, expression.value);
  if (source?.kind !== "structure" || expression.value.kind === "call") {
    ctx.unsupported(
      `\`${ctx.text(expression.value.span)}\` is not supported as a structure's value yet; assign its members`,
      expression.value.span,
    );
    return;
  }
  const from = locate(ctx, expression.value);
  if (to?.kind === "place" && from?.kind === "place")
    copyStructure(ctx, from.place, to.place, expression.span);
  else if (to !== null && from !== null)
    ctx.unsupported(
      `\`${ctx.text(expression.span)}\` copies a structure that may be one of several, which is not supported yet; copy its members`,
      expression.span,
    );
}

/** `x++` and the like; `used` says whether somebody wants the value. */
export function step(ctx: Context, expression: CExpression & { kind: "step" }, used: boolean): Value | null {
  const located = locate(ctx, expression.target);
  const before = located && valueAt(ctx, located, expression.target.span);
  if (located === null || before === null) return null;
  const one = constantValue(1n, ctx.int);
  const outcome = operate(ctx, expression.operator === "++" ? "+" : "-", before, one);
  const after = proven(ctx, outcome, expression.span, expression.target, expression.target);
  const { span, target } = expression;
  if (expression.prefix || !used) {
    const kept = keptValue(ctx, after, located, used, span);
    return storeAt(ctx, located, kept, target, span);
  }
  const old = ctx.temporary("old", before.type, span);
  ctx.assign(old.name, before.term, span);
  storeAt(ctx, located, after, target, span);
  return variableValue(old.name, before.type, ctx.reading);
}

/**
 * The value to be stored, where it is wanted afterwards as well: kept before the memory that it may speak of changes. Of a plain
 * variable it is read again.
 */
function keptValue(ctx: Context, value: Value, lvalue: Lvalue, used: boolean, span: Span): Value {
  if (!used || lvalue.kind === "variable" || value.term.kind === "integer") return value;
  const kept = ctx.temporary("stored", value.type, span);
  ctx.assign(kept.name, value.term, span);
  return { ...value, term: variable(kept.name), truth: null };
}
