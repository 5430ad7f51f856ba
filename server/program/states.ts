import { CHUNK, type Chunk, ColumnEvaluator, NO } from "./columns.ts";
import type { Formula } from "./term.ts";

/** Where a state was met. */
export interface Sighting {
  /** Number of the run, from 0; -1 when the state comes from no run. */
  readonly run: number;
  /** How many times the run had entered the loop from outside before. */
  readonly visit: number;
  /** Iterations completed since the loop was entered: 0 on entry. */
  readonly iteration: number;
}

/** `violated` names a row in which the formula is false; `holds` also covers rows in which it cannot be told. */
export type Screening = { readonly kind: "holds" } | { readonly kind: "violated"; readonly row: number };

const HOLDS: Screening = { kind: "holds" };
const KILLERS = 16;

/**
 * Distinct program states met at one loop head: one column a variable, safe integers only (|v| ≤ 2⁵³ - 1). Rows keep the order in
 * which they came, so states of one visit to a loop follow one another, with gaps that `iteration` shows. Two states are the same
 * when they agree on the key columns; the first is kept.
 */
export class StateTable {
  readonly columns: readonly string[];
  /** Position of each variable in `columns`. */
  readonly index: ReadonlyMap<string, number>;
  readonly capacity: number;
  readonly #keys: number;
  readonly #chunks: Float64Array[][] = [];
  readonly #sightings: Sighting[] = [];
  readonly #bounds: Float64Array;
  readonly #evaluator: ColumnEvaluator;
  /** Open addressing: row + 1, or 0 for empty. */
  readonly #slots: Int32Array;
  /** Rows that broke a formula lately: they are tried first, since what breaks one candidate tends to break its kin. */
  readonly #killers: Chunk;
  readonly #killerRows: number[] = [];
  #nextKiller = 0;

  /** `keys`: how many leading columns tell states apart; default all. `capacity`: most rows kept. */
  constructor(
    columns: readonly string[],
    options: { readonly keys?: number; readonly capacity?: number } = {},
  ) {
    this.columns = columns;
    this.index = new Map(columns.map((name, position) => [name, position]));
    this.capacity = options.capacity ?? 2048;
    this.#keys = options.keys ?? columns.length;
    this.#bounds = new Float64Array(columns.length);
    this.#evaluator = new ColumnEvaluator(this.index);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(this.capacity * 2 + 2)));
    this.#killers = columns.map(() => new Float64Array(KILLERS));
  }

  get size(): number {
    return this.#sightings.length;
  }

  get full(): boolean {
    return this.size >= this.capacity;
  }

  /** Adds a state; false when it is known, unsafe, or the table is full. `state[offset + i]` is the value of `columns[i]`. */
  add(state: ArrayLike<number>, offset: number, sighting: Sighting): boolean {
    if (this.full) return false;
    for (let column = 0; column < this.columns.length; column++) {
      if (!Number.isSafeInteger(state[offset + column]!)) return false;
    }
    const slot = this.#slot(state, offset);
    if (this.#slots[slot] !== 0) return false;
    const row = this.size;
    this.#slots[slot] = row + 1;
    this.#sightings.push(sighting);
    if (row % CHUNK === 0) this.#chunks.push(this.columns.map(() => new Float64Array(CHUNK)));
    const chunk = this.#chunks[this.#chunks.length - 1]!;
    for (let column = 0; column < this.columns.length; column++) {
      // Adding zero turns -0 into 0.
      const value = state[offset + column]! + 0;
      chunk[column]![row % CHUNK] = value;
      this.#bounds[column] = Math.max(this.#bounds[column]!, Math.abs(value));
    }
    return true;
  }

  value(row: number, column: number): number {
    return this.#chunks[Math.floor(row / CHUNK)]![column]![row % CHUNK]!;
  }

  /** The values of one row, in the order of `columns`. */
  row(row: number): number[] {
    return this.columns.map((_, column) => this.value(row, column));
  }

  sighting(row: number): Sighting {
    return this.#sightings[row]!;
  }

  /** How a formula is read over the columns: where a program has arrays, its elements are the columns. */
  read: (formula: Formula) => Formula = (formula) => formula;

  /** Looks for a row in which the formula is false. A formula over variables that are no columns holds, for want of evidence. */
  screen(original: Formula): Screening {
    const formula = this.read(original);
    const tried = this.#killerRows.length;
    if (tried > 0) {
      const killer = this.#firstFalse(formula, this.#killers, tried);
      if (killer >= 0) return { kind: "violated", row: this.#killerRows[killer]! };
    }
    for (let start = 0; start < this.size; start += CHUNK) {
      const found = this.#firstFalse(
        formula,
        this.#chunks[start / CHUNK]!,
        Math.min(CHUNK, this.size - start),
      );
      if (found >= 0) {
        this.#promote(start + found);
        return { kind: "violated", row: start + found };
      }
    }
    return HOLDS;
  }

  #firstFalse(formula: Formula, chunk: Chunk, rows: number): number {
    const truths = this.#evaluator.evaluate(formula, chunk, rows, this.#bounds);
    for (let row = 0; row < rows; row++) if (truths[row] === NO) return row;
    return -1;
  }

  #promote(row: number): void {
    this.#killerRows[this.#nextKiller] = row;
    for (let column = 0; column < this.columns.length; column++) {
      this.#killers[column]![this.#nextKiller] = this.value(row, column);
    }
    this.#nextKiller = (this.#nextKiller + 1) % KILLERS;
  }

  /** The slot that holds an equal state, or the empty one where this state belongs. */
  #slot(state: ArrayLike<number>, offset: number): number {
    let hash = 0;
    for (let key = 0; key < this.#keys; key++) {
      const value = state[offset + key]!;
      hash = Math.imul(hash ^ (value | 0) ^ Math.imul(value / 0x1_0000_0000, 0x85ebca6b), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot]! - 1;
      if (row < 0 || this.#same(row, state, offset)) return slot;
    }
  }

  #same(row: number, state: ArrayLike<number>, offset: number): boolean {
    for (let key = 0; key < this.#keys; key++) if (this.value(row, key) !== state[offset + key]) return false;
    return true;
  }
}
