import type { Span } from "../../../grammars/c/span.ts";
import type { CType } from "../../../grammars/c/tree.ts";
import { typeText } from "../../../grammars/c/types.ts";
import type { Variable } from "../program.ts";
import { compare, type Formula, integer, type Term, variable } from "../term.ts";
import { variablesOfTerm } from "../traverse.ts";
import type { Context } from "./context.ts";
import { loneVariable } from "./lone.ts";
import { type Case, casesOf, choice, chosen, type Pointed, type Target } from "./pointed.ts";
import { isSameType, type Region } from "./region.ts";
import { note, regionOf, type Shape, shapeOf } from "./shape.ts";
import { typeNamed } from "./value.ts";

/**
 * A variable of pointer type. What it is ever given is known from the text (its shape): where that is one region, only the offset
 * varies; otherwise a variable says which of them it is.
 */
export interface PointerVariable {
  readonly name: string;
  readonly to: CType;
  readonly shape: Shape;
  /** The block of a parameter; for another, the one region that it ever points into. Null where there is none. */
  region: Region | null;
  /** Holds the offset; null while it is always 0. */
  offset: Variable | null;
  /** Holds the position in the shape of what it is; null where that is always the first. */
  base: Variable | null;
  /** The flag that says whether it was given a value; null where it always has one. */
  flag: string | null;
  /** How many scopes are around its declaration: what it points to has to live as long. */
  readonly depth: number;
  readonly span: Span;
}

/** A pointer variable before it is given a value. */
export function pointerVariable(
  ctx: Context,
  declared: { readonly name: string; readonly to: CType; readonly depth: number; readonly span: Span },
): PointerVariable {
  const { name, span } = declared;
  const shape = shapeOf(ctx, `${name} ${span.start}`);
  const pointer: PointerVariable = { ...declared, shape, region: null, offset: null, base: null, flag: null };
  if (!isBranching(shape)) return pointer;
  const count = shape.targets.length;
  const type = typeNamed(count <= 2 ? "_Bool" : "unsigned char", ctx.reading);
  pointer.base = ctx.create(`${name}#target`, type, "local", null, span, undefined, name);
  return pointer;
}

/** Whether a pointer of this shape may be one of several things, or null. */
function isBranching({ targets }: Shape): boolean {
  return targets.length > 1 || (targets.length === 1 && targets[0]!.kind !== "region");
}

/** The variable that holds a pointer's offset, for one that is assigned to. */
export function offsetOf(ctx: Context, pointer: PointerVariable): Variable {
  if (pointer.offset === null) {
    const { name, span, base } = pointer;
    const region = onlyRegion(ctx, pointer);
    const told = base === null && region !== null && !region.single;
    const text = told ? `(${name} - ${region.name})` : null;
    const type = typeNamed("long", ctx.reading);
    pointer.offset = ctx.create(`${name}#offset`, type, "local", text, span, undefined, name);
  }
  return pointer.offset;
}

/** Where a pointer without an initialiser points is arbitrary each time its declaration is reached. */
export function unset(ctx: Context, pointer: PointerVariable, tracked: boolean): void {
  const { name, span, base } = pointer;
  ctx.havoc(offsetOf(ctx, pointer).name, span);
  if (base !== null) ctx.havoc(base.name, span);
  if (!tracked) return;
  pointer.flag ??= ctx.create(`${name}#initialised`, ctx.int, "flag", null, span).name;
  ctx.assign(pointer.flag, integer(0), span);
}

/** That a pointer variable was given a value. */
export function isSet(flag: string): Formula {
  return compare("==", variable(flag), integer(1));
}

/** What the variable points to now; null where that is not known. */
export function pointedBy(ctx: Context, pointer: PointerVariable): Pointed | null {
  const { base, shape, to } = pointer;
  const offset: Term = pointer.offset === null ? integer(0) : variable(pointer.offset.name);
  if (base === null) {
    const region = onlyRegion(ctx, pointer);
    return region && { kind: "element", region, offset, to };
  }
  const cases = shape.targets.flatMap((one, index): Case[] => {
    const guard = compare("==", variable(base.name), integer(index));
    if (one.kind === "null") return [{ guard, target: { kind: "null" } }];
    const region = one.kind === "region" ? regionOf(ctx, one) : null;
    return region === null ? [] : [{ guard, target: { kind: "element", region, offset, to } }];
  });
  return { kind: "choice", cases, open: cases.length < shape.targets.length };
}

/** The one region that a pointer ever points into. */
function onlyRegion(ctx: Context, pointer: PointerVariable): Region | null {
  const [only] = pointer.shape.targets;
  if (pointer.base === null && only?.kind === "region") pointer.region ??= regionOf(ctx, only);
  return pointer.region;
}

/** Of a pointer that is read, what its variable always holds. */
export function assumeShape(ctx: Context, { base, shape }: PointerVariable, span: Span): void {
  if (base === null || shape.targets.length <= 2) return;
  const condition = compare("<", variable(base.name), integer(shape.targets.length));
  ctx.graph.emit({ kind: "assume", condition, because: "type", span });
}

/** Lets a pointer variable point somewhere. What it was not known to be given is noted, and the function is lowered again. */
export function setPointer(
  ctx: Context,
  pointer: PointerVariable,
  value: Pointed,
  span: Span,
): Pointed | null {
  const cases = casesOf(value).map(({ guard, target }) => ({ guard, target: elementFor(ctx, target) }));
  for (const { target } of cases) if (!mayHold(ctx, pointer, target, span)) return null;
  const indices = cases.map(({ target }) => note(ctx, pointer.shape, target));
  const open = value.kind === "choice" && value.open;
  const elsewhere = open ? integer(note(ctx, pointer.shape, null)) : null;
  if (pointer.base === null) {
    const first = cases.find(({ target }) => target.kind === "element")?.target;
    if (first?.kind === "element") pointer.region ??= first.region;
  }
  const offset = offsetOf(ctx, pointer);
  const terms = cases.map(({ guard, target }) => ({
    guard,
    term: target.kind === "element" ? target.offset : integer(0),
  }));
  const bases = cases.map(({ guard }, index) => ({ guard, term: integer(indices[index]!) }));
  const last = (all: readonly { readonly term: Term }[]) => all.at(-1)?.term ?? integer(0);
  let base: Term = elsewhere === null ? chosen(bases.slice(0, -1), last(bases)) : chosen(bases, elsewhere);
  if (pointer.base !== null && variablesOfTerm(base).has(offset.name)) {
    const kept = ctx.temporary("target", pointer.base.type, span);
    ctx.assign(kept.name, base, span);
    base = variable(kept.name);
  }
  ctx.assign(offset.name, chosen(terms.slice(0, -1), last(terms)), span);
  if (pointer.base !== null) ctx.assign(pointer.base.name, base, span);
  if (pointer.flag !== null) ctx.assign(pointer.flag, integer(1), span);
  return pointedBy(ctx, pointer) ?? choice([], true);
}

/** A pointer to a variable as one into a region of its own. */
export function elementFor(ctx: Context, target: Target): Exclude<Target, { kind: "variable" }> {
  if (target.kind !== "variable") return target;
  const region = loneVariable(ctx, target.entity);
  return { kind: "element", region, offset: integer(0), to: region.element };
}

/** False, after a message, where the pointer must not be given this. */
function mayHold(ctx: Context, pointer: PointerVariable, target: Target, span: Span): boolean {
  if (target.kind !== "element") return true;
  const { region, to } = target;
  const { name } = pointer;
  if (region.depth > pointer.depth) {
    ctx.unsupported(
      name === "\\result"
        ? `the address of \`${region.name.replace(/^&/, "")}\` is returned, which is gone then; return a value, or point to what the caller brings`
        : `\`${name}\` would point to \`${region.name}\`, which is gone before it; declare the pointer where the object is`,
      span,
    );
    return false;
  }
  if (isSameType(to, pointer.to, ctx.file)) return true;
  const what = name === "\\result" ? `\`${ctx.fn.name}\` returns a pointer` : `\`${name}\` points`;
  ctx.unsupported(`${what} to ${typeText(pointer.to)}, and is given a pointer to ${typeText(to)}`, span);
  return false;
}
