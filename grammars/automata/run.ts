import type { Call, Machine, Place } from "./machine.ts";

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
