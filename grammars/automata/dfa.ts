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
  const rows: Int32Array[] = [];
  for (let state = 0; state < sets.length; state += 1) {
    const row = new Int32Array(SYMBOLS).fill(-1);
    for (let symbol = 0; symbol < SYMBOLS; symbol += 1) {
      const after = step(program, sets[state]!, symbol);
      if (after.length > 0) row[symbol] = intern(after);
    }
    rows.push(row);
  }
  const next = new Int32Array(rows.length * SYMBOLS);
  rows.forEach((row, state) => next.set(row, state * SYMBOLS));
  return { next, accepting: sets.map((set) => set.some((at) => program.instructions[at]!.kind === "match")) };
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
