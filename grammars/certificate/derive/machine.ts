import { alike, type Exp, either, inOrder, type Letter, NONE, oneOf, times } from "./expression.ts";
import { LAST } from "./lexer.ts";

/** Chevrotain's serialised grammar, and how trees are sorted: parts of a grammar file. */
export interface Production {
  readonly type: string;
  readonly name: string;
  readonly idx: number;
  readonly definition: readonly Production[];
}
export type Sorting =
  | { readonly kind: "joins"; readonly of: string; readonly gives: string }
  | {
      readonly kind: "prefixes";
      readonly operators: Readonly<Record<string, { readonly of: string; readonly gives: string }>>;
    }
  | { readonly kind: "record"; readonly gives: string; readonly needs: Readonly<Record<string, string>> };

/** Where the parser is in a rule: what may come, and where it then is. `returns` goes by the sort of the tree. */
export interface Place {
  readonly tokens: ReadonlyMap<string, number>;
  readonly calls: readonly { readonly rule: string; readonly returns: ReadonlyMap<string, number> }[];
  readonly ends: string | null;
}

export interface Machine {
  readonly places: readonly Place[];
  /** Where a text begins, and the sort that its tree must have. */
  readonly start: number;
  readonly sort: string;
  readonly starts: ReadonlyMap<string, number>;
  readonly first: ReadonlyMap<string, ReadonlySet<string>>;
  /** Behind the whole text, and behind its end. */
  readonly accept: number;
  readonly done: number;
}

/** A rule half read: what may come, and what is known of the operands. Null is ill-sorted. */
type Known = readonly [needs: string | null, gives: string, operands: number];

function afterToken(sorting: Sorting, known: Known, token: string): Known | null {
  const operator = sorting.kind === "prefixes" ? sorting.operators[token] : undefined;
  if (operator === undefined) return known;
  if (known[0] === null) return [operator.of, operator.gives, 0];
  return known[0] === operator.gives ? [operator.of, known[1], 0] : null;
}

function afterTree(
  sorting: Sorting,
  [needs, gives, operands]: Known,
  sort: string,
  index: string,
): Known | null {
  if (sorting.kind === "record")
    return (sorting.needs[index] ?? sort) === sort ? [null, sorting.gives, 0] : null;
  if (sorting.kind === "prefixes")
    return needs === null ? [null, sort, 1] : needs === sort ? [null, gives, 1] : null;
  if (operands === 0) return [null, sort, 1];
  // The sort of the first of several was not asked for while it might have been the only one.
  return sort === sorting.of && (operands > 1 || gives === sort) ? [null, sorting.gives, 2] : null;
}

function bodyOf({ type, name, idx, definition }: Production, seen: Set<string>): Exp {
  const inner = () => definition.map((item) => bodyOf(item, seen));
  if (type === "Terminal" || type === "NonTerminal") {
    const leaf = type === "Terminal" ? name : `${name} ${idx}`;
    seen.add(leaf);
    return oneOf(new Set<Letter>([leaf]));
  }
  if (type === "Alternation") return either(inner());
  if (type === "Option") return times(inOrder(inner()), 0, 1);
  if (type === "Repetition" || type === "RepetitionMandatory")
    return times(inOrder(inner()), type === "Repetition" ? 0 : 1, Infinity);
  if (["Rule", "Alternative", "Flat"].includes(type)) return inOrder(inner());
  throw new Error(`a ${type} is not known`);
}

export function machineOf(
  productions: readonly Production[],
  sorts: Readonly<Record<string, Sorting>>,
  start: string,
  sort: string,
): Machine {
  const all = new Set<string>([sort]);
  for (const one of Object.values(sorts)) {
    if (one.kind !== "prefixes") all.add(one.gives);
    for (const { of, gives } of one.kind === "prefixes" ? Object.values(one.operators) : [])
      all.add(of).add(gives);
  }
  const places: Place[] = [
    { tokens: new Map([[LAST, 1]]), calls: [], ends: null },
    { tokens: new Map(), calls: [], ends: LAST },
  ];
  const starts = new Map<string, number>();
  for (const production of productions) {
    const sorting = sorts[production.name]!;
    const leaves = new Set<string>();
    const pending: { readonly body: Exp; readonly known: Known }[] = [];
    const numbers = new Map<string, number>();
    const base = places.length;
    const placeOf = (body: Exp, known: Known | null): number[] => {
      if (body === NONE || known === null) return [];
      const key = `${body.key} ${JSON.stringify(known)}`;
      return [base + (numbers.get(key) ?? numbers.set(key, pending.push({ body, known }) - 1).get(key)!)];
    };
    starts.set(production.name, placeOf(bodyOf({ ...production, type: "Rule" }, leaves), [null, "", 0])[0]!);
    for (const { body, known } of pending) {
      const tokens = new Map<string, number>();
      const calls: Place["calls"][number][] = [];
      for (const leaf of leaves) {
        const [rule, index] = leaf.split(" ") as [string, string?];
        const after = body.after(leaf);
        if (index === undefined)
          for (const to of placeOf(after, afterToken(sorting, known, rule))) tokens.set(rule, to);
        else if (after !== NONE) {
          const returns = [...all].flatMap((one) =>
            placeOf(after, afterTree(sorting, known, one, index)).map((to) => [one, to] as const),
          );
          calls.push({ rule, returns: new Map(returns) });
        }
      }
      const gives = sorting.kind === "record" ? sorting.gives : known[1];
      places.push({ tokens, calls, ends: body.empty ? gives : null });
    }
  }
  for (const place of starts.values())
    if (places[place]!.ends !== null) throw new Error("a rule derives the empty text");
  const first = new Map([...starts.keys()].map((rule) => [rule, new Set<string>()] as const));
  const options = ({ tokens, calls }: Place) => [
    ...tokens.keys(),
    ...calls.flatMap(({ rule }) => [...first.get(rule)!]),
  ];
  for (let round = 0; round < first.size; round += 1)
    for (const [rule, place] of starts)
      for (const token of options(places[place]!)) first.get(rule)!.add(token);
  for (const place of places)
    if (new Set(options(place)).size < options(place).length)
      throw new Error("one token does not tell the parser what to do");
  const row = ({ tokens, calls, ends }: Place, nameOf: (to: number) => number) =>
    JSON.stringify([
      [...tokens].map(([token, to]) => [token, nameOf(to)]),
      calls.map(({ rule, returns }) => [rule, [...returns].map(([one, to]) => [one, nameOf(to)])]),
      ends,
    ]);
  const same = alike(places.length, (place, nameOf) => row(places[place]!, nameOf));
  const name = (map: ReadonlyMap<string, number>) => new Map([...map].map(([key, to]) => [key, same[to]!]));
  const named = places.map(({ tokens, calls, ends }) => ({
    tokens: name(tokens),
    calls: calls.map(({ rule, returns }) => ({ rule, returns: name(returns) })),
    ends,
  }));
  return {
    places: named,
    start: same[starts.get(start)!]!,
    sort,
    starts: name(starts),
    first,
    accept: 0,
    done: 1,
  };
}
