import type { Variable } from "../program.ts";
import { and, compare, FALSE, type Formula, implies, integer, type Term, variable } from "../term.ts";
import type { Context, PointerVariable } from "./context.ts";
import { foldComparison } from "./fold.ts";
import type { Region } from "./region.ts";
import { typeNamed } from "./value.ts";

/** The variable that holds a pointer's offset, for one that is assigned to. */
export function offsetOf(ctx: Context, pointer: PointerVariable): Variable {
  if (pointer.offset === null) {
    const { name, region, span } = pointer;
    const text = region === null || region.single ? null : `(${name} - ${region.name})`;
    pointer.offset = ctx.create(`${name}#offset`, typeNamed("long", ctx.reading), "local", text, span);
  }
  return pointer.offset;
}

/** Where a pointer without an initialiser points is arbitrary each time its declaration is reached. */
export function unset(ctx: Context, pointer: PointerVariable, tracked: boolean): void {
  const { name, span } = pointer;
  ctx.havoc(offsetOf(ctx, pointer).name, span);
  if (!tracked) return;
  pointer.flag ??= ctx.create(`${name}#initialised`, ctx.int, "flag", null, span).name;
  ctx.assign(pointer.flag, integer(0), span);
}

/** 1 when the pointer parameter is null: then its block is empty. */
function nullFlag(ctx: Context, region: Region): Variable | null {
  const { bounds } = region;
  if (bounds === null) return null;
  const known = ctx.nulls.get(region.name);
  if (known !== undefined) return known;
  const flag = ctx.create(
    `${region.name}#null`,
    typeNamed("_Bool", ctx.reading),
    "parameter",
    null,
    region.span,
  );
  ctx.nulls.set(region.name, flag);
  const isNull = compare("==", variable(flag.name), integer(1));
  const empty = compare("<=", variable(bounds.high.name), variable(bounds.low.name));
  ctx.atEntry.push({
    kind: "assume",
    condition: implies(isNull, empty),
    because: "type",
    span: region.span,
  });
  return flag;
}

/** That a pointer into a block is null: its block's parameter is, and it was moved nowhere. */
export function isNullAt(ctx: Context, region: Region, offset: Term): Formula {
  const flag = nullFlag(ctx, region);
  if (flag === null) return FALSE;
  return and(compare("==", variable(flag.name), integer(1)), foldComparison("==", offset, integer(0)));
}
