import type { AcslTerm } from "../../../grammars/acsl/tree.ts";
import { and, compare, FALSE, type Formula, implies, integer, or, TRUE } from "../term.ts";
import { inExtent, mayWrite } from "./access.ts";
import { required } from "./aliasing.ts";
import type { Context } from "./context.ts";
import { claimed, isAbstract, type Locations, logicLocations, nobodyKnows, plus } from "./logic-memory.ts";
import { elementsOf, known, pairs, type Target } from "./pointed.ts";
import { elementFor } from "./pointer-variable.ts";
import type { Reader } from "./reader.ts";
import type { Region } from "./region.ts";
import { noteApart } from "./separation.ts";

/** \valid and \valid_read of locations. */
export function validity(reader: Reader, terms: readonly AcslTerm[], writes: boolean): Formula {
  return and(...terms.map((term) => validAt(reader, term, writes)));
}

function validAt(reader: Reader, term: AcslTerm, writes: boolean): Formula {
  const found = logicLocations(reader, term);
  if (found === null || found.pointer.kind === "null") return FALSE;
  if (found.pointer.kind === "variable")
    return writes && found.pointer.entity.constant ? isEmpty(found) : inVariable(found);
  if (isAbstract(reader, found.pointer, term.span)) return FALSE;
  if (found.path !== undefined && elementsOf(found.pointer).some(({ region }) => region.bounds !== null)) {
    reader.ctx.unsupported(
      `\`${reader.ctx.text(term.span)}\` is a part of an object, and memory is counted in whole objects here; name the object`,
      term.span,
    );
    return FALSE;
  }
  const { low, high } = found;
  if (low === null || high === null) {
    reader.ctx.unsupported("\\valid needs both ends of a range; write them", term.span);
    return FALSE;
  }
  const valid = claimed(reader, found.pointer, (given) => {
    const target = elementFor(reader.ctx, given);
    if (target.kind === "null") return FALSE;
    const { region, offset } = target;
    const may = writes ? [mayWrite(region)] : [];
    if (low === high) return and(inExtent(region, plus(offset, low)), ...may);
    return and(inExtent(region, plus(offset, low)), inExtent(region, plus(offset, high)), ...may);
  });
  return low === high ? valid : implies(compare("<=", low, high), valid);
}

/** That a set of locations is empty. */
function isEmpty({ low, high }: Locations): Formula {
  return low === null || high === null || low === high ? FALSE : compare(">", low, high);
}

/** That locations are the variable itself, and nothing beside it; or none at all. */
export function inVariable({ low, high }: Locations): Formula {
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
  const ends = [first.low, first.high, second.low, second.high];
  const all = pairs(first.pointer, second.pointer).map(({ guard, first: a, second: b }) => ({
    guard,
    apart: areApart(
      reader.ctx,
      { ...first, pointer: a },
      { ...second, pointer: b },
      {
        open: ends.includes(null),
        isDemanded,
      },
    ),
  }));
  // What leads to memory elsewhere may lead to the other's.
  const told = or(and(known(first.pointer), known(second.pointer)), nobodyKnows(reader.ctx));
  return and(told, ...all.map((one) => implies(one.guard, one.apart)));
}

function areApart(
  ctx: Context,
  first: Locations & { readonly pointer: Target },
  second: Locations & { readonly pointer: Target },
  { open, isDemanded }: { readonly open: boolean; readonly isDemanded: boolean },
): Formula {
  const [a, b] = [elementFor(ctx, first.pointer), elementFor(ctx, second.pointer)];
  if (a.kind === "null" || b.kind === "null") return TRUE;
  const [mine, yours] = [namesOf(a.region), namesOf(b.region)];
  if (!mine.some((name) => yours.includes(name))) {
    if (!isDemanded) noteApart(ctx, a.region, b.region);
    return TRUE;
  }
  if (differ(first.path ?? "", second.path ?? "")) return TRUE;
  if (open) return FALSE;
  const [low1, high1] = [plus(a.offset, first.low!), plus(a.offset, first.high!)];
  const [low2, high2] = [plus(b.offset, second.low!), plus(b.offset, second.high!)];
  return or(
    compare("<", high1, low1),
    compare("<", high2, low2),
    compare("<", high1, low2),
    compare("<", high2, low1),
  );
}

/** Variables that hold a region: one may be seen as a variable here and as an object there. */
function namesOf(region: Region): string[] {
  return [...region.leaves.values()].map((leaf) => leaf.variable.name);
}

/** True when neither part holds the other. */
function differ(first: string, second: string): boolean {
  return !`${first}.`.startsWith(`${second}.`) && !`${second}.`.startsWith(`${first}.`);
}
