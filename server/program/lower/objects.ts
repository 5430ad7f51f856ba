import type { CDeclarator, CExpression, CType } from "../../../grammars/c/tree.ts";
import type { IntegerType } from "../integer.ts";
import type { ArrayShape, Variable } from "../program.ts";
import { integer } from "../term.ts";
import type { Context, Entity } from "./context.ts";
import { offsetOf, type PointerVariable, pointerVariable } from "./pointer-variable.ts";
import { type Leaf, partsOf, type Region, shapeOf, sizeOfArray } from "./region.ts";
import { note } from "./shape.ts";
import { typeNamed } from "./value.ts";

/** An array, a structure, or a pointer; null when the type is none of them, or not supported. */
export function declareObject(
  ctx: Context,
  declarator: CDeclarator,
  role: "parameter" | "local" | "global",
  tracked: boolean,
): Entity | null {
  const { name, type, span } = declarator;
  if (role !== "global" && ctx.isVariablySized(type)) return null;
  const pointee =
    type.kind === "pointer" ? type.to : type.kind === "array" && role === "parameter" ? type.of : null;
  if (pointee !== null) {
    // What a global pointer points to is not known.
    if (!isPointee(pointee) || role === "global") return null;
    const pointer = pointerVariable(ctx, { name, to: pointee, depth: ctx.depth, span });
    if (role === "parameter") pointInto(ctx, pointer, declarator);
    return { kind: "pointer", pointer };
  }
  const whole = type.kind === "array" ? arrayType(declarator, type) : type;
  if (whole === null || (whole.kind !== "array" && whole.kind !== "structure")) return null;
  const region = regionOf(ctx, declarator, whole, role, tracked);
  return region && { kind: "object", region, type: whole };
}

/** Whether a pointer to this type can be followed. */
export function isPointee(type: CType): boolean {
  return type.kind !== "void" && type.kind !== "pointer" && type.kind !== "other";
}

/** The array's type with its size, which an initialiser may give. */
function arrayType(declarator: CDeclarator, type: CType & { kind: "array" }): CType | null {
  const { initializer } = declarator;
  if (type.size !== null || initializer === null) return type;
  const count =
    initializer.kind === "string"
      ? initializer.bytes.length + 1
      : initializer.kind === "list" && initializer.items.every((item) => item.designators.length === 0)
        ? initializer.items.length
        : null;
  if (count === null) return null;
  const size: CExpression = {
    kind: "integer",
    value: BigInt(count),
    type: { kind: "integer", name: "int" },
    span: initializer.span,
  };
  return { ...type, size };
}

function regionOf(
  ctx: Context,
  declarator: CDeclarator,
  type: CType,
  role: "parameter" | "local" | "global",
  tracked: boolean,
): Region | null {
  const { name, span } = declarator;
  const single = type.kind === "structure";
  const size = type.kind === "array" ? sizeOfArray(type, ctx.file) : null;
  const element = type.kind === "array" ? type.of : type;
  const parts = partsOf(element, ctx.file, ctx.reading);
  if ((!single && size === null) || parts.length === 0) return null;
  const base = role === "global" ? name : ctx.fresh(name);
  const leaves = new Map<string, Leaf>();
  const shape = { single, size, bounds: null };
  for (const part of parts) {
    const array = shapeOf(shape, part.inner);
    const text = single || array === null ? `${name}${part.path}` : `${name}[]${part.path}`;
    const variable = ctx.create(
      `${base}${part.path}`,
      part.type,
      role,
      brackets(text, array),
      span,
      array ?? undefined,
    );
    const written = tracked ? writtenFlag(ctx, variable, text) : null;
    leaves.set(part.path, { variable, inner: part.inner, written });
  }
  const region: Region = {
    name,
    element,
    single,
    size,
    origin: role,
    leaves,
    bounds: null,
    ...(declarator.constant && { constant: true }),
    depth: role === "global" ? 0 : ctx.depth,
    span,
  };
  ctx.regions.push(region);
  return region;
}

/** What says where an object has been given a value: of its shape. An annotation calls it \\initialized. */
function writtenFlag(ctx: Context, { name, array, span }: Variable, text: string): Variable {
  const flag = `${name}#initialised`;
  if (array === undefined) return ctx.create(flag, ctx.int, "flag", null, span);
  return ctx.create(flag, ctx.int, "local", `\\initialized(&${brackets(text, array)})`, span, array);
}

/** A pointer parameter points into a block of its own, whose extent only the contract says anything about. */
function pointInto(ctx: Context, pointer: PointerVariable, declarator: CDeclarator): void {
  const { name, span } = declarator;
  const parts = partsOf(pointer.to, ctx.file, ctx.reading);
  if (parts.length === 0) return;
  const base = ctx.fresh(name);
  const long = typeNamed("long", ctx.reading);
  const bound = (what: string, type: IntegerType) =>
    ctx.create(`${base}#${what}`, type, "parameter", null, span);
  const bounds = {
    low: bound("low", long),
    high: bound("high", long),
    writable: bound("writable", typeNamed("_Bool", ctx.reading)),
  };
  // Where the parameter itself moves, its block is named by the pointer's first value.
  const text = ctx.isChanged(name) ? `\\at(${name}, Pre)` : name;
  const leaves = new Map<string, Leaf>();
  const shape = { single: false, size: null, bounds };
  for (const part of parts) {
    const array = shapeOf(shape, part.inner)!;
    const variable = ctx.create(
      part.path === "" ? base : `${base}${part.path}`,
      part.type,
      "parameter",
      brackets(`${text}[]${part.path}`, array),
      span,
      array,
    );
    leaves.set(part.path, { variable, inner: part.inner, written: null });
  }
  const region: Region = {
    name: text,
    element: pointer.to,
    single: false,
    size: null,
    origin: "parameter",
    leaves,
    bounds,
    depth: 0,
    span,
  };
  pointer.region = region;
  ctx.regions.push(region);
  if (ctx.isChanged(name)) {
    const own = integer(
      note(ctx, pointer.shape, { kind: "element", region, offset: integer(0), to: pointer.to }),
    );
    const offset = offsetOf(ctx, pointer);
    ctx.atEntry.push({ kind: "assign", target: offset.name, value: integer(0), span });
    if (pointer.base !== null)
      ctx.atEntry.push({ kind: "assign", target: pointer.base.name, value: own, span });
  }
}

/** The text of an array variable with brackets for all its dimensions. */
function brackets(text: string, array: ArrayShape | null): string {
  if (array === null) return text;
  const missing = array.sizes.length - (text.split("[]").length - 1);
  return text + "[]".repeat(missing);
}
