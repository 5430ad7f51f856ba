import type { Span } from "../../../grammars/c/span.ts";
import type { CBinaryOperator, CExpression } from "../../../grammars/c/tree.ts";
import { copyStructure, load, store } from "./access.ts";
import type { Context } from "./context.ts";
import { lowerValue, operate, proven, read } from "./expression.ts";
import { type Located, locate, typeOfExpression } from "./place.ts";
import { constantValue, convert, type Value, variableValue } from "./value.ts";

/** `x = e` and `x op= e`; the value is that of the variable afterwards. */
export function assign(ctx: Context, expression: CExpression & { kind: "assign" }): Value | null {
  const { target, operator } = expression;
  const located = locate(ctx, target);
  if (operator === "=" || located === null) {
    const value = lowerValue(ctx, expression.value);
    return located && stored(ctx, located, value, expression.span, target.span);
  }
  const before = current(ctx, located, target);
  if (before === null) return null;
  const value = lowerValue(ctx, expression.value);
  const outcome = operate(ctx, operator.slice(0, -1) as Exclude<CBinaryOperator, "&&" | "||">, before, value);
  return stored(
    ctx,
    located,
    proven(ctx, outcome, expression.span, target, expression.value),
    expression.span,
    target.span,
  );
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
}

/** `x++` and the like; `used` says whether somebody wants the value. */
export function step(ctx: Context, expression: CExpression & { kind: "step" }, used: boolean): Value | null {
  const located = locate(ctx, expression.target);
  const before = located && current(ctx, located, expression.target);
  if (located === null || before === null) return null;
  const one = constantValue(1n, ctx.int);
  const outcome = operate(ctx, expression.operator === "++" ? "+" : "-", before, one);
  const after = proven(ctx, outcome, expression.span, expression.target, expression.target);
  const { span, target } = expression;
  if (expression.prefix || !used) return stored(ctx, located, after, span, target.span);
  const old = ctx.temporary("old", before.type, span);
  ctx.assign(old.name, before.term, span);
  stored(ctx, located, after, span, target.span);
  return variableValue(old.name, before.type, ctx.reading);
}

/** The value of what is about to be changed. */
function current(ctx: Context, located: Located, target: CExpression): Value | null {
  if (located.kind === "place") return load(ctx, located.place, target.span);
  const { text, name } = located.variable;
  return read(ctx, text ?? name, target.span);
}

/** Converts to the variable's type and writes it; the value of the assignment is the variable's (C11 6.5.16p3). */
function stored(ctx: Context, located: Located, value: Value, span: Span, target: Span): Value | null {
  if (located.kind === "place") return store(ctx, located.place, value, target);
  const { name, type } = located.variable;
  const converted = convert(value, type, ctx.reading);
  ctx.store(located, converted.term, span);
  return { ...variableValue(name, type, ctx.reading), range: converted.range };
}
