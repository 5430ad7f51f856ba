import type { Span } from "../../../grammars/c/span.ts";
import type { CExpression, CType } from "../../../grammars/c/tree.ts";
import type { Variable } from "../program.ts";
import { integer } from "../term.ts";
import { write } from "./access.ts";
import type { Context } from "./context.ts";
import { lowerValue } from "./expression.ts";
import { type Region, sizeOfArray } from "./region.ts";
import { constantOf } from "./switch.ts";
import { constantValue, convert } from "./value.ts";

/** Where an initialiser puts a value. */
interface Slot {
  readonly path: string;
  readonly indices: readonly bigint[];
  readonly type: CType;
}

/** Gives an array or a structure the values of its initialiser; what that leaves out is zero (C11 6.7.9p21). */
export function initialise(ctx: Context, region: Region, type: CType, initializer: CExpression): void {
  clear(ctx, region, initializer);
  fill(ctx, region, { path: "", indices: [], type }, initializer);
}

/** Every element is zero. */
export function clear(ctx: Context, region: Region, at: { readonly span: Region["span"] }): void {
  for (const { variable, written } of region.leaves.values()) {
    setAll(ctx, variable, 0, at.span);
    if (written !== null) setAll(ctx, written, 1, at.span);
  }
}

/** Gives all of a variable one value. */
export function setAll(ctx: Context, { name, array }: Variable, constant: number, span: Span): void {
  const value = integer(constant);
  const dimensions = array?.sizes.length ?? 0;
  ctx.assign(name, dimensions === 0 ? value : { kind: "filled", dimensions, value }, span);
}

function fill(ctx: Context, region: Region, slot: Slot, value: CExpression): void {
  const { type } = slot;
  if (type.kind === "integer") {
    const scalar = value.kind === "list" && value.items.length === 1 ? value.items[0]!.value : value;
    put(ctx, region, slot, scalar);
    return;
  }
  if (value.kind === "string" && type.kind === "array") {
    for (const [index, byte] of [...value.bytes, 0].entries()) {
      const size = sizeOfArray(type, ctx.file) ?? 0n;
      if (BigInt(index) >= size) break;
      const item: CExpression = {
        kind: "integer",
        value: BigInt(byte),
        type: { kind: "integer", name: "int" },
        span: value.span,
      };
      put(ctx, region, step(slot, BigInt(index), type.of), item);
    }
    return;
  }
  if (value.kind !== "list") {
    ctx.unsupported(
      `\`${ctx.text(value.span)}\` is not supported as an initialiser here yet; write a list in braces`,
      value.span,
    );
    return;
  }
  if (type.kind !== "array" && type.kind !== "structure") {
    ctx.unsupported(
      `\`${ctx.text(value.span)}\` initialises what is not supported yet; use integer members only`,
      value.span,
    );
    return;
  }
  let next = 0n;
  const given = new Set<bigint>();
  // A second value replaces the first and all of its parts, and whether the first is evaluated is open (C11 6.7.9p19).
  const isGiven = (index: bigint, item: CExpression) => {
    if (given.has(index))
      ctx.unsupported(
        `\`${ctx.text(item.span)}\` initialises what has a value already, which is not supported yet; give each part one value`,
        item.span,
      );
    const before = given.has(index);
    given.add(index);
    return before;
  };
  for (const item of value.items) {
    const [designator, ...more] = item.designators;
    const nested = (type_: CType) =>
      type_.kind !== "integer" && item.value.kind !== "list" && item.value.kind !== "string";
    if (more.length > 0) {
      ctx.unsupported(
        "a designator of several steps is not supported yet; use nested braces",
        item.value.span,
      );
      return;
    }
    if (type.kind === "array") {
      if (designator !== undefined && typeof designator !== "string") {
        const index = constantOf(ctx, designator)?.term;
        if (index?.kind !== "integer") return;
        next = index.value;
      }
      const size = sizeOfArray(type, ctx.file) ?? 0n;
      if (next < 0n || next >= size || typeof designator === "string" || nested(type.of)) {
        ctx.unsupported("this initialiser does not fit; put braces around each row", item.value.span);
        return;
      }
      if (isGiven(next, item.value)) return;
      fill(ctx, region, step(slot, next, type.of), item.value);
    } else {
      const members = ctx.file.structures.get(type.tag) ?? [];
      if (typeof designator === "string")
        next = BigInt(members.findIndex((member) => member.name === designator));
      const member = members[Number(next)];
      if (member === undefined || nested(member.type)) {
        ctx.unsupported("this initialiser does not fit its structure; name the members", item.value.span);
        return;
      }
      if (isGiven(next, item.value)) return;
      fill(ctx, region, { ...slot, path: `${slot.path}.${member.name}`, type: member.type }, item.value);
    }
    next++;
  }
}

function step(slot: Slot, index: bigint, type: CType): Slot {
  return { ...slot, indices: [...slot.indices, index], type };
}

function put(ctx: Context, region: Region, slot: Slot, value: CExpression): void {
  const leaf = region.leaves.get(slot.path);
  if (leaf === undefined) return;
  const lowered = value.kind === "integer" ? constantValue(value.value, ctx.int) : lowerValue(ctx, value);
  const converted = convert(lowered, leaf.variable.type, ctx.reading);
  write(
    ctx,
    leaf.variable.name,
    slot.indices.map((index) => integer(index)),
    converted.term,
    value.span,
  );
}
