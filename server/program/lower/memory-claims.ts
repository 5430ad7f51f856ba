import type { AcslTerm } from "../../../grammars/acsl/tree.ts";
import {
  and,
  compare,
  FALSE,
  type Formula,
  implies,
  integer,
  or,
  quantified,
  select,
  type Term,
  TRUE,
  variable,
} from "../term.ts";
import { inExtent, mayWrite } from "./access.ts";
import { required } from "./aliasing.ts";
import type { Context } from "./context.ts";
import {
  failed,
  isAbstract,
  type Locations,
  type LogicPointer,
  logicLeaf,
  logicLocations,
  logicPlace,
  logicPointer,
  plus,
  pointerTo,
} from "./logic-memory.ts";
import { isNullAt } from "./pointer-variable.ts";
import { namesIn, type Reader } from "./reader.ts";
import type { Region } from "./region.ts";

/** \valid and \valid_read of locations. */
export function validity(reader: Reader, terms: readonly AcslTerm[], writes: boolean): Formula {
  return and(...terms.map((term) => validAt(reader, term, writes)));
}

function validAt(reader: Reader, term: AcslTerm, writes: boolean): Formula {
  const found = logicLocations(reader, term);
  if (found === null || found.pointer.kind === "null") return FALSE;
  if (found.pointer.kind === "variable")
    return writes && found.pointer.entity.constant ? nowhere(found) : inVariable(found);
  if (isAbstract(reader, found.pointer, term.span)) return FALSE;
  const { region, offset } = found.pointer;
  if (found.path !== undefined && region.bounds !== null) {
    reader.ctx.unsupported(
      `\`${reader.ctx.text(term.span)}\` is a part of an object, and memory is counted in whole objects here; name the object`,
      term.span,
    );
    return FALSE;
  }
  if (found.low === null || found.high === null) {
    reader.ctx.unsupported("\\valid needs both ends of a range; write them", term.span);
    return FALSE;
  }
  const [low, high] = [plus(offset, found.low), plus(offset, found.high)];
  const may = writes ? [mayWrite(region)] : [];
  if (found.low === found.high) return and(inExtent(region, low), ...may);
  return implies(compare("<=", low, high), and(inExtent(region, low), inExtent(region, high), ...may));
}

/** That a set of locations is empty. */
function nowhere({ low, high }: Locations): Formula {
  return low === null || high === null || low === high ? FALSE : compare(">", low, high);
}

/** That locations are the variable itself, and nothing beside it; or none at all. */
function inVariable({ low, high }: Locations): Formula {
  if (low === null || high === null) return FALSE;
  const zero = integer(0);
  const within = and(compare("==", low, zero), compare("==", high, zero));
  return low === high ? within : implies(compare("<=", low, high), within);
}

/** \separated: regions are separate by construction, which is a listed assumption; ranges of one region must not meet. */
export function separation(reader: Reader, terms: readonly AcslTerm[]): Formula {
  const sets = terms.map((term) => logicLocations(reader, term));
  for (const [index, set] of sets.entries())
    if (set !== null && isAbstract(reader, set.pointer, terms[index]!.span)) return FALSE;
  const { ctx, place, elsewhere } = reader;
  const { contract } = ctx.fn;
  // What is required without condition is no claim.
  const isDemanded =
    place === "requires" &&
    elsewhere === null &&
    contract !== null &&
    required(contract, ["\\separated"]).includes(terms);
  const parts: Formula[] = [];
  for (const [index, first] of sets.entries()) {
    for (const second of sets.slice(index + 1)) {
      if (first === null || second === null) return FALSE;
      parts.push(apart(reader, first, second, isDemanded));
    }
  }
  return and(...parts);
}

function apart(reader: Reader, first: Locations, second: Locations, isDemanded: boolean): Formula {
  const [a, b] = [first.pointer, second.pointer];
  if (a.kind === "null" || b.kind === "null") return TRUE;
  const [mine, yours] = [namesOf(a), namesOf(b)];
  if (!mine.some((name) => yours.includes(name))) {
    if (!isDemanded) noteApart(reader, a, b);
    return TRUE;
  }
  if (differ(first.path ?? "", second.path ?? "")) return TRUE;
  const ends = [first.low, first.high, second.low, second.high];
  if (ends.some((end) => end === null)) return FALSE;
  const start = (one: LogicPointer) => (one.kind === "element" ? one.offset : integer(0));
  const [low1, high1] = [plus(start(a), first.low!), plus(start(a), first.high!)];
  const [low2, high2] = [plus(start(b), second.low!), plus(start(b), second.high!)];
  return or(
    compare("<", high1, low1),
    compare("<", high2, low2),
    compare("<", high1, low2),
    compare("<", high2, low1),
  );
}

/** Variables that hold what a pointer points into: one may be seen as a variable here and as an object there. */
function namesOf(pointer: Exclude<LogicPointer, { kind: "null" }>): string[] {
  if (pointer.kind === "variable") return [pointer.entity.variable.name];
  return [...pointer.region.leaves.values()].map((leaf) => leaf.variable.name);
}

/** True when neither part holds the other. */
function differ(first: string, second: string): boolean {
  return !`${first}.`.startsWith(`${second}.`) && !`${second}.`.startsWith(`${first}.`);
}

/** That blocks of different pointers are apart is what memory is taken to be: a claim of it rests on that alone. */
function noteApart({ ctx }: Reader, a: LogicPointer, b: LogicPointer): void {
  const outside = [a, b].map((one) => one.kind === "element" && one.region.bounds !== null);
  const local = [a, b].some((one) => one.kind === "element" && one.region.origin === "local");
  if (local || !outside.includes(true)) return;
  const names = [a, b].map((one) =>
    one.kind === "element"
      ? one.region.name
      : one.kind === "variable"
        ? (one.entity.variable.text ?? "")
        : "",
  );
  ctx.assume(`separation of pointer parameters: ${names.join(", ")} do not overlap`);
}

/** \initialized of locations: what is not tracked has been given a value. */
export function initialisation(reader: Reader, terms: readonly AcslTerm[]): Formula {
  return and(...terms.map((term) => initialisedAt(reader, term)));
}

function initialisedAt(reader: Reader, term: AcslTerm): Formula {
  const place = term.kind === "address" ? logicPlace(reader, term.argument) : null;
  const about =
    place?.kind === "place" ? pointerTo(place.place.region) : logicLocations(reader, term)?.pointer;
  if (about && isAbstract(reader, about, term.span)) return FALSE;
  const inner = term.kind === "address" ? logicPlace(reader, term.argument) : null;
  if (inner?.kind === "place") {
    const leaf = logicLeaf(inner.place);
    if (leaf !== null) {
      const flag = leaf.leaf.written;
      const offset = inner.place.offset ?? integer(0);
      return flag === null
        ? given(reader, inner.place.region, offset, offset)
        : isSet(reader, flag.name, leaf.indices, term);
    }
  }
  const found = logicLocations(reader, term);
  if (found === null) return FALSE;
  if (found.pointer.kind === "null") return FALSE;
  if (found.pointer.kind === "variable") {
    const { flag } = found.pointer.entity;
    return and(inVariable(found), ...(flag === null ? [] : [isSet(reader, flag, [], term)]));
  }
  const { region, offset } = found.pointer;
  const flags = [...region.leaves.values()].flatMap((leaf) => leaf.written ?? []);
  if (flags.length === 0) {
    if (found.low === null || found.high === null) return failed(reader, term) ?? FALSE;
    return given(reader, region, plus(offset, found.low), plus(offset, found.high));
  }
  if (region.single && found.path === undefined && found.low !== null && found.low === found.high) {
    const all = flags.map((flag) => flag.array === undefined && isSet(reader, flag.name, [], term));
    if (!all.includes(false))
      return and(inExtent(region, plus(offset, found.low)), ...all.filter((one) => one !== false));
  }
  if (flags.some((flag) => flag.array?.sizes.length !== 1) || found.low === null || found.high === null) {
    reader.ctx.unsupported("\\initialized is supported for elements of plain arrays only", term.span);
    return FALSE;
  }
  if (found.low === found.high)
    return and(...flags.map((flag) => isSet(reader, flag.name, [plus(offset, found.low!)], term)));
  const [low, high] = [plus(offset, found.low), plus(offset, found.high)];
  const taken = new Set([...namesIn(low), ...namesIn(high)]);
  let name = "?k";
  for (let count = 2; taken.has(name); count++) name = `?k~${count}`;
  const k = variable(name);
  const within = and(compare("<=", low, k), compare("<=", k, high));
  return and(
    ...flags.map((flag) =>
      quantified("forall", [name], implies(within, isSet(reader, flag.name, [k], term))),
    ),
  );
}

/** That a flag is set in the reader's state. Flags are those of locals, which did not exist at the function's entry. */
function isSet(
  { ctx, state, elsewhere }: Reader,
  flag: string,
  indices: readonly Term[],
  term: AcslTerm,
): Formula {
  if (state === "here") return isOne(flag, indices);
  const ofCallee = elsewhere !== null && elsewhere.own === undefined;
  if (ofCallee) return isOne(elsewhere.before(flag, state) ?? flag, indices);
  ctx.unsupported(
    `what \`${ctx.text(term.span)}\` points to does not exist at the function's entry; write \\initialized without \\old or \\at`,
    term.span,
  );
  return FALSE;
}

/**
 * What is not tracked has been given a value, as far as it exists. Of memory that the caller brings this is taken for granted,
 * and a contract that requires no more than this says nothing of which memory exists.
 */
function given({ ctx, place, elsewhere }: Reader, region: Region, low: Term, high: Term): Formula {
  if (place === "requires" && elsewhere === null) return TRUE;
  if (region.bounds !== null) ctx.assume(`what ${region.name} points to has been given a value`);
  const inside = and(inExtent(region, low), inExtent(region, high));
  return low === high ? inExtent(region, low) : implies(compare("<=", low, high), inside);
}

function isOne(flag: string, indices: readonly Term[]): Formula {
  const value = indices.length === 0 ? variable(flag) : select(variable(flag), ...indices);
  return compare("==", value, integer(1));
}

/** Comparisons of pointers in annotations: within one region, and with the null pointer. */
export function comparedPointers(
  reader: Reader,
  relation: "<" | "<=" | ">" | ">=" | "==" | "!=",
  left: AcslTerm,
  right: AcslTerm,
): Formula | null {
  const a = logicPointer(reader, left);
  const b = logicPointer(reader, right);
  if (a === null || b === null) return FALSE;
  const equality = relation === "==" || relation === "!=";
  const same = a.kind === "element" && b.kind === "element" && a.region === b.region;
  if (!same && (isAbstract(reader, a, left.span) || isAbstract(reader, b, right.span))) return FALSE;
  if (equality && (a.kind === "null" || b.kind === "null")) {
    const isNull = nullity(reader.ctx, a.kind === "null" ? b : a);
    return relation === "==" ? isNull : { kind: "not", argument: isNull };
  }
  if (a.kind === "element" && b.kind === "element" && a.region === b.region)
    return compare(relation, a.offset, b.offset);
  return null;
}

function nullity(ctx: Context, pointer: LogicPointer): Formula {
  if (pointer.kind !== "element") return pointer.kind === "null" ? TRUE : FALSE;
  return isNullAt(ctx, pointer.region, pointer.offset);
}
