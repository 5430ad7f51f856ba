import type { Span } from "../../../grammars/c/span.ts";
import { placesOf } from "../array-places.ts";
import { isMathematical, rangeOf } from "../integer.ts";
import { and, compare, FALSE, type Formula, integer, select, type Term, variable } from "../term.ts";
import type { Context } from "./context.ts";
import { within } from "./obligation.ts";
import { inRange } from "./place.ts";
import { type Leaf, type Place, partsOf, type Region } from "./region.ts";
import { convert, rangeIn, type Value, variableValue } from "./value.ts";

/** The variable of an integer place and the indices into it; null, after a message, when the place holds no integer. */
export function leafAt(
  ctx: Context,
  place: Place,
  span: Span,
): { readonly leaf: Leaf; readonly indices: readonly Term[] } | null {
  const leaf = place.type.kind === "integer" ? place.region.leaves.get(place.path) : undefined;
  const outer = place.region.single || place.offset === null ? [] : [place.offset];
  const complete = place.region.single || place.offset !== null;
  if (leaf === undefined || !complete || leaf.inner.length !== place.inner.length) {
    ctx.unsupported(
      `\`${ctx.text(span)}\` is not an integer, which is not supported yet; use one of its integer parts`,
      span,
    );
    return null;
  }
  return { leaf, indices: [...outer, ...place.inner] };
}

/** The value of an integer place, with the obligation that it may be read, and has a value unless it may be `unset`. */
export function load(ctx: Context, place: Place, span: Span, unset = false): Value | null {
  const found = leafAt(ctx, place, span);
  if (found === null) return null;
  const { variable: array } = found.leaf;
  if (found.indices.length > 0) permit(ctx, place, false, span);
  if (!unset) checkInitialised(ctx, found.leaf, found.indices, span);
  if (found.indices.length === 0) return variableValue(array.name, array.type, ctx.reading);
  const term = select(variable(array.name), ...found.indices);
  // Every element lies in its type; the solver is told of those that the function reads.
  if (!isMathematical(array.type, ctx.reading)) {
    const condition = within(term, rangeOf(array.type), null);
    ctx.graph.emit({ kind: "assume", condition, because: "type", span });
  }
  return { term, type: array.type, range: rangeIn(array.type, ctx.reading), truth: null };
}

/** Writes an integer place, with the obligation that it may be written; the value of the assignment. */
export function store(ctx: Context, place: Place, value: Value, span: Span): Value | null {
  const found = leafAt(ctx, place, span);
  if (found === null) return null;
  const { variable: array } = found.leaf;
  const converted = convert(value, array.type, ctx.reading);
  if (found.indices.length > 0 || place.region.constant) permit(ctx, place, true, span);
  write(ctx, array.name, found.indices, converted.term, span);
  const { written } = found.leaf;
  if (written !== null) write(ctx, written.name, found.indices, integer(1), span);
  return { ...converted, type: array.type };
}

export function write(ctx: Context, target: string, indices: readonly Term[], value: Term, span: Span): void {
  const array = variable(target);
  ctx.assign(target, indices.length === 0 ? value : { kind: "store", array, indices, value }, span);
}

/** That the element may be read, or written: it lies in the region. */
function permit(ctx: Context, place: Place, writes: boolean, span: Span): void {
  const { region, offset } = place;
  if (offset === null) {
    if (writes) ctx.assertMemory(mayWrite(region), `${ctx.text(span)} may be written`, span);
    return;
  }
  const text = `${ctx.text(span)} is inside ${region.bounds === null ? region.name : "valid memory"}`;
  ctx.assertMemory(and(inExtent(region, offset), ...(writes ? [mayWrite(region)] : [])), text, span);
}

/** That the offset is one of the region's elements. */
export function inExtent(region: Region, offset: Term): Formula {
  const { bounds, size } = region;
  if (bounds !== null) return inRange(offset, variable(bounds.low.name), variable(bounds.high.name));
  return inRange(offset, integer(0), integer(size ?? 1n));
}

/** That the region's block may be written. */
export function mayWrite(region: Region): Formula {
  if (region.constant) return FALSE;
  return region.bounds === null ? and() : compare("==", variable(region.bounds.writable.name), integer(1));
}

function checkInitialised(ctx: Context, { written }: Leaf, indices: readonly Term[], span: Span): void {
  if (written === null) return;
  const flag = variable(written.name);
  const value = indices.length === 0 ? flag : select(flag, ...indices);
  ctx.assert(compare("==", value, integer(1)), "initialised", `${ctx.text(span)} is initialised`, span);
}

/** Most integers that the copy of a structure is written out for. */
const MOST_COPIED = 64n;

/** Copies a structure, part by part, arrays in it by their elements (C11 6.5.16.1): reading and writing have their obligations. */
export function copyStructure(ctx: Context, from: Place, to: Place, span: Span): void {
  const parts = partsOf(to.type, ctx.file, ctx.reading);
  const size = parts.reduce((sum, { inner }) => sum + inner.reduce((count, one) => count * one, 1n), 0n);
  if (size > MOST_COPIED || size === 0n) {
    ctx.unsupported(
      `copying a structure of more than ${MOST_COPIED} integers, or of none, is not supported yet; copy its members`,
      span,
    );
    return;
  }
  const all = parts.flatMap(({ path, inner }) => placesOf(inner).map((indices) => ({ path, indices })));
  const values = all.map((part) => {
    const source = within_(from, part);
    // What has no value is copied like any other part (C11 6.2.6.1p6), where that it has none is known afterwards, too.
    const unset = leafAt(ctx, within_(to, part), span)?.leaf.written ? writtenAt(ctx, source, span) : null;
    return { value: load(ctx, source, span, unset !== null), unset };
  });
  for (const [index, part] of all.entries()) {
    const { value, unset } = values[index]!;
    const target = within_(to, part);
    if (value) store(ctx, target, value, span);
    const found = unset && leafAt(ctx, target, span);
    if (unset && found?.leaf.written) write(ctx, found.leaf.written.name, found.indices, unset, span);
  }
}

/** The flag that says whether an integer place has a value; null where all of its object has. */
function writtenAt(ctx: Context, place: Place, span: Span): Term | null {
  const found = leafAt(ctx, place, span);
  if (!found?.leaf.written) return null;
  const flag = variable(found.leaf.written.name);
  return found.indices.length === 0 ? flag : select(flag, ...found.indices);
}

interface Part {
  readonly path: string;
  readonly indices: readonly bigint[];
}

function within_(place: Place, { path, indices }: Part): Place {
  return {
    ...place,
    path: `${place.path}${path}`,
    inner: [...place.inner, ...indices.map((index) => integer(index))],
    type: { kind: "integer", name: "int" },
  };
}
