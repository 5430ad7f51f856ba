import type { AcslTerm } from "../../../grammars/acsl/tree.ts";
import type { Span } from "../../../grammars/c/span.ts";
import type { CType } from "../../../grammars/c/tree.ts";
import { type IntegerType, isMathematical, rangeOf } from "../integer.ts";
import type { Variable } from "../program.ts";
import { and, type Formula, integer, select, type Term, TRUE, variable } from "../term.ts";
import { termOf } from "./annotation-term.ts";
import type { Context } from "./context.ts";
import { foldComparison } from "./fold.ts";
import type { Located } from "./located.ts";
import { isLogicPointer, type LogicPointer, logicPointer, moved } from "./logic-memory.ts";
import { within } from "./obligation.ts";
import { casesOf, chosen, type Target } from "./pointed.ts";
import { preName, type Reader, resolveIn } from "./reader.ts";
import type { Leaf, Place, Region } from "./region.ts";

/** What a term denotes where a formula holds: a part of a region, or a variable. */
export interface LogicPlace {
  readonly guard: Formula;
  readonly located: Located;
  /** Of what `\at` names, the state that it is in. */
  readonly state?: string;
}

/** The objects that a term may denote, of which at most one is meant; null when it denotes none. */
export function logicPlaces(reader: Reader, term: AcslTerm): readonly LogicPlace[] | null {
  switch (term.kind) {
    case "name": {
      if (reader.bound.has(term.name)) return null;
      const entity = resolveIn(reader, term.name);
      if (entity?.kind === "variable") return always(entity);
      if (entity?.kind !== "object") return null;
      const { region, type } = entity;
      return always({ kind: "place", place: { region, offset: null, path: "", inner: [], type } });
    }
    case "index": {
      if (!isLogicPointer(reader, term.array)) {
        const index = termOf(reader, term.index).term;
        return inside(logicPlaces(reader, term.array), (place) =>
          place.type.kind === "array" ? elementOf(place, index, place.type.of) : null,
        );
      }
      const pointer = logicPointer(reader, term.array);
      const there = pointer && moved(reader, pointer, termOf(reader, term.index).term, term.span);
      return there && placesAt(there);
    }
    case "dereference": {
      if (!isLogicPointer(reader, term.argument)) return null;
      const pointer = logicPointer(reader, term.argument);
      return pointer && placesAt(pointer);
    }
    case "member": {
      const pointer = term.arrow ? logicPointer(reader, term.object) : null;
      const objects = term.arrow ? pointer && placesAt(pointer) : logicPlaces(reader, term.object);
      return inside(objects, (place) => {
        if (place.type.kind !== "structure") return null;
        const members = reader.ctx.file.structures.get(place.type.tag);
        const member = members?.find((one) => one.name === term.name);
        return member ? { ...place, path: `${place.path}.${member.name}`, type: member.type } : null;
      });
    }
    case "at": {
      // Which element is meant is decided at the label, and so is its value.
      const state = reader.stateAt(term.label, term.span);
      const found = state && logicPlaces({ ...reader, ...state }, term.term);
      return found?.map((one) => ({ ...state, ...one })) ?? null;
    }
    default:
      return null;
  }
}

function always(located: Located): LogicPlace[] {
  return [{ guard: TRUE, located }];
}

/** An element of an array: the first index into a region says which of its elements is meant. */
function elementOf(place: Place, index: Term, type: CType): Place {
  if (place.offset === null && !place.region.single) return { ...place, offset: index, type };
  return { ...place, inner: [...place.inner, index], type };
}

/** A part of each place; null where one has no such part. */
function inside(
  places: readonly LogicPlace[] | null,
  part: (place: Place) => Place | null,
): LogicPlace[] | null {
  const found: LogicPlace[] = [];
  for (const one of places ?? []) {
    const place = one.located.kind === "place" ? part(one.located.place) : null;
    if (place === null) return null;
    found.push({ ...one, located: { kind: "place", place } });
  }
  return places && found;
}

/** Where a pointer leads. Where it is null, it leads nowhere. */
function placesAt(pointer: LogicPointer): LogicPlace[] | null {
  if (pointer.kind === "null") return null;
  const found: LogicPlace[] = [];
  for (const { guard, target } of casesOf(pointer)) {
    if (target.kind === "null") continue;
    found.push(placeAt(guard, target));
  }
  return found;
}

/** Beside a lone object lies memory of which nothing is known. */
function placeAt(guard: Formula, target: Exclude<Target, { kind: "null" }>): LogicPlace {
  if (target.kind === "variable") return { guard, located: target.entity };
  const { region, offset, to } = target;
  const place: Place = { region, offset: region.single ? null : offset, path: "", inner: [], type: to };
  const unmoved = region.single ? foldComparison("==", offset, integer(0)) : TRUE;
  return { guard: and(guard, unmoved), located: { kind: "place", place } };
}

/** The leaf of an integer place and the indices into it; null when the place is no integer. */
export function logicLeaf(place: Place): { readonly leaf: Leaf; readonly indices: readonly Term[] } | null {
  const leaf = place.type.kind === "integer" ? place.region.leaves.get(place.path) : undefined;
  if (leaf === undefined || leaf.inner.length !== place.inner.length) return null;
  if (!place.region.single && place.offset === null) return null;
  return { leaf, indices: [...(place.offset === null ? [] : [place.offset]), ...place.inner] };
}

/** The name under which a region's variable is known in the reader's state; null, after a message, where it did not exist. */
export function inState(reader: Reader, leaf: Leaf, region: Region, span: Span): Term | null {
  const { name } = leaf.variable;
  if (reader.elsewhere !== null && !livedAtEntry(reader, leaf.variable, span)) return null;
  const byValue = region.single && region.origin === "parameter";
  if (reader.elsewhere !== null) {
    // A formal parameter in `ensures` denotes its value at entry, in a definition too.
    const state = byValue && reader.elsewhere.own && reader.place === "ensures" ? "pre" : reader.state;
    const before = state === "here" ? null : reader.elsewhere.before(name, state);
    return variable(before ?? name);
  }
  const entry = reader.state === "pre" || (reader.place === "ensures" && byValue);
  if (!entry || reader.place === "requires") return variable(name);
  if (region.origin === "local") {
    reader.ctx.unsupported(
      `\`${region.name}\` does not exist at the function's entry; use a parameter or a global in \\at(…, Pre)`,
      span,
    );
    return null;
  }
  return variable(preName(name));
}

/** False, after a message, for a local in a definition that is read at the function's entry. */
function livedAtEntry(
  { ctx, elsewhere, state }: Reader,
  { role, name, text }: Variable,
  span: Span,
): boolean {
  if (elsewhere?.own !== true || state !== "pre" || role !== "local") return true;
  ctx.unsupported(
    `\`${text ?? name}\` does not exist at the function's entry; use a parameter or a global in \\at(…, Pre)`,
    span,
  );
  return false;
}

/** `a[i]`, `*p`, `p->x` as an integer; null after a message. Where a pointer leads nowhere, the value is one that nothing tells. */
export function logicElement(reader: Reader, term: AcslTerm): Term | null {
  const places = logicPlaces(reader, term);
  if (places === null) return noElement(reader, term);
  const terms: { guard: Formula; term: Term }[] = [];
  for (const { guard, located, state } of places) {
    const value = elementAt(state === undefined ? reader : { ...reader, state }, located, term);
    if (value === null) return null;
    terms.push({ guard, term: value });
  }
  return chosen(terms, reader.ctx.nowhere());
}

function noElement(reader: Reader, term: AcslTerm): null {
  reader.ctx.unsupported(
    `\`${reader.ctx.text(term.span)}\` is not an integer that annotations can name yet`,
    term.span,
  );
  return null;
}

function elementAt(reader: Reader, located: Located, term: AcslTerm): Term | null {
  if (located.kind === "variable" && reader.elsewhere !== null) {
    const { name } = located.variable;
    if (!livedAtEntry(reader, located.variable, term.span)) return null;
    const before = reader.state === "here" ? null : reader.elsewhere.before(name, reader.state);
    return variable(before ?? name);
  }
  if (located.kind === "variable")
    return termOf(reader, { kind: "name", name: located.variable.text ?? "", span: term.span }).term;
  const leaf = logicLeaf(located.place);
  if (!leaf) return noElement(reader, term);
  const array = inState(reader, leaf.leaf, located.place.region, term.span);
  if (array === null) return null;
  const value = leaf.indices.length === 0 ? array : select(array, ...leaf.indices);
  return located.place.region.abstract ? inItsType(reader.ctx, leaf.leaf.variable.type, value) : value;
}

/**
 * An element of any memory at all. Memory holds values of its type, and arrays of integers hold more: an axiom speaks of those
 * as if what lies outside the type were 0, so that it never says anything of an array that no memory is.
 */
function inItsType(ctx: Context, type: IntegerType, value: Term): Term {
  if (isMathematical(type, ctx.reading)) return value;
  return { kind: "choose", condition: within(value, rangeOf(type), null), then: value, else: integer(0) };
}
