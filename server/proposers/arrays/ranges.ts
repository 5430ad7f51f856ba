import type { Term } from "../../program/term.ts";
import type { Snapshots } from "./snapshots.ts";

/** Indices from one term to another: `low <= k < high`. */
export interface Range {
  readonly low: Term;
  readonly high: Term;
  /** By state, the first index and the one behind the last. */
  readonly ends: readonly (readonly [number, number])[];
}

/** A statement that fewer states than this say anything of, or a smaller part of them, is an accident. */
const LEAST_EVIDENCE = 6;
const LEAST_PART = 0.12;

export function isEvident(states: number, all: number): boolean {
  return states >= LEAST_EVIDENCE && states >= all * LEAST_PART;
}

/**
 * Ranges between two of a loop's terms, told apart by what they are in the states met, the largest first: what holds of one need
 * not be asked of its parts. Those that are mostly empty or never more than one element are left out.
 */
export function rangesBetween(
  snapshots: Snapshots,
  lows: readonly Term[],
  highs: readonly Term[],
): readonly Range[] {
  const values = new Map<Term, readonly number[] | null>();
  for (const term of [...lows, ...highs]) if (!values.has(term)) values.set(term, snapshots.term(term));
  const distinct = new Map<string, Range>();
  for (const low of lows)
    for (const high of highs) {
      const [from, to] = [values.get(low), values.get(high)];
      if (low === high || !from || !to) continue;
      const ends = from.map((one, row) => [one, Math.max(one, to[row]!)] as const);
      if (!isEvident(ends.filter(([start, end]) => start < end).length, snapshots.size)) continue;
      if (ends.every(([start, end]) => end <= start + 1)) continue;
      const key = ends.map(([start, end]) => (start === end ? "" : `${start},${end}`)).join(" ");
      if (!distinct.has(key)) distinct.set(key, { low, high, ends });
    }
  return [...distinct.values()].sort((a, b) => sizeOf(b) - sizeOf(a));
}

function sizeOf({ ends }: Range): number {
  return ends.reduce((sum, [start, end]) => sum + end - start, 0);
}

/** Whether one range is part of another in every state. */
export function contains(larger: Range, smaller: Range): boolean {
  return smaller.ends.every(([start, end], row) => {
    const [from, to] = larger.ends[row]!;
    return start === end || (from <= start && end <= to);
  });
}

/**
 * The largest ranges on all of which something holds, `most` of them: by state, `true` for the indices of which it does,
 * `undefined` for those of which it cannot be told. Parts of what is `known` are left out.
 */
export function largestOf(
  ranges: readonly Range[],
  holds: readonly (readonly (boolean | undefined)[])[],
  known: readonly Range[],
  most: number,
): Range[] {
  const found: Range[] = [];
  for (const range of ranges) {
    if (found.length === most) break;
    if ([...known, ...found].some((larger) => contains(larger, range))) continue;
    let evidence = 0;
    const all = range.ends.every(([start, end], row) => {
      let seen = false;
      for (let index = Math.max(0, start); index < end && index < holds[row]!.length; index++) {
        const here = holds[row]![index];
        if (here === false) return false;
        seen ||= here === true;
      }
      if (seen) evidence++;
      return true;
    });
    if (all && isEvident(evidence, holds.length)) found.push(range);
  }
  return found;
}
