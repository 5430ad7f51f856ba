import { evaluateTerm } from "../../program/evaluate.ts";
import type { StateTable } from "../../program/states.ts";
import type { Term } from "../../program/term.ts";

/** Most states that are looked at. */
const MOST_ROWS = 160;
/** Most elements of an array: those that runs keep. */
const MOST_CELLS = 20;

/** States of a table as plain numbers, spread over all of it: what the arrays hold, and what terms over plain variables are. */
export class Snapshots {
  readonly size: number;
  readonly #table: StateTable;
  readonly #rows: readonly number[];
  readonly #arrays = new Map<string, readonly (readonly number[])[]>();

  constructor(table: StateTable) {
    this.#table = table;
    const stride = Math.max(1, Math.ceil(table.size / MOST_ROWS));
    this.#rows = Array.from({ length: table.size }, (_, row) => row).filter((row) => row % stride === 0);
    this.size = this.#rows.length;
  }

  /** By state, the elements of a one-dimensional array from index 0 on. */
  array(name: string): readonly (readonly number[])[] {
    const known = this.#arrays.get(name);
    if (known !== undefined) return known;
    const columns: number[] = [];
    for (let index = 0; index < MOST_CELLS; index++) {
      const column = this.#table.index.get(`${name}[${index}]`);
      if (column === undefined) break;
      columns.push(column);
    }
    const found = this.#rows.map((row) => columns.map((column) => this.#table.value(row, column)));
    this.#arrays.set(name, found);
    return found;
  }

  /** By state, what a term without elements is; null where it has no value in one of them. */
  term(term: Term): readonly number[] | null {
    const found: number[] = [];
    for (const row of this.#rows) {
      const value = evaluateTerm(term, (name) => {
        const column = this.#table.index.get(name);
        return column === undefined ? undefined : BigInt(this.#table.value(row, column));
      });
      if (value === null) return null;
      found.push(Number(value));
    }
    return found;
  }
}
