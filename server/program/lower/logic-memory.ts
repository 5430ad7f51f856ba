import type { AcslTerm } from "../../../grammars/acsl/tree.ts";
import type { Span } from "../../../grammars/c/span.ts";
import type { CType } from "../../../grammars/c/tree.ts";
import { type IntegerType, isMathematical, rangeOf } from "../integer.ts";
import type { Variable } from "../program.ts";
import { foldTerm } from "../simplify.ts";
import { integer, select, type Term, variable } from "../term.ts";
import { termOf } from "./annotation-term.ts";
import type { Context, Entity } from "./context.ts";
import { within } from "./obligation.ts";
import { offsetTerm } from "./place.ts";
import { preName, type Reader, resolveIn } from "./reader.ts";
import { type Leaf, type Place, type Region, sizeOfArray } from "./region.ts";

/** The value of a pointer in an annotation. */
export type LogicPointer =
  | { readonly kind: "element"; readonly region: Region; readonly offset: Term; readonly to: CType }
  | { readonly kind: "variable"; readonly entity: Entity & { kind: "variable" } }
  | { readonly kind: "null" };

/** Locations `p + (low .. high)`: elements of a region, ends included; null ends are open. */
export interface Locations {
  readonly pointer: LogicPointer;
  /** Set where only this member of each element is meant: `.x`. */
  readonly path?: string;
  readonly low: Term | null;
  readonly high: Term | null;
}

/** True when the term is read as a pointer: a pointer, an array, an address, or one of these moved. */
export function isLogicPointer(reader: Reader, term: AcslTerm): boolean {
  switch (term.kind) {
    case "name": {
      if (reader.bound.has(term.name)) return false;
      if (reader.pointers.has(term.name)) return true;
      const entity = resolveIn(reader, term.name);
      if (entity === null) return term.name === "NULL";
      return entity.kind === "pointer" || (entity.kind === "object" && entity.type.kind === "array");
    }
    case "address":
      return true;
    case "binary":
      if (term.operator === "-" && isLogicPointer(reader, term.right)) return false;
      return (
        (term.operator === "+" || term.operator === "-") &&
        (isLogicPointer(reader, term.left) || isLogicPointer(reader, term.right))
      );
    case "at":
      return isLogicPointer(reader, term.term) && !isArrayObject(reader, term.term);
    default:
      return false;
  }
}

/** An array of which `\\at` takes the elements' values, not its address. */
function isArrayObject(reader: Reader, term: AcslTerm): boolean {
  if (term.kind === "at") return isArrayObject(reader, term.term);
  if (term.kind !== "name" || reader.bound.has(term.name) || reader.pointers.has(term.name)) return false;
  return resolveIn(reader, term.name)?.kind === "object";
}

/** What a term of pointer type points to; null after a message. */
export function logicPointer(reader: Reader, term: AcslTerm): LogicPointer | null {
  const found = logicLocations(reader, term);
  if (found === null) return null;
  if (found.path !== undefined) return failed(reader, term);
  if (found.low !== null && found.low === found.high)
    return moved(reader, found.pointer, found.low, term.span);
  reader.ctx.unsupported("a set of locations cannot stand here; name one of them", term.span);
  return null;
}

/** The locations that a term names, for \valid and the like; null after a message. */
export function logicLocations(reader: Reader, term: AcslTerm): Locations | null {
  const zero = integer(0);
  switch (term.kind) {
    case "name": {
      const pointer = namedPointer(reader, term.name, term.span);
      return pointer === null ? failed(reader, term) : { pointer, low: zero, high: zero };
    }
    case "at": {
      const state = reader.stateAt(term.label, term.span);
      if (state === null) return null;
      return isArrayObject(reader, term)
        ? failed(reader, term)
        : logicLocations({ ...reader, ...state }, term.term);
    }
    case "binary": {
      const swapped = isLogicPointer(reader, term.right);
      const [base, by] = swapped ? [term.right, term.left] : [term.left, term.right];
      const found = logicLocations(reader, base);
      if (found === null) return null;
      if (found.path !== undefined) return failed(reader, term);
      if (by.kind === "range") {
        if (found.low !== found.high || found.low === null) return failed(reader, term);
        const end = (bound: AcslTerm | null) => bound && plus(found.low!, termOf(reader, bound).term);
        return { ...found, low: end(by.low), high: end(by.high) };
      }
      const amount = termOf(reader, by).term;
      const signed: Term = term.operator === "-" ? foldTerm({ kind: "negate", argument: amount }) : amount;
      const single = found.low === found.high;
      const low = found.low && plus(found.low, signed);
      return { ...found, low, high: single ? low : found.high && plus(found.high, signed) };
    }
    case "address":
      return addressed(reader, term.argument);
    default:
      return failed(reader, term);
  }
}

/** Says that a term is no pointer that annotations may name. */
export function failed(reader: Reader, term: AcslTerm): null {
  reader.ctx.unsupported(
    `\`${reader.ctx.text(term.span)}\` is not supported as a pointer in annotations yet; name an array or a pointer parameter`,
    term.span,
  );
  return null;
}

/** `&a[i]`, `&a[l .. h]`, `&x`, `&p->x`. */
function addressed(reader: Reader, term: AcslTerm): Locations | null {
  const zero = integer(0);
  if (term.kind === "index" && isLogicPointer(reader, term.array)) {
    return logicLocations(reader, {
      kind: "binary",
      operator: "+",
      left: term.array,
      right: term.index,
      span: term.span,
    });
  }
  if (term.kind === "index") return wholeRows(reader, term);
  if (term.kind === "dereference") return logicLocations(reader, term.argument);
  if (term.kind === "member") {
    const object = term.arrow ? logicLocations(reader, term.object) : addressed(reader, term.object);
    return object && { ...object, path: `${object.path ?? ""}.${term.name}` };
  }
  if (term.kind === "name") {
    const entity = resolveIn(reader, term.name);
    if (entity?.kind === "variable") return { pointer: { kind: "variable", entity }, low: zero, high: zero };
    if (entity?.kind === "object") return { pointer: pointerTo(entity.region), low: zero, high: zero };
  }
  return failed(reader, term);
}

/**
 * `&m[l .. h][0 .. 3]`: the rows l to h of an array of arrays, each from its first element to its last. Parts of rows are not
 * read: memory is counted in rows here, and a row of which only a part is valid is none.
 */
function wholeRows(reader: Reader, term: AcslTerm & { kind: "index" }): Locations | null {
  const inner: AcslTerm[] = [];
  let outer: AcslTerm = term;
  while (outer.kind === "index" && !isLogicPointer(reader, outer.array)) {
    inner.unshift(outer.index);
    outer = outer.array;
  }
  if (outer.kind !== "index") return failed(reader, term);
  const rows = addressed(reader, outer);
  if (rows?.pointer.kind !== "element") return rows;
  let type = rows.pointer.to;
  for (const index of inner) {
    const size = type.kind === "array" ? sizeOfArray(type, reader.ctx.file) : null;
    if (type.kind !== "array" || size === null) return failed(reader, term);
    const ends = index.kind === "range" ? [index.low, index.high] : [index, index];
    const [low, high] = ends.map((end) => end && foldTerm(termOf(reader, end).term));
    const whole =
      low?.kind === "integer" && low.value === 0n && high?.kind === "integer" && high.value === size - 1n;
    if (!whole) {
      reader.ctx.unsupported(
        `\`${reader.ctx.text(term.span)}\` is a part of a row, which annotations cannot name as a set of locations yet; name whole rows: \`[0 .. ${size - 1n}]\``,
        term.span,
      );
      return null;
    }
    type = type.of;
  }
  return rows;
}

/** A pointer to the first cell of a region. */
export function pointerTo(region: Region): LogicPointer {
  return { kind: "element", region, offset: integer(0), to: region.element };
}

function namedPointer(reader: Reader, name: string, span: Span): LogicPointer | null {
  const given = reader.pointers.get(name);
  if (given !== undefined) return given;
  const entity = resolveIn(reader, name);
  if (entity === null && name === "NULL") return { kind: "null" };
  if (entity?.kind === "object" && entity.type.kind === "array") return pointerTo(entity.region);
  if (entity?.kind !== "pointer" || entity.pointer.region === null) return null;
  const { pointer } = entity;
  const region = entity.pointer.region;
  // A parameter points to the start of its own block at entry, which is what `ensures` means by it.
  const own = region.span === pointer.span;
  if (!own && reader.state === "pre" && reader.elsewhere === null) {
    reader.ctx.unsupported(
      `\`${name}\` does not exist at the function's entry; use a parameter or a global in \\at(…, Pre)`,
      span,
    );
    return null;
  }
  const entry = own && (reader.state === "pre" || reader.place !== "statement");
  const offset = entry ? integer(0) : offsetTerm(pointer.offset?.name ?? null);
  return { kind: "element", region, offset, to: pointer.to };
}

/** A sum, folded. */
export function plus(left: Term, right: Term): Term {
  return foldTerm({ kind: "add", left, right });
}

function moved({ ctx }: Reader, pointer: LogicPointer, by: Term, span: Span): LogicPointer | null {
  if (pointer.kind === "element") return { ...pointer, offset: plus(pointer.offset, by) };
  if (by.kind === "integer" && by.value === 0n) return pointer;
  ctx.unsupported(
    `\`${ctx.text(span)}\` points beside a variable, where nothing is known of the memory; point into an array`,
    span,
  );
  return null;
}

/** What a term denotes: a variable, or a part of a region, for `\\at(s, Pre).x` that part as it was in another state. */
type LogicPlace =
  | { readonly kind: "place"; readonly place: Place; readonly state?: string }
  | (Entity & { kind: "variable" });

/** The object that a term denotes: a part of a region or a variable; null when it denotes none. */
export function logicPlace(reader: Reader, term: AcslTerm): LogicPlace | null {
  switch (term.kind) {
    case "name": {
      if (reader.bound.has(term.name)) return null;
      const entity = resolveIn(reader, term.name);
      if (entity?.kind === "variable") return entity;
      if (entity?.kind !== "object") return null;
      const { region, type } = entity;
      return { kind: "place", place: { region, offset: null, path: "", inner: [], type } };
    }
    case "index": {
      if (!isLogicPointer(reader, term.array)) {
        const base = logicPlace(reader, term.array);
        if (base?.kind !== "place" || base.place.type.kind !== "array") return null;
        const { place } = base;
        const index = termOf(reader, term.index).term;
        const type = base.place.type.of;
        if (place.offset === null && !place.region.single)
          return { ...base, place: { ...place, offset: index, type } };
        return { ...base, place: { ...place, inner: [...place.inner, index], type } };
      }
      const pointer = logicPointer(reader, term.array);
      const there = pointer && moved(reader, pointer, termOf(reader, term.index).term, term.span);
      return there && placeAt(there);
    }
    case "dereference": {
      const pointer = logicPointer(reader, term.argument);
      return pointer && placeAt(pointer);
    }
    case "member": {
      const pointer = term.arrow ? logicPointer(reader, term.object) : null;
      const object = term.arrow ? pointer && placeAt(pointer) : logicPlace(reader, term.object);
      if (object?.kind !== "place" || object.place.type.kind !== "structure") return null;
      const { place } = object;
      const members = reader.ctx.file.structures.get(object.place.type.tag);
      const member = members?.find((one) => one.name === term.name);
      return member === undefined
        ? null
        : { ...object, place: { ...place, path: `${place.path}.${member.name}`, type: member.type } };
    }
    case "at": {
      // Which element is meant is decided at the label, and so is its value.
      const state = reader.stateAt(term.label, term.span);
      const found = state && logicPlace({ ...reader, ...state }, term.term);
      return found?.kind === "place" ? { state: state!.state, ...found } : found;
    }
    default:
      return null;
  }
}

/** Beside a lone object lies memory of which nothing is known, so a place there is none that can be named. */
function placeAt(pointer: LogicPointer): LogicPlace | null {
  if (pointer.kind === "null") return null;
  if (pointer.kind === "variable") return pointer.entity;
  const { region, offset, to } = pointer;
  if (region.single && !(offset.kind === "integer" && offset.value === 0n)) return null;
  const place: Place = { region, offset: region.single ? null : offset, path: "", inner: [], type: to };
  return { kind: "place", place };
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

/** `a[i]`, `*p`, `p->x` as an integer; null after a message. */
export function logicElement(reader: Reader, term: AcslTerm): Term | null {
  const found = logicPlace(reader, term);
  if (found?.kind === "variable" && reader.elsewhere !== null) {
    const { name } = found.variable;
    if (!livedAtEntry(reader, found.variable, term.span)) return null;
    const before = reader.state === "here" ? null : reader.elsewhere.before(name, reader.state);
    return variable(before ?? name);
  }
  if (found?.kind === "variable")
    return termOf(reader, { kind: "name", name: found.variable.text ?? "", span: term.span }).term;
  const leaf = found && logicLeaf(found.place);
  if (!found || !leaf) {
    reader.ctx.unsupported(
      `\`${reader.ctx.text(term.span)}\` is not an integer that annotations can name yet`,
      term.span,
    );
    return null;
  }
  const state = found.state ?? reader.state;
  const array = inState({ ...reader, state }, leaf.leaf, found.place.region, term.span);
  if (array === null) return null;
  const value = leaf.indices.length === 0 ? array : select(array, ...leaf.indices);
  return found.place.region.abstract ? inItsType(reader.ctx, leaf.leaf.variable.type, value) : value;
}

/**
 * An element of any memory at all. Memory holds values of its type, and arrays of integers hold more: an axiom speaks of those
 * as if what lies outside the type were 0, so that it never says anything of an array that no memory is.
 */
function inItsType(ctx: Context, type: IntegerType, value: Term): Term {
  if (isMathematical(type, ctx.reading)) return value;
  return { kind: "choose", condition: within(value, rangeOf(type), null), then: value, else: integer(0) };
}

/** Reports what cannot be told of memory that an axiom is about; true when it is about such memory. */
export function isAbstract(reader: Reader, pointer: LogicPointer, span: Span): boolean {
  if (pointer.kind !== "element" || !pointer.region.abstract) return false;
  reader.ctx.unsupported(
    "an axiom or a recursive definition can speak of the values in memory only, not of validity, separation or addresses",
    span,
  );
  return true;
}

/** The number of elements in an array type. */
export function lengthOf(ctx: Context, type: CType): bigint | null {
  return type.kind === "array" ? sizeOfArray(type, ctx.file) : null;
}
