import type { Variable } from "../program.ts";
import {
  and,
  compare,
  FALSE,
  type Formula,
  implies,
  integer,
  not,
  or,
  type Term,
  TRUE,
  variable,
} from "../term.ts";
import type { Context } from "./context.ts";
import { foldComparison } from "./fold.ts";
import { isUnset, known, type Pointed, whereSome } from "./pointed.ts";
import type { Region } from "./region.ts";
import { typeNamed } from "./value.ts";

/** That the pointer is null. */
export function nullTest(ctx: Context, pointer: Pointed): Formula {
  const isNull = whereSome(pointer, (target) => {
    if (target.kind === "element") return isNullAt(ctx, target.region, target.offset);
    return target.kind === "null" ? TRUE : FALSE;
  });
  if (!isUnset(pointer)) return isNull;
  return or(isNull, and(not(known(pointer)), compare("==", ctx.nowhere(), integer(0))));
}

/** That a pointer into a block is null: its block's parameter is, and it was moved nowhere. */
function isNullAt(ctx: Context, region: Region, offset: Term): Formula {
  const flag = nullFlag(ctx, region);
  if (flag === null) return FALSE;
  return and(compare("==", variable(flag.name), integer(1)), foldComparison("==", offset, integer(0)));
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
