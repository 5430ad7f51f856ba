/** A small repeatable source of numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Uniform integer in [low, high], both safe integers; `high >= low`. */
  between(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, period 2³². */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const unit = (): number => word() / 0x1_0000_0000;
  // Two words: one alone would leave gaps in ranges wider than 2³².
  const fine = (): number => (word() * 0x20_0000 + (word() >>> 11)) / 0x20_0000_0000_0000;
  const between = (low: number, high: number): number => {
    const size = high - low + 1;
    return Math.min(high, low + Math.floor((size > 0x1_0000_0000 ? fine() : unit()) * size));
  };
  return {
    unit,
    between,
    chance: (probability) => unit() < probability,
    pick: (list) => list[between(0, list.length - 1)]!,
  };
}
