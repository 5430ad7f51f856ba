import type { ISerializedGast } from "chevrotain";
import { type Attribute, afterOperand, afterToken, NO_OPERANDS, resultOf, type SortRule } from "./sorts.ts";

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

type Symbol = { readonly token: string } | { readonly rule: string; readonly index: number };

interface Nfa {
  readonly edges: (readonly { readonly symbol: Symbol | null; readonly to: number }[])[];
  readonly start: number;
  readonly end: number;
}

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
    starts.set(rule, placesOf(rule, nfaOf(production), sorts[rule]!, all, places));
  }
  const first = firsts(starts, places);
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

function nfaOf(production: ISerializedGast): Nfa {
  const edges: { symbol: Symbol | null; to: number }[][] = [];
  const state = (): number => edges.push([]) - 1;
  const link = (from: number, symbol: Symbol | null, to: number): void => {
    edges[from]!.push({ symbol, to });
  };
  const sequence = (items: readonly ISerializedGast[], from: number): number =>
    items.reduce((at, item) => piece(item, at), from);
  const piece = (item: ISerializedGast, from: number): number => {
    const node = item as unknown as {
      readonly type: string;
      readonly name: string;
      readonly idx: number;
      readonly definition: readonly ISerializedGast[];
    };
    const to = state();
    switch (node.type) {
      case "Terminal":
        link(from, { token: node.name }, to);
        return to;
      case "NonTerminal":
        link(from, { rule: node.name, index: node.idx }, to);
        return to;
      case "Alternation":
        for (const alternative of node.definition) link(piece(alternative, from), null, to);
        return to;
      case "Alternative":
      case "Flat":
        link(sequence(node.definition, from), null, to);
        return to;
      case "Option":
        link(sequence(node.definition, from), null, to);
        link(from, null, to);
        return to;
      case "Repetition":
      case "RepetitionMandatory": {
        // Its own state to come back to, so that nothing else can enter the loop.
        const loop = state();
        link(from, null, loop);
        const end = sequence(node.definition, loop);
        link(end, null, loop);
        link(node.type === "Repetition" ? loop : end, null, to);
        return to;
      }
      default:
        throw new Error(`the parser's grammar has a ${node.type}, which the proofs do not model`);
    }
  };
  const start = state();
  const end = sequence(
    (production as unknown as { definition: readonly ISerializedGast[] }).definition,
    start,
  );
  return { edges, start, end };
}

/** The deterministic automaton of one rule, its states told apart by what is known of the sorts as well; minimised. */
function placesOf(rule: string, nfa: Nfa, sorts: SortRule, all: ReadonlySet<string>, places: Place[]): Place {
  interface Draft {
    readonly tokens: Map<string, number>;
    readonly calls: Map<string, Map<string, number>>;
    readonly ends: string | null;
  }
  const drafts: Draft[] = [];
  const known = new Map<string, number>();
  const pending: { readonly states: readonly number[]; readonly attribute: Attribute }[] = [];
  const intern = (from: readonly number[], attribute: Attribute): number => {
    const states = closed(nfa, from);
    const key = `${states.join(",")} ${attribute}`;
    let id = known.get(key);
    if (id === undefined) {
      id = pending.push({ states, attribute }) - 1;
      known.set(key, id);
    }
    return id;
  };
  intern([nfa.start], NO_OPERANDS);
  for (let id = 0; id < pending.length; id += 1) {
    const { states, attribute } = pending[id]!;
    const draft: Draft = {
      tokens: new Map(),
      calls: new Map(),
      ends: states.includes(nfa.end) ? resultOf(sorts, attribute) : null,
    };
    drafts.push(draft);
    const byToken = new Map<string, number[]>();
    const byCall = new Map<string, number[]>();
    for (const from of states) {
      for (const { symbol, to } of nfa.edges[from]!) {
        if (symbol === null) continue;
        const [map, key] =
          "token" in symbol ? [byToken, symbol.token] : [byCall, `${symbol.index} ${symbol.rule}`];
        map.set(key, [...(map.get(key) ?? []), to]);
      }
    }
    for (const [token, to] of byToken)
      draft.tokens.set(token, intern(to, afterToken(sorts, attribute, token)));
    for (const [key, to] of byCall) {
      const [index, name] = key.split(" ") as [string, string];
      const returns = new Map<string, number>();
      for (const sort of all) {
        const after = afterOperand(sorts, attribute, sort, Number(index));
        if (after !== null) returns.set(sort, intern(to, after));
      }
      // Two references to one rule at one place cannot be told apart; prediction.ts reports that.
      draft.calls.set(draft.calls.has(name) ? `${name} ${index}` : name, returns);
    }
  }
  const classes = minimise(drafts);
  const made = new Map<number, { -readonly [K in keyof Place]: Place[K] }>();
  for (const id of new Set(classes)) {
    const place = { id: places.length, rule, tokens: new Map(), calls: [], ends: null };
    made.set(id, place);
    places.push(place);
  }
  drafts.forEach((draft, index) => {
    const place = made.get(classes[index]!)!;
    const at = (target: number) => made.get(classes[target]!)!;
    place.tokens = new Map([...draft.tokens].map(([token, to]) => [token, at(to)]));
    place.calls = [...draft.calls].map(([name, returns]) => ({
      rule: name.split(" ")[0]!,
      returns: new Map([...returns].map(([sort, to]) => [sort, at(to)])),
    }));
    place.ends = draft.ends;
  });
  return made.get(classes[0]!)!;
}

function closed(nfa: Nfa, from: readonly number[]): readonly number[] {
  const seen = new Set(from);
  for (const state of seen) for (const { symbol, to } of nfa.edges[state]!) if (symbol === null) seen.add(to);
  return [...seen].toSorted((a, b) => a - b);
}

/** Moore's algorithm: the number of each state's class. */
function minimise(
  drafts: readonly {
    readonly tokens: ReadonlyMap<string, number>;
    readonly calls: ReadonlyMap<string, ReadonlyMap<string, number>>;
    readonly ends: string | null;
  }[],
): readonly number[] {
  let classes: readonly number[] = drafts.map(() => 0);
  for (let count = 0; ; ) {
    const names = new Map<string, number>();
    const next = drafts.map(({ tokens, calls, ends }, index) => {
      const edges = [...tokens].map(([token, to]) => `${token}>${classes[to]}`);
      const jumps = [...calls].flatMap(([rule, returns]) => [
        `${rule}!`,
        ...[...returns].map(([sort, to]) => `${rule}:${sort}>${classes[to]}`),
      ]);
      const key = [classes[index], ends, ...edges.toSorted(), ...jumps.toSorted()].join(" ");
      if (!names.has(key)) names.set(key, names.size);
      return names.get(key)!;
    });
    if (names.size === count) return classes;
    count = names.size;
    classes = next;
  }
}

function firsts(starts: ReadonlyMap<string, Place>, places: readonly Place[]): Map<string, Set<string>> {
  const first = new Map([...starts.keys()].map((rule) => [rule, new Set<string>()] as const));
  void places;
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

/**
 * Where one token does not tell the machine what to do, for alternatives as for every optional and repeated part: strong
 * LL(1), by our own FIRST and FOLLOW over the places of the live parser. Empty when it always does.
 */
export function conflicts(machine: Machine): readonly string[] {
  const problems = new Set<string>();
  for (const place of machine.places) {
    const seen = new Map<string, string>();
    const claim = (tokens: Iterable<string>, what: string): void => {
      for (const token of tokens) {
        const other = seen.get(token);
        if (other !== undefined)
          problems.add(`rule ${place.rule}: at ${token} both ${other} and ${what} may come`);
        seen.set(token, what);
      }
    };
    claim(place.tokens.keys(), "the token");
    for (const call of place.calls) claim(machine.first.get(call.rule)!, call.rule);
    if (place.ends !== null) claim(machine.follow.get(place.rule)!, "the end of the rule");
  }
  return [...problems];
}

/** Rules that the start does not reach, and rules that derive no finite text. */
export function useless(machine: Machine): readonly string[] {
  const reached = new Set([machine.start]);
  const callsOf = (rule: string) =>
    machine.places.filter((place) => place.rule === rule).flatMap(({ calls }) => calls);
  for (const rule of reached) for (const call of callsOf(rule)) reached.add(call.rule);
  const productive = new Set<Place>();
  const done = (rule: string) => productive.has(machine.starts.get(rule)!);
  for (let grown = true; grown; ) {
    grown = false;
    for (const place of machine.places) {
      if (productive.has(place)) continue;
      const yes =
        place.ends !== null ||
        [...place.tokens.values()].some((next) => productive.has(next)) ||
        place.calls.some(
          (call) => done(call.rule) && [...call.returns.values()].some((next) => productive.has(next)),
        );
      if (yes) {
        productive.add(place);
        grown = true;
      }
    }
  }
  return [
    ...[...machine.starts.keys()]
      .filter((rule) => !reached.has(rule))
      .map((rule) => `rule ${rule} cannot be reached`),
    ...[...machine.starts.keys()]
      .filter((rule) => !done(rule))
      .map((rule) => `rule ${rule} derives no finite text`),
  ];
}

/**
 * A call that waits for its rule to end, as the places where the parser then goes on, by the sort of the tree; null at the
 * very bottom. Shared and numbered, as stacks are.
 */
export interface Frame {
  readonly id: number;
  readonly returns: ReadonlyMap<string, Place> | null;
  readonly below: Frame | null;
}

/**
 * What the parser still has to do: the place it is at, and the calls that wait. Where `below` ends without a bottom, only
 * the upper part of a stack is known.
 */
export interface Stack {
  readonly id: number;
  readonly place: Place;
  readonly below: Frame | null;
}

/** The parser would have to know more of the stack than is given. */
export const MORE = Symbol("more of the stack");

/**
 * A run of the machine over tokens, one at a time. Where a rule can only end, it is ended at once, and a call after which
 * the caller can only end is made the caller's own: that changes nothing of what is accepted, and keeps stacks few.
 */
export class Run {
  readonly machine: Machine;
  readonly initial: Stack;
  readonly #stacks = new Map<string, Stack>();
  readonly #frames = new Map<string, Frame>();
  readonly #steps = new Map<Stack, Map<string, Stack | null | typeof MORE>>();

  constructor(machine: Machine) {
    this.machine = machine;
    this.initial = this.#plain(machine.starts.get(machine.start)!, this.frame(null, null));
  }

  /** How many stacks were met. */
  get size(): number {
    return this.#stacks.size;
  }

  /** Null: the parser rejects here, for the token or for a sort. */
  step(stack: Stack, token: string): Stack | null | typeof MORE {
    let row = this.#steps.get(stack);
    if (row === undefined) {
      row = new Map();
      this.#steps.set(stack, row);
    }
    let found = row.get(token);
    if (found === undefined) {
      found = this.#advance(stack, token);
      row.set(token, found);
    }
    return found;
  }

  /** Whether the parser accepts when the text ends here; the whole stack must be given. */
  accepts(stack: Stack): boolean {
    let { place, below } = stack;
    for (;;) {
      if (place.ends === null) return false;
      if (below!.returns === null) return place.ends === this.machine.sort;
      const next = below!.returns.get(place.ends);
      if (next === undefined) return false;
      place = next;
      below = below!.below;
    }
  }

  /** The stack with that place on top, or null where its rule ends with a sort that the caller has no use for. */
  stack(place: Place, below: Frame | null): Stack | null {
    let at = place;
    let rest = below;
    while (isOver(at) && rest !== null && rest.returns !== null) {
      const next = rest.returns.get(at.ends!);
      if (next === undefined) return null;
      at = next;
      rest = rest.below;
    }
    return this.#plain(at, rest);
  }

  frame(returns: ReadonlyMap<string, Place> | null, below: Frame | null): Frame {
    if (returns !== null && below !== null && below.returns !== null && [...returns.values()].every(isOver)) {
      const under = below.returns;
      const composed = [...returns].flatMap(([sort, place]): [string, Place][] => {
        const next = under.get(place.ends!);
        return next === undefined ? [] : [[sort, next]];
      });
      return this.frame(new Map(composed), below.below);
    }
    const edges =
      returns === null
        ? "-"
        : [...returns]
            .map(([sort, place]) => `${sort}>${place.id}`)
            .toSorted()
            .join(",");
    const key = `${edges} ${below?.id ?? ""}`;
    let frame = this.#frames.get(key);
    if (frame === undefined) {
      frame = { id: this.#frames.size, returns, below };
      this.#frames.set(key, frame);
    }
    return frame;
  }

  /**
   * Whether a parser with the second stack accepts whatever one with the first does, seen call by call: the places are the
   * same, and the calls of the second go on from every sort from which those of the first do, at the same place.
   */
  weaker(left: Stack, right: Stack): boolean {
    if (left.place !== right.place) return false;
    let [a, b] = [left.below, right.below];
    for (; a !== null && b !== null && a !== b; a = a.below, b = b.below) {
      if (a.returns === b.returns) continue;
      if (a.returns === null || b.returns === null) return false;
      for (const [sort, place] of a.returns) if (b.returns.get(sort) !== place) return false;
    }
    return a === b;
  }

  #plain(place: Place, below: Frame | null): Stack {
    const key = `${place.id} ${below?.id ?? ""}`;
    let stack = this.#stacks.get(key);
    if (stack === undefined) {
      stack = { id: this.#stacks.size, place, below };
      this.#stacks.set(key, stack);
    }
    return stack;
  }

  #advance({ place: from, below: under }: Stack, token: string): Stack | null | typeof MORE {
    let place: Place | undefined = from;
    let below = under;
    while (place !== undefined) {
      const next = place.tokens.get(token);
      if (next !== undefined) return this.stack(next, below);
      const call: Call | undefined = place.calls.find(({ rule }) => this.machine.first.get(rule)!.has(token));
      if (call !== undefined) {
        below = this.frame(call.returns, below);
        place = this.machine.starts.get(call.rule)!;
      } else if (place.ends === null) return null;
      else if (below === null) return MORE;
      else if (below.returns === null) return null;
      else {
        place = below.returns.get(place.ends);
        below = below.below;
      }
    }
    return null;
  }
}

/** Whether a rule can do nothing but end here. */
function isOver(place: Place): boolean {
  return place.ends !== null && place.tokens.size === 0 && place.calls.length === 0;
}
