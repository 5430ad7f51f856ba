import type { AcslTerm } from "../../../grammars/acsl/tree.ts";
import type { Span } from "../../../grammars/c/span.ts";
import type { CType } from "../../../grammars/c/tree.ts";
import { foldTerm } from "../simplify.ts";
import { and, compare, type Formula, integer, not, or, type Term } from "../term.ts";
import { termOf } from "./annotation-term.ts";
import type { Context } from "./context.ts";
import {
  casesOf,
  choice,
  elementsOf,
  known,
  mapCases,
  type Pointed,
  type Target,
  whereSome,
} from "./pointed.ts";
import { elementFor, isSet, pointedBy } from "./pointer-variable.ts";
import { type Reader, resolveIn } from "./reader.ts";
import { type Region, sizeOfArray } from "./region.ts";

/** The value of a pointer in an annotation. */
export type LogicPointer = Pointed;

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
    case "result":
      return resultPointer(reader) !== null;
    default:
      return false;
  }
}

/** An array of which `\at` takes the elements' values; as the argument of a definition it is its address all the same. */
export function isArrayObject(reader: Reader, term: AcslTerm): boolean {
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
    case "result": {
      const pointer = resultPointer(reader);
      return pointer === null ? failed(reader, term) : { pointer, low: zero, high: zero };
    }
    case "at": {
      const state = reader.stateAt(term.label, term.span);
      return state && logicLocations({ ...reader, ...state }, term.term);
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
  const to = rows && elementsOf(rows.pointer)[0]?.to;
  if (!rows || !to) return rows;
  let type = to;
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
  if (entity?.kind !== "pointer") return null;
  const { pointer } = entity;
  const { region } = pointer;
  // A parameter points to the start of its own block at entry, which is what `ensures` means by it.
  const own = region !== null && region.span === pointer.span;
  if (!own && reader.state === "pre" && reader.elsewhere === null) {
    reader.ctx.unsupported(
      `\`${name}\` does not exist at the function's entry; use a parameter or a global in \\at(…, Pre)`,
      span,
    );
    return null;
  }
  if (own && (reader.state === "pre" || reader.place !== "statement"))
    return { kind: "element", region, offset: integer(0), to: pointer.to };
  const now = pointedBy(reader.ctx, pointer);
  if (now === null || pointer.flag === null || pointer.base === null) return now;
  // One that was given no value is nothing that can be told.
  const { flag } = pointer;
  const cases = casesOf(now).map(({ guard, target }) => ({ guard: and(isSet(flag), guard), target }));
  return { kind: "choice", cases, open: true, unset: true };
}

/** What \result is where a pointer is returned; null elsewhere. */
function resultPointer({ ctx, elsewhere, place, state }: Reader): Pointed | null {
  if (place !== "ensures" || state === "pre") return null;
  if (elsewhere !== null && elsewhere.own === undefined) return elsewhere.returned ?? null;
  return ctx.resultPointer && (pointedBy(ctx, ctx.resultPointer) ?? choice([], true));
}

/** What is claimed of a pointer: where it leads to memory of which nothing is known, nobody knows. */
export function claimed({ ctx }: Reader, pointer: LogicPointer, holds: (target: Target) => Formula): Formula {
  const elsewhere = not(known(pointer));
  return or(whereSome(pointer, holds), and(elsewhere, nobodyKnows(ctx)));
}

/** A truth value of which nothing is known. */
export function nobodyKnows(ctx: Context): Formula {
  return compare("==", ctx.nowhere(), integer(0));
}

/** A sum, folded. */
export function plus(left: Term, right: Term): Term {
  return foldTerm({ kind: "add", left, right });
}

/** A pointer so many elements further; a null one leads nowhere that is known. */
export function moved({ ctx }: Reader, pointer: LogicPointer, by: Term, span: Span): LogicPointer | null {
  const stays = by.kind === "integer" && by.value === 0n;
  if (stays) return pointer;
  if (pointer.kind !== "choice" && pointer.kind !== "element") {
    ctx.unsupported(
      `\`${ctx.text(span)}\` points beside a variable, where nothing is known of the memory; point into an array`,
      span,
    );
    return null;
  }
  return mapCases(pointer, ({ target }) => {
    const one = elementFor(ctx, target);
    return one.kind === "element" ? { ...one, offset: plus(one.offset, by) } : null;
  });
}

/** Reports what cannot be told of memory that an axiom is about; true when it is about such memory. */
export function isAbstract(reader: Reader, pointer: LogicPointer, span: Span): boolean {
  if (!elementsOf(pointer).some(({ region }) => region.abstract)) return false;
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
