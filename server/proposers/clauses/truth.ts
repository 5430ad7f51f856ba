import { evaluateFormula } from "../../program/evaluate.ts";
import type { StateTable } from "../../program/states.ts";
import type { Formula } from "../../program/term.ts";

const MOST_ROWS = 1024;

/** In which sampled states each literal holds, one bit a state; a clause holds everywhere when its literals' bits cover all. */
export class TruthTable {
  readonly #states: Map<string, bigint>[] = [];
  readonly #words: number;
  readonly #last: number;

  constructor(table: StateTable) {
    const stride = Math.max(1, Math.ceil(table.size / MOST_ROWS));
    for (let row = 0; row < table.size; row += stride) {
      this.#states.push(new Map(table.columns.map((name, i) => [name, BigInt(table.value(row, i))])));
    }
    this.#words = Math.ceil(this.#states.length / 32);
    const rest = this.#states.length % 32;
    this.#last = rest === 0 ? 0xffffffff : 2 ** rest - 1;
  }

  /** Bits of a literal; null where it cannot be evaluated in some state. */
  of(formula: Formula): Uint32Array | null {
    const bits = new Uint32Array(this.#words);
    for (const [row, state] of this.#states.entries()) {
      const value = evaluateFormula(formula, (name) => state.get(name));
      if (value === null) return null;
      if (value) bits[row >>> 5]! |= 1 << (row & 31);
    }
    return bits;
  }

  always(bits: Uint32Array): boolean {
    return this.covers(bits, bits);
  }

  never(bits: Uint32Array): boolean {
    return bits.every((word) => word === 0);
  }

  covers(left: Uint32Array, right: Uint32Array): boolean {
    return left.every((word, i) => (word | right[i]!) >>> 0 === this.#full(i));
  }

  /** a ∨ ¬a is no news. */
  complementary(left: Uint32Array, right: Uint32Array): boolean {
    return left.every((word, i) => ((word ^ right[i]!) & this.#full(i)) >>> 0 === this.#full(i));
  }

  #full(word: number): number {
    return word === this.#words - 1 ? this.#last : 0xffffffff;
  }
}
