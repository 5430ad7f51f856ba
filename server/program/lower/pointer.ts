import type { Span } from "../../../grammars/c/span.ts";
import type { CExpression } from "../../../grammars/c/tree.ts";
import { typeText } from "../../../grammars/c/types.ts";
import { and, integer, variable } from "../term.ts";
import { lowerPointerCall } from "./call.ts";
import type { Context } from "./context.ts";
import { isPure } from "./effects.ts";
import { lowerCondition, lowerEffect, lowerValue } from "./expression.ts";
import { fold, negated } from "./fold.ts";
import { isPointer, locate, moved, typeOfExpression } from "./place.ts";
import { casesOf, choice, mapCases, type Pointed } from "./pointed.ts";
import {
  assumeShape,
  elementFor,
  isSet,
  offsetOf,
  type PointerVariable,
  pointedBy,
  setPointer,
} from "./pointer-variable.ts";
import { isSameType } from "./region.ts";
import { typeNamed } from "./value.ts";

/** Evaluates a pointer expression; null after a message. */
export function pointerOf(ctx: Context, expression: CExpression): Pointed | null {
  switch (expression.kind) {
    case "name":
      return named(ctx, expression.name, expression.span);
    case "integer":
      if (expression.value === 0n) return { kind: "null" };
      break;
    case "binary": {
      const [first, second] = [expression.left, expression.right];
      if (expression.operator === "+" && isPointer(ctx, second)) {
        const by = lowerValue(ctx, first).term;
        return moved(ctx, pointerOf(ctx, second), by, expression.span);
      }
      if (expression.operator !== "+" && expression.operator !== "-") break;
      const pointer = pointerOf(ctx, first);
      const by = lowerValue(ctx, second).term;
      const signed = expression.operator === "+" ? by : fold({ kind: "negate", argument: by });
      return moved(ctx, pointer, signed, expression.span);
    }
    case "address":
      return addressOf(ctx, expression.argument, expression.span);
    case "cast":
      return castOf(ctx, expression);
    case "comma":
      lowerEffect(ctx, expression.left);
      return pointerOf(ctx, expression.right);
    case "assign":
      return assignPointer(ctx, expression);
    case "step":
      return stepPointer(ctx, expression);
    case "call":
      return lowerPointerCall(ctx, expression);
    case "conditional":
      return conditionalPointer(ctx, expression);
    case "index":
    case "member":
    case "dereference":
      if (typeOfExpression(ctx, expression)?.kind !== "array") break;
      ctx.unsupported(
        `\`${ctx.text(expression.span)}\` is an array inside another object, and a pointer to it is not supported yet; index it in place`,
        expression.span,
      );
      return null;
    default:
  }
  ctx.unsupported(
    `\`${ctx.text(expression.span)}\` is not supported as a pointer yet; point into an array or a parameter`,
    expression.span,
  );
  return null;
}

function named(ctx: Context, name: string, span: Span): Pointed | null {
  const entity = ctx.resolve(name);
  if (entity === null && name === "NULL") return { kind: "null" };
  if (entity?.kind === "object" && entity.type.kind === "array")
    return { kind: "element", region: entity.region, offset: integer(0), to: entity.region.element };
  if (entity?.kind !== "pointer") {
    ctx.unsupported(
      `\`${name}\` is not supported as a pointer here; use an array or a pointer parameter`,
      span,
    );
    return null;
  }
  const { pointer } = entity;
  const pointed = pointedBy(ctx, pointer);
  if (pointed === null) {
    ctx.unsupported(
      `what \`${name}\` points to is not known here; initialise it with a pointer into an array`,
      span,
    );
    return null;
  }
  if (pointer.flag !== null) ctx.assert(isSet(pointer.flag), "initialised", `${name} is initialised`, span);
  assumeShape(ctx, pointer, span);
  return pointed;
}

/** `c ? p : q`: one or the other. */
function conditionalPointer(ctx: Context, expression: CExpression & { kind: "conditional" }): Pointed | null {
  const { then, else: otherwise, span } = expression;
  if (!isPure(then) || !isPure(otherwise)) {
    ctx.unsupported(
      `\`${ctx.text(span)}\` is a pointer that side effects lead to, which is not supported yet; write an if`,
      span,
    );
    return null;
  }
  const condition = lowerCondition(ctx, expression.condition);
  const arms = [then, otherwise].map((arm, index) => {
    const guard = index === 0 ? condition : negated(condition);
    let pointed: Pointed | null = null;
    ctx.guarded(guard, () => {
      pointed = pointerOf(ctx, arm);
    });
    return { guard, pointed: pointed as Pointed | null };
  });
  if (arms.some(({ pointed }) => pointed === null)) return null;
  const cases = arms.flatMap((arm) =>
    casesOf(arm.pointed!).map(({ guard, target }) => ({ guard: and(arm.guard, guard), target })),
  );
  return choice(
    cases,
    arms.some(({ pointed }) => pointed!.kind === "choice" && pointed!.open),
  );
}

function addressOf(ctx: Context, argument: CExpression, span: Span): Pointed | null {
  if (argument.kind === "dereference") return pointerOf(ctx, argument.argument);
  if (argument.kind === "index" && isPointer(ctx, argument.array) && !inside(ctx, argument.array)) {
    const pointer = pointerOf(ctx, argument.array);
    return moved(ctx, pointer, lowerValue(ctx, argument.index).term, span);
  }
  const located = locate(ctx, argument);
  if (located?.kind === "variable") return { kind: "variable", entity: located };
  if (located?.kind === "place" && located.place.path === "" && located.place.region.single)
    return { kind: "element", region: located.place.region, offset: integer(0), to: located.place.type };
  if (located !== null) {
    ctx.unsupported(
      `the address \`${ctx.text(span)}\` of a part of an object is not supported yet; use the object itself`,
      span,
    );
  }
  return null;
}

function inside(ctx: Context, expression: CExpression): boolean {
  return expression.kind !== "name" && typeOfExpression(ctx, expression)?.kind === "array";
}

function castOf(ctx: Context, expression: CExpression & { kind: "cast" }): Pointed | null {
  const { type, argument } = expression;
  if (type.kind === "pointer") {
    const pointer = pointerOf(ctx, argument);
    if (pointer === null) return pointer;
    const sized = !ctx.isVariablySized(type);
    const targets = casesOf(pointer).map(({ target }) => elementFor(ctx, target));
    const same = targets.every((one) => one.kind === "null" || isSameType(one.to, type.to, ctx.file));
    if (sized && same) return pointer;
  }
  ctx.unsupported(
    `the cast to \`${typeText(type)}\` reads memory under another type, which is not supported; keep the pointer's type`,
    expression.span,
  );
  return null;
}

/** `p = e` and `p += e`. */
export function assignPointer(ctx: Context, expression: CExpression & { kind: "assign" }): Pointed | null {
  const { target, operator, span } = expression;
  const variable = pointerVariable(ctx, target);
  if (variable === null) return null;
  if (operator === "=") {
    const value = pointerOf(ctx, expression.value);
    return value && setPointer(ctx, variable, value, span);
  }
  const before = pointerOf(ctx, target);
  const by = lowerValue(ctx, expression.value).term;
  const value = moved(ctx, before, operator === "+=" ? by : fold({ kind: "negate", argument: by }), span);
  return value && setPointer(ctx, variable, value, span);
}

export function stepPointer(ctx: Context, expression: CExpression & { kind: "step" }): Pointed | null {
  const { target, operator, prefix, span } = expression;
  const stepped = pointerVariable(ctx, target);
  const before = stepped && pointerOf(ctx, target);
  if (before === null || stepped === null) return null;
  const old = ctx.temporary("old", typeNamed("long", ctx.reading), span);
  // What a variable points into stays what it is, and all cases have its one offset.
  if (!prefix) ctx.assign(old.name, variable(offsetOf(ctx, stepped).name), span);
  const after = moved(ctx, before, integer(operator === "++" ? 1 : -1), span);
  const stored = after && setPointer(ctx, stepped, after, span);
  if (prefix || stored === null) return stored;
  return mapCases(before, ({ target: one }) =>
    one.kind === "element" ? { ...one, offset: variable(old.name) } : one,
  );
}

function pointerVariable(ctx: Context, target: CExpression): PointerVariable | null {
  const entity = target.kind === "name" ? ctx.resolve(target.name) : null;
  if (entity?.kind === "pointer") return entity.pointer;
  ctx.unsupported(
    `\`${ctx.text(target.span)}\` is no pointer variable; only those can be assigned pointers`,
    target.span,
  );
  return null;
}
