import { characterOf, ORDER, SYMBOLS } from "./alphabet.ts";
import { type Program, programOf } from "./regex.ts";

/** A deterministic automaton; state 0 is the start, -1 is no state. `accepting` says of which states. */
export interface Dfa {
  /** By state and symbol: `next[state * SYMBOLS + symbol]`. */
  readonly next: Int32Array;
  readonly accepting: readonly boolean[];
}

export function dfaOf(pattern: RegExp | string): Dfa {
  return determinise(programOf(pattern));
}

/** Plain language of a program, by the subset construction; priorities do not matter to it. */
export function determinise(program: Program): Dfa {
  const sets: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const intern = (threads: readonly number[]): number => {
    const set = closure(program, threads).toSorted((a, b) => a - b);
    const key = set.join(",");
    let state = known.get(key);
    if (state === undefined) {
      state = sets.push(set) - 1;
      known.set(key, state);
    }
    return state;
  };
  intern([program.start]);
  const symbols = alikeIn(program);
  const rows: Int32Array[] = [];
  for (let state = 0; state < sets.length; state += 1) {
    const row = new Int32Array(SYMBOLS).fill(-1);
    for (const alike of symbols) {
      const after = step(program, sets[state]!, alike[0]!);
      if (after.length === 0) continue;
      const to = intern(after);
      for (const symbol of alike) row[symbol] = to;
    }
    rows.push(row);
  }
  const next = new Int32Array(rows.length * SYMBOLS);
  for (const [state, row] of rows.entries()) next.set(row, state * SYMBOLS);
  return { next, accepting: sets.map((set) => set.some((at) => program.instructions[at]!.kind === "match")) };
}

/** The symbols, those together that the program nowhere tells apart. */
function alikeIn(program: Program): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  const reads = program.instructions.flatMap((one) => (one.kind === "read" ? [one.symbols] : []));
  const different = [...new Map(reads.map((set) => [[...set].join(","), set])).values()];
  for (let symbol = 0; symbol < SYMBOLS; symbol += 1) {
    const key = different.map((set) => (set.has(symbol) ? "1" : "0")).join("");
    groups.set(key, [...(groups.get(key) ?? []), symbol]);
  }
  return [...groups.values()];
}

/** The threads that read or match, in order of priority. */
function closure(program: Program, threads: readonly number[]): readonly number[] {
  const seen = new Set<number>();
  const result: number[] = [];
  const visit = (at: number): void => {
    if (seen.has(at)) return;
    seen.add(at);
    const instruction = program.instructions[at]!;
    if (instruction.kind === "split") {
      visit(instruction.first);
      visit(instruction.second);
    } else result.push(at);
  };
  for (const thread of threads) visit(thread);
  return result;
}

function step(program: Program, threads: readonly number[], symbol: number): readonly number[] {
  return threads.flatMap((at) => {
    const instruction = program.instructions[at]!;
    return instruction.kind === "read" && instruction.symbols.has(symbol) ? [instruction.next] : [];
  });
}

/**
 * A shortest text of which JavaScript matches less than the whole although all of it is in the language; null when the
 * first match is always the longest. The threads in order of priority, cut behind the first that matches, are run beside
 * the plain set of threads: the two must match at the same places.
 */
export function shorterThanLongest(pattern: RegExp | string): string | null {
  const program = programOf(pattern);
  const cut = (threads: readonly number[]): readonly number[] => {
    const live = closure(program, threads);
    const match = live.findIndex((at) => program.instructions[at]!.kind === "match");
    return match < 0 ? live : live.slice(0, match + 1);
  };
  const matched = (threads: readonly number[]) =>
    threads.some((at) => program.instructions[at]!.kind === "match");
  const seen = new Set<string>();
  const queue = [{ ordered: cut([program.start]), all: closure(program, [program.start]), text: "" }];
  for (const { ordered, all, text } of queue) {
    if (matched(all) && !matched(ordered)) return text;
    for (const symbol of ORDER) {
      const next = {
        ordered: cut(step(program, ordered, symbol)),
        all: closure(program, step(program, all, symbol)),
        text: text + characterOf(symbol),
      };
      const key = `${next.ordered.join(",")};${next.all.toSorted((a, b) => a - b).join(",")}`;
      if (next.all.length === 0 || seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return null;
}

/** The least automaton of the same language (Moore); states from which nothing is accepted are none. */
export function minimal({ next, accepting }: Dfa): Dfa {
  const count = accepting.length;
  let classes: readonly number[] = accepting.map((yes) => (yes ? 1 : 0));
  for (let size = 0; ; ) {
    const names = new Map<string, number>();
    const refined = classes.map((own, state) => {
      let key = `${own}`;
      for (let symbol = 0; symbol < SYMBOLS; symbol += 1) {
        const to = next[state * SYMBOLS + symbol]!;
        key += `,${to < 0 ? -1 : classes[to]!}`;
      }
      const known = names.get(key) ?? names.size;
      names.set(key, known);
      return known;
    });
    classes = refined;
    if (names.size === size) break;
    size = names.size;
  }
  // The start keeps number 0, since it is the first to be named.
  const size = new Set(classes).size;
  const table = new Int32Array(size * SYMBOLS).fill(-1);
  const accepts: boolean[] = Array.from({ length: size }, () => false);
  for (let state = 0; state < count; state += 1) {
    const own = classes[state]!;
    accepts[own] = accepting[state]!;
    for (let symbol = 0; symbol < SYMBOLS; symbol += 1) {
      const to = next[state * SYMBOLS + symbol]!;
      table[own * SYMBOLS + symbol] = to < 0 ? -1 : classes[to]!;
    }
  }
  return { next: table, accepting: accepts };
}

/** The least automaton of the union: of least automata the product stays small. None may be without a move. */
export function union(automata: readonly Dfa[]): Dfa {
  return automata.reduce((left, right) => minimal(product(left, right)));
}

function product(left: Dfa, right: Dfa): Dfa {
  const pairs: (readonly [number, number])[] = [[0, 0]];
  const known = new Map([["0 0", 0]]);
  const rows: number[] = [];
  const at = (automaton: Dfa, state: number, symbol: number) =>
    state < 0 ? -1 : automaton.next[state * SYMBOLS + symbol]!;
  for (const [a, b] of pairs) {
    for (let symbol = 0; symbol < SYMBOLS; symbol += 1) {
      const next = [at(left, a, symbol), at(right, b, symbol)] as const;
      const key = next.join(" ");
      if (next[0] < 0 && next[1] < 0) {
        rows.push(-1);
        continue;
      }
      if (!known.has(key)) known.set(key, pairs.push(next) - 1);
      rows.push(known.get(key)!);
    }
  }
  return {
    next: Int32Array.from(rows),
    accepting: pairs.map(([a, b]) => (a >= 0 && left.accepting[a]!) || (b >= 0 && right.accepting[b]!)),
  };
}
