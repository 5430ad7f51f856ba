import type { Context, Entity } from "./context.ts";
import type { Region } from "./region.ts";

/** A variable whose address is taken, as a region of its own: one and the same however often it is taken. */
export function loneVariable(
  ctx: Context,
  { variable: one, flag, constant }: Entity & { kind: "variable" },
  depth = one.role === "global" ? 0 : ctx.depthOf(one.name),
): Region {
  const known = ctx.lone.get(one.name);
  if (known !== undefined) return known;
  const written = ctx.variables.find(({ name }) => name === flag) ?? null;
  const region: Region = {
    name: `&${one.text ?? one.name}`,
    element: { kind: "integer", name: one.type.name },
    single: true,
    size: null,
    origin: one.role === "global" ? "global" : "local",
    leaves: new Map([["", { variable: one, inner: [], written }]]),
    bounds: null,
    ...(constant && { constant }),
    depth,
    span: one.span,
  };
  ctx.lone.set(one.name, region);
  return region;
}
