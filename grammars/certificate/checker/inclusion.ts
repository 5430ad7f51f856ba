import { END, type Exp, inOrder, type Letter, NONE, oneOf } from "../derive/expression.ts";
import type { Rows } from "../derive/lexer.ts";
import type { Machine, Place } from "../derive/machine.ts";

/** Lexer state, place, and the calls that wait, the innermost first. */
export interface Configuration {
  readonly lexer: number;
  readonly place: number;
  readonly calls: readonly Call[];
}
export type Call = ReadonlyMap<string, number>;

/** Whatever the decoder's rule derives, the parser reads from `from` on to one of `to`, or to what accepts at least as much. */
export interface Summary {
  readonly rule: string;
  readonly from: Configuration;
  readonly to: readonly Configuration[];
}

/** What is wrong with a closed set of summaries, or null: then the parser accepts all that the decoder's `root` derives. */
export function checkInclusion(
  decoder: ReadonlyMap<string, Exp>,
  symbols: readonly Letter[],
  rows: Rows,
  machine: Machine,
  summaries: readonly Summary[],
): string | null {
  const { places, starts, first, accept, done } = machine;
  const over = (place: number) =>
    places[place]!.ends !== null && places[place]!.tokens.size + places[place]!.calls.length === 0;
  const bottom = (call: Call | undefined) => call === undefined || [...call.values()].includes(accept);

  // A rule that can only end is ended at once, and a call after which the caller can only end is made the caller's own.
  const push = (call: Call, calls: readonly Call[]): readonly Call[] => {
    const [under, ...rest] = calls;
    if (under === undefined || bottom(under) || ![...call.values()].every(over)) return [call, ...calls];
    const returns = [...call].map(([sort, to]) => [sort, under.get(places[to]!.ends!)] as const);
    return push(new Map(returns.filter((one): one is [string, number] => one[1] !== undefined)), rest);
  };
  const settle = (lexer: number, place: number | undefined, calls: readonly Call[]): Configuration | null => {
    if (place === undefined) return null;
    if (!over(place) || bottom(calls[0])) return { lexer, place, calls };
    return settle(lexer, calls[0]!.get(places[place]!.ends!), calls.slice(1));
  };
  const parse = (
    { lexer, place: from, calls: under }: Configuration,
    token: string,
  ): Configuration | null => {
    let [place, calls]: [number | undefined, readonly Call[]] = [from, under];
    while (place !== undefined) {
      const { tokens, calls: inner, ends }: Place = places[place]!;
      const call: Place["calls"][number] | undefined = inner.find(({ rule }) => first.get(rule)!.has(token));
      if (tokens.has(token)) return settle(lexer, tokens.get(token), calls);
      if (call !== undefined) [place, calls] = [starts.get(call.rule), push(call.returns, calls)];
      else [place, calls] = [ends === null ? undefined : calls[0]?.get(ends), calls.slice(1)];
    }
    return null;
  };
  const read = (at: Configuration, symbol: Letter): Configuration | null => {
    const step = rows[at.lexer]!.get(symbol);
    return step === undefined
      ? null
      : step.out.reduce<Configuration | null>((next, token) => next && parse(next, token), {
          ...at,
          lexer: step.to,
        });
  };

  /** Whether the second accepts whatever the first does. */
  const below = (a: Configuration, b: Configuration): boolean =>
    a.place === b.place &&
    a.calls.length === b.calls.length &&
    rowBelow(a.lexer, b.lexer) &&
    a.calls.every(
      (call, index) =>
        call === b.calls[index] || [...call].every(([sort, to]) => b.calls[index]!.get(sort) === to),
    );
  const rowBelow = (a: number, b: number): boolean =>
    a === b ||
    [...rows[a]!].every(([symbol, { out, to }]) => {
      const other = rows[b]!.get(symbol);
      return other !== undefined && other.to === to && other.out.join(" ") === out.join(" ");
    });
  const bySite = Map.groupBy(summaries, ({ rule, from }) => `${rule} ${from.place}`);
  const after = (rule: string, at: Configuration): readonly (Configuration | null)[] => {
    const found = bySite
      .get(`${rule} ${at.place}`)
      ?.find(({ from }) => below(from, { ...at, calls: at.calls.slice(0, from.calls.length) }));
    if (found === undefined) return [null];
    const rest = at.calls.slice(found.from.calls.length);
    return found.to.map(({ lexer, place, calls }) =>
      settle(
        lexer,
        place,
        calls.reduceRight<readonly Call[]>((under, call) => push(call, under), rest),
      ),
    );
  };
  const walk = (body: Exp, from: Configuration, isEnd: (at: Configuration) => boolean): boolean => {
    const todo = [{ body, at: from }];
    const seen = new Set<string>();
    for (const { body, at } of todo) {
      if (body.empty && !isEnd(at)) return false;
      for (const symbol of [...symbols, ...decoder.keys()]) {
        const rest = body.after(symbol);
        if (rest === NONE) continue;
        for (const next of typeof symbol === "string" ? after(symbol, at) : [read(at, symbol)]) {
          if (next === null) return false;
          const key = JSON.stringify([rest.id, next.lexer, next.place, next.calls.map((call) => [...call])]);
          if (!seen.has(key)) todo.push({ body: rest, at: next });
          seen.add(key);
        }
      }
    }
    return true;
  };
  for (const { rule, from, to } of summaries) {
    const body = decoder.get(rule);
    if (body === undefined || !walk(body, from, (at) => to.some((one) => below(one, at))))
      return `what is said of ${rule} does not follow`;
  }
  const whole = inOrder([oneOf(new Set(["root"])), oneOf(new Set([END]))]);
  const begin = { lexer: 0, place: machine.start, calls: [new Map([[machine.sort, accept]])] };
  return walk(whole, begin, ({ place }) => place === done) ? null : "the whole text is not accepted";
}
