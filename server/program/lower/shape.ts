import type { Context } from "./context.ts";
import { loneVariable } from "./lone.ts";
import type { Target } from "./pointed.ts";
import type { Region } from "./region.ts";

/** Everything that a pointer variable is given anywhere in the function: noted in one lowering, used in the next. */
export interface Shape {
  readonly targets: Possible[];
}

/** What a pointer may be; `elsewhere` is memory of which nothing is known. Regions are named, as each lowering makes its own. */
export type Possible =
  | { readonly kind: "null" | "elsewhere" }
  | {
      readonly kind: "region";
      readonly key: string;
      /** Set for a variable whose address is taken. */
      readonly lone: Lone | null;
      /** The name of a global. */
      readonly global: string | null;
    };

/** A variable whose address is taken: its name in the program, its flag and its depth. */
interface Lone {
  readonly name: string;
  readonly flag: string | null;
  readonly depth: number;
  readonly constant: true | undefined;
}

/** The shape of the pointer variable with this key, empty at first. */
export function shapeOf({ shapes }: Context, key: string): Shape {
  const known = shapes.get(key) ?? { targets: [] };
  shapes.set(key, known);
  return known;
}

/** The position of what a pointer is given in its shape, which grows where that is new; null is memory elsewhere. */
export function note(
  ctx: Context,
  shape: Shape,
  target: Exclude<Target, { kind: "variable" }> | null,
): number {
  const wanted = target === null ? { kind: "elsewhere" as const } : possible(ctx, target);
  const at = shape.targets.findIndex((one) =>
    one.kind === "region" && wanted.kind === "region" ? one.key === wanted.key : one.kind === wanted.kind,
  );
  if (at >= 0) return at;
  ctx.grown = true;
  return shape.targets.push(wanted) - 1;
}

function possible(ctx: Context, target: Exclude<Target, { kind: "variable" }>): Possible {
  if (target.kind === "null") return { kind: "null" };
  const { region } = target;
  const leaf = region.leaves.get("");
  const isLone = leaf !== undefined && ctx.lone.get(leaf.variable.name) === region;
  const flag = leaf?.written?.name ?? null;
  return {
    kind: "region",
    key: keyOf(region),
    lone: isLone ? { name: leaf.variable.name, flag, depth: region.depth, constant: region.constant } : null,
    global: region.origin === "global" ? region.name.replace(/^&/, "") : null,
  };
}

function keyOf({ name, span }: Region): string {
  return `${name} ${span.start}`;
}

/** The region in this lowering; null where it is not declared yet, so that no pointer can lead there. */
export function regionOf(ctx: Context, { key, lone, global }: Possible & { kind: "region" }): Region | null {
  const found = [...ctx.regions, ...ctx.lone.values()].find((one) => keyOf(one) === key);
  if (found !== undefined) return found;
  if (global !== null) {
    const entity = ctx.resolveGlobal(global);
    if (entity?.kind === "object") return entity.region;
    return entity?.kind === "variable" ? loneVariable(ctx, entity) : null;
  }
  const variable = lone && ctx.variables.find((one) => one.name === lone.name);
  if (!lone || !variable) return null;
  const { flag, depth, constant } = lone;
  return loneVariable(ctx, { kind: "variable", variable, flag, ...(constant && { constant }) }, depth);
}
