import type { AcslTerm } from "../../../grammars/acsl/tree.ts";
import {
  and,
  compare,
  FALSE,
  type Formula,
  implies,
  integer,
  not,
  or,
  quantified,
  select,
  type Term,
  TRUE,
  variable,
} from "../term.ts";
import { inExtent } from "./access.ts";
import {
  claimed,
  failed,
  isAbstract,
  type Locations,
  logicLocations,
  nobodyKnows,
  plus,
  pointerTo,
} from "./logic-memory.ts";
import { type LogicPlace, logicLeaf, logicPlaces } from "./logic-place.ts";
import { inVariable } from "./memory-claims.ts";
import type { Target } from "./pointed.ts";
import { namesIn, type Reader } from "./reader.ts";
import type { Region } from "./region.ts";

/** \initialized of locations: what is not tracked has been given a value. */
export function initialisation(reader: Reader, terms: readonly AcslTerm[]): Formula {
  return and(...terms.map((term) => initialisedAt(reader, term)));
}

function initialisedAt(reader: Reader, term: AcslTerm): Formula {
  const places = term.kind === "address" ? logicPlaces(reader, term.argument) : null;
  const about = places === null ? logicLocations(reader, term)?.pointer : null;
  if (about && isAbstract(reader, about, term.span)) return FALSE;
  if (places?.some(({ located }) => located.kind === "place" && located.place.region.abstract)) {
    isAbstract(reader, pointerTo(regionIn(places)!), term.span);
    return FALSE;
  }
  const parts = places?.map(({ guard, located }) => {
    const leaf = located.kind === "place" ? logicLeaf(located.place) : null;
    return leaf && located.kind === "place" ? { guard, place: located.place, leaf } : null;
  });
  if (parts !== undefined && parts.length > 0 && parts.every((one) => one !== null))
    return or(
      and(not(or(...parts.map(({ guard }) => guard))), nobodyKnows(reader.ctx)),
      ...parts.map(({ guard, place, leaf: { leaf, indices } }) => {
        const offset = place.offset ?? integer(0);
        const set =
          leaf.written === null
            ? given(reader, place.region, offset, offset)
            : isSet(reader, leaf.written.name, indices, term);
        return and(guard, set);
      }),
    );
  const found = logicLocations(reader, term);
  if (found === null) return FALSE;
  return claimed(reader, found.pointer, (target) =>
    locationsSet(reader, { ...found, pointer: target }, term),
  );
}

function regionIn(places: readonly LogicPlace[]): Region | null {
  const found = places.flatMap(({ located }) => (located.kind === "place" ? [located.place.region] : []));
  return found.find(({ abstract }) => abstract) ?? null;
}

function locationsSet(
  reader: Reader,
  { pointer, path, low: first, high: last }: Locations & { readonly pointer: Target },
  term: AcslTerm,
): Formula {
  if (pointer.kind === "null") return FALSE;
  if (pointer.kind === "variable") {
    const { flag } = pointer.entity;
    const inside = inVariable({ pointer, low: first, high: last });
    return and(inside, ...(flag === null ? [] : [isSet(reader, flag, [], term)]));
  }
  const { region, offset } = pointer;
  const flags = [...region.leaves.values()].flatMap((leaf) => leaf.written ?? []);
  if (flags.length === 0) {
    if (first === null || last === null) return failed(reader, term) ?? FALSE;
    return given(reader, region, plus(offset, first), plus(offset, last));
  }
  if (region.single && path === undefined && first !== null && first === last) {
    const all = flags.map((flag) => flag.array === undefined && isSet(reader, flag.name, [], term));
    if (!all.includes(false))
      return and(inExtent(region, plus(offset, first)), ...all.filter((one) => one !== false));
  }
  if (flags.some((flag) => flag.array?.sizes.length !== 1) || first === null || last === null) {
    reader.ctx.unsupported("\\initialized is supported for elements of plain arrays only", term.span);
    return FALSE;
  }
  if (first === last)
    return and(...flags.map((flag) => isSet(reader, flag.name, [plus(offset, first)], term)));
  const [low, high] = [plus(offset, first), plus(offset, last)];
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
