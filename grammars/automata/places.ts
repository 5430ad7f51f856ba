import type { ISerializedGast } from "chevrotain";
import type { Place } from "./machine.ts";
import { type Attribute, afterOperand, afterToken, NO_OPERANDS, resultOf, type SortRule } from "./sorts.ts";

type Symbol = { readonly token: string } | { readonly rule: string; readonly index: number };

interface Nfa {
  readonly edges: (readonly { readonly symbol: Symbol | null; readonly to: number }[])[];
  readonly start: number;
  readonly end: number;
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

/**
 * The deterministic automaton of one rule, its states told apart by what is known of the sorts as well; minimised. Adds its
 * places to all, and gives the one that the rule begins at.
 */
export function placesOf(
  production: ISerializedGast,
  sorts: SortRule,
  all: ReadonlySet<string>,
  places: Place[],
): Place {
  const { name: rule } = production as unknown as { readonly name: string };
  const nfa = nfaOf(production);
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
