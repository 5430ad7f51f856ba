import type { Span } from "../../../grammars/c/span.ts";
import type { CExpression, CType } from "../../../grammars/c/tree.ts";
import { and, type Formula, integer, type Term } from "../term.ts";
import type { Context, Entity } from "./context.ts";
import { lowerValue } from "./expression.ts";
import { fold, foldComparison, negated } from "./fold.ts";
import { type Located, type Lvalue, mapLvalue } from "./located.ts";
import { known, mapCases, type Pointed, type Target } from "./pointed.ts";
import { pointerOf } from "./pointer.ts";
import { elementFor } from "./pointer-variable.ts";
import { type Place, sizeOfArray } from "./region.ts";
import { declaredResult } from "./specifiers.ts";

/** Evaluates what says where an lvalue is, in C's order, with the obligations of array indices inside elements. */
export function locate(ctx: Context, target: CExpression): Lvalue | null {
  switch (target.kind) {
    case "name": {
      const entity = ctx.resolve(target.name);
      if (entity?.kind === "object") return { kind: "place", place: whole(entity) };
      return ctx.variable(target.name, target.span);
    }
    case "index": {
      const base = arrayInside(ctx, target.array);
      if (base !== null) return indexInside(ctx, base, target);
      const pointer = pointerOf(ctx, target.array);
      const index = lowerValue(ctx, target.index).term;
      const there = moved(ctx, pointer, index, target.span);
      return there && at(ctx, there, target);
    }
    case "dereference": {
      const pointer = pointerOf(ctx, target.argument);
      return pointer && at(ctx, pointer, target);
    }
    case "member": {
      const object = target.arrow
        ? { kind: "dereference" as const, argument: target.object, span: target.object.span }
        : target.object;
      const located = locate(ctx, object);
      if (located === null) return null;
      return mapLvalue(ctx, located, (one) => memberOf(ctx, one, target));
    }
    default: {
      const construct =
        target.kind === "unsupported" ? target.construct : "an expression that is no variable";
      ctx.unsupported(
        `assignment to ${construct} is not supported yet; assign to an integer variable`,
        target.span,
      );
      return null;
    }
  }
}

/** The object that a name denotes as a place. */
export function whole(entity: Entity & { kind: "object" }): Place {
  const { region, type } = entity;
  return { region, offset: null, path: "", inner: [], type };
}

/** The member of a structure. */
function memberOf(ctx: Context, located: Located, target: CExpression & { kind: "member" }): Located | null {
  const type = located.kind === "place" ? located.place.type : null;
  const member =
    type?.kind === "structure"
      ? ctx.file.structures.get(type.tag)?.find((one) => one.name === target.name)
      : undefined;
  if (member === undefined || located.kind !== "place") {
    ctx.unsupported(`\`${ctx.text(target.span)}\`: there is no member \`${target.name}\``, target.span);
    return null;
  }
  const { place } = located;
  return { kind: "place", place: { ...place, path: `${place.path}.${target.name}`, type: member.type } };
}

/** Where a pointer points. That it is not null, and that it is known where it points, are obligations. */
function at(ctx: Context, pointer: Pointed, target: CExpression): Lvalue | null {
  if (pointer.kind !== "choice") return atTarget(ctx, pointer, target);
  const text = ctx.text(target.span);
  const cases: { guard: Formula; located: Located }[] = [];
  for (const { guard, target: one } of pointer.cases) {
    if (one.kind === "null") {
      ctx.assertMemory(negated(guard), `${text} does not follow a null pointer`, target.span);
      continue;
    }
    let located: Located | null = null;
    ctx.guarded(guard, () => {
      located = atTarget(ctx, one, target);
    });
    if (located === null) return null;
    cases.push({ guard, located });
  }
  ctx.assertMemory(known(pointer), `${text} is inside memory that is known here`, target.span);
  if (cases.length > 0) return { kind: "choice", cases };
  ctx.unsupported(
    `where \`${text}\` leads is not known here; say where the pointer points, in the contract of what returned it`,
    target.span,
  );
  return null;
}

function atTarget(ctx: Context, pointer: Target, target: CExpression): Located | null {
  if (pointer.kind === "null") {
    ctx.unsupported(`\`${ctx.text(target.span)}\` follows the null pointer; remove it`, target.span);
    return null;
  }
  if (pointer.kind === "variable" && !pointer.entity.constant) return pointer.entity;
  const { region, offset, to } = elementFor(ctx, pointer) as Target & { kind: "element" };
  // A pointer to a lone object may only be followed where it points to it.
  if (region.single)
    ctx.assertMemory(
      foldComparison("==", offset, integer(0)),
      `${ctx.text(target.span)} is inside ${region.name}`,
      target.span,
    );
  return {
    kind: "place",
    place: { region, offset: region.single ? null : offset, path: "", inner: [], type: to },
  };
}

/** A pointer so many elements further; null, after a message, where it would leave a variable or the null pointer. */
export function moved(ctx: Context, pointer: Pointed | null, by: Term, span: Span): Pointed | null {
  if (pointer === null) return null;
  const stays = by.kind === "integer" && by.value === 0n;
  if (pointer.kind !== "choice" && pointer.kind !== "element" && !stays) {
    const what = pointer.kind === "null" ? "the null pointer" : "a variable";
    ctx.unsupported(
      `\`${ctx.text(span)}\` points beside ${what}, where nothing is known of the memory; point into an array`,
      span,
    );
    return null;
  }
  return mapCases(pointer, ({ guard, target: given }) => {
    const target = elementFor(ctx, given);
    if (target.kind === "element")
      return { ...target, offset: fold({ kind: "add", left: target.offset, right: by }) };
    if (stays) return target;
    // Nothing may be added to a null pointer (C11 6.5.6p8).
    ctx.assertMemory(negated(guard), `${ctx.text(span)} does not move a null pointer`, span);
    return null;
  });
}

/** An array that lies inside an element of a region; null when the expression is something else. */
function arrayInside(ctx: Context, expression: CExpression): Lvalue | null {
  return isArrayInside(ctx, expression) ? locate(ctx, expression) : null;
}

/** An array that is not a region of its own: a row of a matrix, a member. */
export function isArrayInside(ctx: Context, expression: CExpression): boolean {
  if (expression.kind === "name") return false;
  return typeOfExpression(ctx, expression)?.kind === "array";
}

function indexInside(ctx: Context, base: Lvalue, target: CExpression & { kind: "index" }): Lvalue | null {
  const index = lowerValue(ctx, target.index).term;
  return mapLvalue(ctx, base, (one) => {
    if (one.kind !== "place") return null;
    const { place } = one;
    if (place.type.kind !== "array") throw new Error("an array inside an element has no array type");
    const size = sizeOfArray(place.type, ctx.file);
    if (size === null) return null;
    ctx.assertMemory(
      inRange(index, integer(0), integer(size)),
      `${ctx.text(target.index.span)} is an index of ${ctx.text(target.array.span)}`,
      target.span,
    );
    return { kind: "place", place: { ...place, inner: [...place.inner, index], type: place.type.of } };
  });
}

/** low <= index < high; what constants decide is decided. */
export function inRange(index: Term, low: Term, high: Term): Formula {
  const parts = [foldComparison("<=", low, index), foldComparison("<", index, high)];
  return and(...parts);
}

/** The C type of an expression that names or points to memory; null where it is not known, or plain arithmetic. */
export function typeOfExpression(ctx: Context, expression: CExpression): CType | null {
  switch (expression.kind) {
    case "name": {
      const entity = ctx.resolve(expression.name);
      if (entity === null) return expression.name === "NULL" ? POINTER : null;
      if (entity.kind === "pointer") return { kind: "pointer", to: entity.pointer.to };
      if (entity.kind === "object" || entity.kind === "opaque") return entity.type;
      if (entity.kind === "variable") return { kind: "integer", name: entity.variable.type.name };
      return { kind: "integer", name: "int" };
    }
    case "string":
      return { kind: "array", of: { kind: "integer", name: "char" }, size: null };
    case "index":
    case "dereference": {
      const inner = expression.kind === "index" ? expression.array : expression.argument;
      const type = typeOfExpression(ctx, inner);
      return type?.kind === "array" ? type.of : type?.kind === "pointer" ? type.to : null;
    }
    case "address": {
      const to = typeOfExpression(ctx, expression.argument);
      return to && { kind: "pointer", to };
    }
    case "member": {
      const type = typeOfExpression(ctx, expression.object);
      const object = type?.kind === "pointer" && expression.arrow ? type.to : type;
      if (object?.kind !== "structure") return null;
      const members = ctx.file.structures.get(object.tag);
      return members?.find((member) => member.name === expression.name)?.type ?? null;
    }
    case "assign":
    case "step": {
      const type = typeOfExpression(ctx, expression.target);
      return type;
    }
    case "binary": {
      if (expression.operator !== "+" && expression.operator !== "-") return null;
      const [left, right] = [expression.left, expression.right].map((side) =>
        decayed(typeOfExpression(ctx, side)),
      );
      if (left?.kind === "pointer") return right?.kind === "pointer" ? null : left;
      return right?.kind === "pointer" ? right : null;
    }
    case "conditional": {
      const then = decayed(typeOfExpression(ctx, expression.then));
      const type = then?.kind === "pointer" ? then : decayed(typeOfExpression(ctx, expression.else));
      // Integers are converted to their common type: plain arithmetic.
      return type?.kind === "integer" ? null : type;
    }
    case "comma":
      return decayed(typeOfExpression(ctx, expression.right));
    case "cast":
      return expression.type;
    case "call": {
      return declaredResult(ctx.file, expression.callee) ?? null;
    }
    default:
      return null;
  }
}

const POINTER: CType = { kind: "pointer", to: { kind: "void" } };

/** An array as a value is a pointer to its first element (C11 6.3.2.1p3). */
export function decayed(type: CType | null): CType | null {
  return type?.kind === "array" ? { kind: "pointer", to: type.of } : type;
}

/** True when the expression's value is a pointer. */
export function isPointer(ctx: Context, expression: CExpression): boolean {
  return decayed(typeOfExpression(ctx, expression))?.kind === "pointer";
}
