import type { Observer } from "./driver.ts";
import type { Loop, Program } from "./program.ts";
import type { Random } from "./random.ts";
import type { Runner } from "./runner.ts";
import { StateTable } from "./states.ts";

const FIRST = 12;
/** Of a program whose runs are all the same. */
const FIRST_OF_ONE = 400;
const LAST = 4;

/**
 * The columns of a loop's table: what an annotation may mention (`loop.scope`), then whatever else the loop changes. Only the
 * former tell states apart: temporaries hold stale values at the head.
 */
export function stateTable(loop: Loop, capacity?: number): StateTable {
  const scope = new Set(loop.scope);
  const columns = [...scope, ...loop.modified.filter((name) => !scope.has(name))];
  return new StateTable(columns, { keys: scope.size, ...(capacity === undefined ? {} : { capacity }) });
}

/**
 * Fills the tables of all loops, a run at a time: the first arrivals at each head, pairs of consecutive ones at growing random
 * distances, and the last ones.
 */
export class Recorder implements Observer {
  readonly tables: readonly StateTable[];
  readonly #heads: readonly HeadRecorder[];

  /** `same`: there is only one run to record, so more of it is kept. */
  constructor(program: Program, runner: Runner, random: Random, capacity: number, same = false) {
    this.tables = program.loops.map((loop) => stateTable(loop, capacity));
    this.#heads = this.tables.map(
      (table) => new HeadRecorder(table, runner, random, same ? FIRST_OF_ONE : FIRST),
    );
  }

  /** True when every table has this share of the rows it can hold. */
  filled(share: number): boolean {
    return this.tables.length > 0 && this.tables.every((table) => table.size >= share * table.capacity);
  }

  arrive(loop: number, inside: boolean, state: Float64Array): void {
    this.#heads[loop]!.arrive(inside, state);
  }

  /** Forgets the arrivals since the last `keep`. */
  discard(): void {
    for (const head of this.#heads) head.begin();
  }

  /** Adds the arrivals since the last call to the tables as those of this run; how many states were new. */
  keep(run: number): number {
    let added = 0;
    for (const head of this.#heads) added += head.keep(run);
    this.discard();
    return added;
  }
}

/** Arrivals of one run at one head. */
class HeadRecorder {
  readonly #table: StateTable;
  readonly #positions: Int32Array;
  readonly #random: Random;
  readonly #first: number;
  readonly #width: number;
  /** Chosen arrivals: their values, then visit, iteration, number of the arrival. */
  #chosen: number[] = [];
  /** The last arrivals, in a ring of the same layout. */
  readonly #ring: Float64Array;
  #arrivals = 0;
  #visit = -1;
  #iteration = 0;
  /** Number of the next arrival to choose; it and its successor are taken. */
  #next = 0;

  constructor(table: StateTable, runner: Runner, random: Random, first: number) {
    this.#first = first;
    this.#table = table;
    this.#positions = Int32Array.from(table.columns, (name) => runner.index.get(name)!);
    this.#random = random;
    this.#width = table.columns.length + 3;
    this.#ring = new Float64Array(LAST * this.#width);
  }

  begin(): void {
    this.#chosen = [];
    this.#arrivals = 0;
    this.#visit = -1;
    this.#next = this.#first;
    this.#ring.fill(-1);
  }

  arrive(inside: boolean, state: Float64Array): void {
    if (inside) this.#iteration++;
    else {
      this.#visit++;
      this.#iteration = 0;
    }
    const arrival = this.#arrivals++;
    if (arrival < this.#first || arrival === this.#next || arrival === this.#next + 1) {
      for (const position of this.#positions) this.#chosen.push(state[position]!);
      this.#chosen.push(this.#visit, this.#iteration, arrival);
      if (arrival === this.#next + 1) {
        this.#next = arrival + 1 + Math.floor(this.#random.unit() * arrival);
      }
      return;
    }
    // Nearly every arrival of a long run comes here: plain loops, no iterators.
    const ring = this.#ring;
    const positions = this.#positions;
    let slot = (arrival % LAST) * this.#width;
    for (let column = 0; column < positions.length; column++) ring[slot++] = state[positions[column]!]!;
    ring[slot] = this.#visit;
    ring[slot + 1] = this.#iteration;
    ring[slot + 2] = arrival;
  }

  keep(run: number): number {
    let added = 0;
    const columns = this.#table.columns.length;
    const add = (values: ArrayLike<number>, offset: number): void => {
      const sighting = { run, visit: values[offset + columns]!, iteration: values[offset + columns + 1]! };
      if (this.#table.add(values, offset, sighting)) added++;
    };
    const number = columns + 2;
    let latest = Math.max(this.#first, this.#arrivals - LAST);
    const addLatest = (before: number): void => {
      for (; latest < before; latest++) {
        const offset = (latest % LAST) * this.#width;
        if (this.#ring[offset + number] === latest) add(this.#ring, offset);
      }
    };
    for (let offset = 0; offset < this.#chosen.length; offset += this.#width) {
      addLatest(this.#chosen[offset + number]!);
      add(this.#chosen, offset);
    }
    addLatest(this.#arrivals);
    return added;
  }
}
