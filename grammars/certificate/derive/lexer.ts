import { alike, END, type Exp, type Letter, NONE } from "./expression.ts";

/** The token that the end of the text gives. */
export const LAST = "$";

/** By state and symbol, the tokens that end with it and the state behind it; no entry where the text is rejected. */
export type Rows = readonly ReadonlyMap<Letter, Step>[];
interface Step {
  readonly out: readonly string[];
  readonly to: number;
}

interface Pending {
  readonly live: readonly Exp[];
  /** The first token in order that has matched; behind it, what has been read since. */
  readonly winner: number;
  readonly tail: readonly Letter[];
}

/**
 * The lexer as a transducer, states that go on alike made one; 0 is the start. The first token in order that matches at all
 * wins with its longest match, and is given out once nothing that may still come could change it.
 */
export function lexerOf(
  tokens: readonly { readonly name: string; readonly skipped: boolean; readonly pattern: Exp }[],
  symbols: readonly Letter[],
): Rows {
  const states: (Pending | null)[] = [];
  const numbers = new Map<string, number>();
  const stateOf = (pending: Pending | null): number => {
    const key =
      pending === null
        ? "over"
        : `${pending.live.map((one) => one.key).join("\0")} ${pending.winner} ${pending.tail.join(",")}`;
    return numbers.get(key) ?? numbers.set(key, states.push(pending) - 1).get(key)!;
  };
  const goes = new Map<Exp, boolean>();
  const goesOn = (one: Exp): boolean => {
    const found = goes.get(one) ?? symbols.some((symbol) => one.after(symbol) !== NONE);
    goes.set(one, found);
    return found;
  };
  const begin: Pending = { live: tokens.map(({ pattern }) => pattern), winner: -1, tail: [] };
  const advance = (from: Pending | null, symbol: Letter): Step | null => {
    if (from === null) return null;
    if (symbol === END && from === begin) return { out: [LAST], to: stateOf(null) };
    const after = from.live.map((one) => one.after(symbol));
    const best = after.findIndex((one) => one.empty);
    const winner = best < 0 ? from.winner : best;
    const live = after.map((one, index) => (best >= 0 && index > best ? NONE : one));
    const tail = best >= 0 || winner < 0 ? [] : [...from.tail, symbol];
    if (live.some(goesOn)) return { out: [], to: stateOf({ live, winner, tail }) };
    if (winner < 0) return null;
    // The winner is a token; what was read behind it begins the next.
    const { name, skipped } = tokens[winner]!;
    let step: Step | null = { out: skipped ? [] : [name], to: stateOf(begin) };
    for (const read of tail) {
      const next: Step | null = advance(states[step!.to]!, read);
      if (next === null) return null;
      step = { out: [...step!.out, ...next.out], to: next.to };
    }
    return step;
  };
  stateOf(begin);
  const rows: Map<Letter, Step>[] = [];
  for (let state = 0; state < states.length && state < 50_000; state += 1) {
    const steps = symbols.map((symbol) => [symbol, advance(states[state]!, symbol)] as const);
    rows.push(new Map(steps.flatMap(([symbol, step]) => (step === null ? [] : [[symbol, step]]))));
  }
  const same = alike(rows.length, (state, nameOf) =>
    [...rows[state]!].map(([symbol, { out, to }]) => `${symbol}>${out.join(" ")}>${nameOf(to)}`).join(";"),
  );
  return rows.map(
    (row) => new Map([...row].map(([symbol, { out, to }]) => [symbol, { out, to: same[to]! }])),
  );
}
