import type { ISerializedGast } from "chevrotain";
import { placesOf } from "./places.ts";
import type { SortRule } from "./sorts.ts";

/** Chevrotain's grammar as its live parser gives it out (`getSerializedGastProductions`): plain data. */
export type Productions = readonly ISerializedGast[];

/** Where a parser is within one rule, and what it knows of the sorts there. */
export interface Place {
  readonly id: number;
  readonly rule: string;
  readonly tokens: ReadonlyMap<string, Place>;
  readonly calls: readonly Call[];
  /** The sort of the tree if the rule ends here; null where it does not. */
  readonly ends: string | null;
}

export interface Call {
  readonly rule: string;
  /** Where the parser goes on, by the sort of the tree that it gets; ill-sorted ones are missing. */
  readonly returns: ReadonlyMap<string, Place>;
}

/** The parser as a pushdown machine with a place for each rule that is open. It looks one token ahead. */
export interface Machine {
  readonly start: string;
  readonly sort: string;
  readonly starts: ReadonlyMap<string, Place>;
  /** Tokens that a rule may begin with. */
  readonly first: ReadonlyMap<string, ReadonlySet<string>>;
  readonly follow: ReadonlyMap<string, ReadonlySet<string>>;
  readonly places: readonly Place[];
}

export const END = "end of text";

/** Builds the machine of a live parser's productions. */
export function machineOf(
  productions: Productions,
  sorts: Readonly<Record<string, SortRule>>,
  { start, sort }: { readonly start: string; readonly sort: string },
): Machine {
  const all = new Set(
    Object.values(sorts)
      .flatMap((rule) => sortsIn(rule))
      .filter((name) => name !== ""),
  );
  const places: Place[] = [];
  const starts = new Map<string, Place>();
  for (const production of productions) {
    const rule = (production as unknown as { readonly name: string }).name;
    starts.set(rule, placesOf(production, sorts[rule]!, all, places));
  }
  const first = firsts(starts);
  return { start, sort, starts, places, first, follow: follows(start, starts, places, first) };
}

function sortsIn(rule: SortRule): readonly string[] {
  switch (rule.kind) {
    case "joins":
      return [rule.of, rule.gives];
    case "prefixes":
      return Object.values(rule.operators).flatMap(({ of, gives }) => [of, gives]);
    case "record":
      return [rule.gives];
  }
}

function firsts(starts: ReadonlyMap<string, Place>): Map<string, Set<string>> {
  const first = new Map([...starts.keys()].map((rule) => [rule, new Set<string>()] as const));
  for (let grown = true; grown; ) {
    grown = false;
    for (const [rule, start] of starts) {
      if (start.ends !== null)
        throw new Error(`rule ${rule} derives the empty text, which the proofs do not model`);
      const known = first.get(rule)!;
      const before = known.size;
      for (const token of start.tokens.keys()) known.add(token);
      for (const call of start.calls) for (const token of first.get(call.rule)!) known.add(token);
      if (known.size > before) grown = true;
    }
  }
  return first;
}

function follows(
  start: string,
  starts: ReadonlyMap<string, Place>,
  places: readonly Place[],
  first: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, Set<string>> {
  const follow = new Map([...starts.keys()].map((rule) => [rule, new Set<string>()] as const));
  follow.get(start)!.add(END);
  for (let grown = true; grown; ) {
    grown = false;
    for (const place of places) {
      for (const call of place.calls) {
        const known = follow.get(call.rule)!;
        const before = known.size;
        for (const next of call.returns.values()) {
          for (const token of next.tokens.keys()) known.add(token);
          for (const inner of next.calls) for (const token of first.get(inner.rule)!) known.add(token);
          if (next.ends !== null) for (const token of follow.get(next.rule)!) known.add(token);
        }
        if (known.size > before) grown = true;
      }
    }
  }
  return follow;
}
