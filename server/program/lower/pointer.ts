import type { Span } from "../../../grammars/c/span.ts";
import type { CExpression, CType } from "../../../grammars/c/tree.ts";
import { typeText } from "../../../grammars/c/types.ts";
import { compare, FALSE, type Formula, integer, type Term, TRUE, variable } from "../term.ts";
import type { Context, Entity, PointerVariable } from "./context.ts";
import { lowerEffect, lowerValue } from "./expression.ts";
import { fold, foldComparison, negated } from "./fold.ts";
import { loneVariable } from "./lone.ts";
import { isPointer, locate, moved, offsetTerm, typeOfExpression } from "./place.ts";
import { isNullAt, offsetOf } from "./pointer-variable.ts";
import { isSameType, type Region } from "./region.ts";
import { truthValue, typeNamed, type Value } from "./value.ts";

/** The value of a pointer expression. */
export type Pointed =
  | { readonly kind: "element"; readonly region: Region; readonly offset: Term; readonly to: CType }
  /** A variable whose address was taken. */
  | { readonly kind: "variable"; readonly entity: Entity & { kind: "variable" } }
  | { readonly kind: "null" };

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
  if (pointer.region === null) {
    ctx.unsupported(
      `what \`${name}\` points to is not known here; initialise it with a pointer into an array`,
      span,
    );
    return null;
  }
  if (pointer.flag !== null) {
    const initialised = compare("==", variable(pointer.flag), integer(1));
    ctx.assert(initialised, "initialised", `${name} is initialised`, span);
  }
  return element(pointer, pointer.region);
}

function element(pointer: PointerVariable, region: Region): Pointed {
  return { kind: "element", region, offset: offsetTerm(pointer.offset?.name ?? null), to: pointer.to };
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
    if (pointer?.kind === "null" || pointer === null) return pointer;
    const sized = !ctx.isVariablySized(type);
    if (pointer.kind === "element" && sized && isSameType(pointer.to, type.to, ctx.file)) return pointer;
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
  const variable_ = pointerVariable(ctx, expression.target);
  const before = variable_ && pointerOf(ctx, expression.target);
  if (before?.kind !== "element" || variable_ === null) return null;
  const old = ctx.temporary("old", typeNamed("long", ctx.reading), expression.span);
  if (!expression.prefix) ctx.assign(old.name, before.offset, expression.span);
  const after = moved(ctx, before, integer(expression.operator === "++" ? 1 : -1), expression.span)!;
  const stored = setPointer(ctx, variable_, after, expression.span);
  return expression.prefix ? stored : { ...before, offset: variable(old.name) };
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

/** Lets a pointer variable point somewhere: always into the same region, since the text must say which. */
export function setPointer(
  ctx: Context,
  pointer: PointerVariable,
  given: Pointed,
  span: Span,
): Pointed | null {
  const value = asElement(ctx, given);
  if (value === null) {
    ctx.unsupported(`\`${pointer.name}\` cannot be followed once it is null; point into an array`, span);
    return null;
  }
  const { region } = value;
  if (pointer.region !== null && pointer.region !== region) {
    ctx.unsupported(
      `\`${pointer.name}\` points into \`${pointer.region.name}\` and into \`${region.name}\`; use a pointer for each`,
      span,
    );
    return null;
  }
  if (region.depth > pointer.depth) {
    ctx.unsupported(
      `\`${pointer.name}\` would point to \`${region.name}\`, which is gone before it; declare the pointer where the object is`,
      span,
    );
    return null;
  }
  if (!isSameType(value.to, pointer.to, ctx.file)) {
    ctx.unsupported(
      `\`${pointer.name}\` points to ${typeText(pointer.to)}, and is given a pointer to ${typeText(value.to)}`,
      span,
    );
    return null;
  }
  pointer.region = region;
  const offset = offsetOf(ctx, pointer);
  ctx.assign(offset.name, value.offset, span);
  if (pointer.flag !== null) ctx.assign(pointer.flag, integer(1), span);
  return { ...value, offset: variable(offset.name) };
}

/** A pointer to a variable as one into a region of its own; null for the null pointer. */
function asElement(ctx: Context, pointer: Pointed): (Pointed & { kind: "element" }) | null {
  if (pointer.kind !== "variable") return pointer.kind === "null" ? null : pointer;
  const region = loneVariable(ctx, pointer.entity);
  return { kind: "element", region, offset: integer(0), to: region.element };
}

/** Comparisons and differences of pointers: only within one region, and with the null pointer. */
export function comparePointers(ctx: Context, expression: CExpression & { kind: "binary" }): Value | null {
  const { operator, left, right, span } = expression;
  const a = pointerOf(ctx, left);
  const b = pointerOf(ctx, right);
  if (a === null || b === null) return null;
  if (a.kind === "null" || b.kind === "null") {
    const other = a.kind === "null" ? b : a;
    if (operator === "==" || operator === "!=") {
      const isNull = nullTest(ctx, other);
      return truthValue(operator === "==" ? isNull : negated(isNull), ctx.int);
    }
  } else if (a.kind === "element" && b.kind === "element" && a.region === b.region) {
    if (operator === "-") {
      const term = fold({ kind: "subtract", left: a.offset, right: b.offset });
      return { term, type: typeNamed("long", ctx.reading), range: null, truth: null };
    }
    if (/^(?:[<>]=?|[=!]=)$/.test(operator))
      return truthValue(foldComparison(operator as "<", a.offset, b.offset), ctx.int);
  }
  ctx.unsupported(
    `\`${ctx.text(span)}\` relates pointers that may point into different objects, which is not supported; compare indices`,
    span,
  );
  return null;
}

/** That the pointer is null. */
export function nullTest(ctx: Context, pointer: Pointed): Formula {
  if (pointer.kind === "null") return TRUE;
  if (pointer.kind === "variable") return FALSE;
  return isNullAt(ctx, pointer.region, pointer.offset);
}
