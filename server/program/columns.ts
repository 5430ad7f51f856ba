import { POWER_TABLE, SAFE, wideBits } from "./emit.ts";
import { POWERS } from "./evaluate.ts";
import { rangeOf, wrap } from "./integer.ts";
import type { Formula, Relation, Term } from "./term.ts";

/** Rows evaluated together. */
export const CHUNK = 256;

/** Truth of a formula in one row: `CANNOT_TELL` when a value is undefined or leaves the safe integers. */
export const NO = 0;
export const YES = 1;
export const CANNOT_TELL = 2;

/** Up to `CHUNK` rows of safe integers, one array a column. */
export type Chunk = readonly Float64Array[];

type Operation = Exclude<
  Term,
  { kind: "integer" | "variable" | "negate" | "choose" | "select" | "store" | "filled" | "apply" }
>;

/** Bound of a vector that may hold NaN. */
const POISONED = Number.POSITIVE_INFINITY;

/**
 * Evaluates formulas over whole chunks of rows, one operation at a time: no compilation, and the inner loops stay hot whatever the
 * formulas are. A value that is undefined or not a safe integer is NaN, which spreads; static bounds show most formulas free of it.
 * Connectives are decided left to right as in `evaluateFormula`. Results are valid until the next call.
 */
export class ColumnEvaluator {
  readonly #index: ReadonlyMap<string, number>;
  #chunk: Chunk = [];
  #rows = 0;
  /** Largest magnitude in each column, over all chunks. */
  #bounds: Float64Array;
  readonly #numbers: Float64Array[] = [];
  readonly #truths: Uint8Array[] = [];
  #number = 0;
  #truth = 0;
  /** Bound of the vector computed last. */
  #bound = 0;

  constructor(index: ReadonlyMap<string, number>) {
    this.#index = index;
    this.#bounds = new Float64Array(index.size);
  }

  /** For each of the chunk's first `rows` rows: `NO`, `YES` or `CANNOT_TELL`. `bounds`: largest magnitude in each column. */
  evaluate(formula: Formula, chunk: Chunk, rows: number, bounds: Float64Array): Uint8Array {
    this.#chunk = chunk;
    this.#rows = rows;
    this.#bounds = bounds;
    this.#number = 0;
    this.#truth = 0;
    return this.#formula(formula);
  }

  #formula(formula: Formula): Uint8Array {
    const depth = this.#truth;
    switch (formula.kind) {
      case "truth":
        return this.#constant(formula.value ? YES : NO);
      case "symbol":
      // Arrays and quantifiers are made single cells and junctions before they meet states (cells.ts).
      case "forall":
      case "exists":
      case "holds":
        return this.#constant(CANNOT_TELL);
      case "compare":
        return this.#compare(formula.relation, formula.left, formula.right);
      case "not": {
        const argument = this.#formula(formula.argument);
        for (let row = 0; row < this.#rows; row++) argument[row] = NEGATED[argument[row]!]!;
        return argument;
      }
      case "and":
      case "or": {
        const result = this.#constant(formula.kind === "and" ? YES : NO);
        const open = formula.kind === "and" ? YES : NO;
        for (const part of formula.arguments) {
          const value = this.#formula(part);
          for (let row = 0; row < this.#rows; row++) if (result[row] === open) result[row] = value[row]!;
          this.#truth = depth + 1;
        }
        return result;
      }
      case "implies": {
        const left = this.#formula(formula.left);
        const right = this.#formula(formula.right);
        for (let row = 0; row < this.#rows; row++) {
          left[row] = left[row] === YES ? right[row]! : left[row] === NO ? YES : CANNOT_TELL;
        }
        this.#truth = depth + 1;
        return left;
      }
      case "iff": {
        const left = this.#formula(formula.left);
        const right = this.#formula(formula.right);
        for (let row = 0; row < this.#rows; row++) {
          const unclear = left[row] === CANNOT_TELL || right[row] === CANNOT_TELL;
          left[row] = unclear ? CANNOT_TELL : left[row] === right[row] ? YES : NO;
        }
        this.#truth = depth + 1;
        return left;
      }
    }
  }

  #compare(relation: Relation, left: Term, right: Term): Uint8Array {
    const depth = this.#number;
    const a = this.#operand(left);
    const clean = this.#bound !== POISONED;
    const b = this.#operand(right);
    const poisoned = !clean || this.#bound === POISONED;
    this.#number = depth;
    const result = this.#truths[this.#truth] ?? new Uint8Array(CHUNK);
    this.#truths[this.#truth++] = result;
    relate(relation, a, b, result, this.#rows);
    if (poisoned) {
      for (let row = 0; row < this.#rows; row++) {
        if (Number.isNaN(a[row]!) || Number.isNaN(b[row]!)) result[row] = CANNOT_TELL;
      }
    }
    return result;
  }

  /** Safe integers compare rightly even with a rounded constant beyond them. */
  #operand(term: Term): Float64Array {
    if (term.kind !== "integer") return this.#term(term);
    const value = Number(term.value);
    this.#bound = Math.abs(value);
    return this.#scratch().fill(value, 0, this.#rows);
  }

  #term(term: Term): Float64Array {
    const depth = this.#number;
    const rows = this.#rows;
    switch (term.kind) {
      case "integer": {
        const result = this.#operand(term);
        return this.#bound <= SAFE ? result : this.#poison(result.fill(Number.NaN, 0, rows));
      }
      case "variable": {
        const column = this.#index.get(term.name);
        if (column === undefined) return this.#poison(this.#scratch().fill(Number.NaN, 0, rows));
        this.#bound = this.#bounds[column]!;
        return this.#chunk[column]!;
      }
      case "negate": {
        const argument = this.#term(term.argument);
        const result = this.#reuse(depth);
        for (let row = 0; row < rows; row++) result[row] = -argument[row]!;
        return result;
      }
      case "choose": {
        const truths = this.#truth;
        const condition = this.#formula(term.condition);
        const then = this.#term(term.then);
        const bound = this.#bound;
        const otherwise = this.#term(term.else);
        this.#bound = POISONED > bound && POISONED > this.#bound ? Math.max(bound, this.#bound) : POISONED;
        const result = this.#reuse(depth);
        for (let row = 0; row < rows; row++) {
          if (condition[row] === CANNOT_TELL) {
            result[row] = Number.NaN;
            this.#bound = POISONED;
          } else result[row] = condition[row] === YES ? then[row]! : otherwise[row]!;
        }
        this.#truth = truths;
        return result;
      }
      case "add":
      case "subtract":
      case "multiply": {
        const left = this.#term(term.left);
        const bound = this.#bound;
        const right = this.#term(term.right);
        this.#bound = term.kind === "multiply" ? bound * this.#bound : bound + this.#bound;
        return this.#settle(arithmetic(term.kind, left, right, this.#reuse(depth), rows));
      }
      case "select":
      case "store":
      case "filled":
      case "apply":
        return this.#poison(this.#scratch().fill(Number.NaN, 0, rows));
      default:
        return this.#pointwise(term, depth);
    }
  }

  /** The rarer operations, a row at a time. */
  #pointwise(term: Operation, depth: number): Float64Array {
    const unary = term.kind === "pow2" || term.kind === "wrap";
    const left = this.#term(unary ? term.argument : term.left);
    const right = unary ? left : this.#term(term.right);
    const result = this.#reuse(depth);
    for (let row = 0; row < this.#rows; row++) result[row] = apply(term, left[row]!, right[row]!);
    return this.#poison(result);
  }

  /** Marks what left the safe integers, when the bound does not rule it out. */
  #settle(result: Float64Array): Float64Array {
    if (this.#bound <= SAFE) return result;
    for (let row = 0; row < this.#rows; row++) {
      const value = result[row]!;
      if (!(value <= SAFE && value >= -SAFE)) result[row] = Number.NaN;
    }
    return this.#poison(result);
  }

  #poison(result: Float64Array): Float64Array {
    this.#bound = POISONED;
    return result;
  }

  #constant(value: number): Uint8Array {
    const result = this.#truths[this.#truth] ?? new Uint8Array(CHUNK);
    this.#truths[this.#truth++] = result;
    return result.fill(value, 0, this.#rows);
  }

  /** Operations work row by row, so their result may take the place of an operand. */
  #reuse(depth: number): Float64Array {
    this.#number = depth;
    return this.#scratch();
  }

  #scratch(): Float64Array {
    const result = this.#numbers[this.#number] ?? new Float64Array(CHUNK);
    this.#numbers[this.#number++] = result;
    return result;
  }
}

const NEGATED = [YES, NO, CANNOT_TELL] as const;

function arithmetic(
  kind: "add" | "subtract" | "multiply",
  a: Float64Array,
  b: Float64Array,
  result: Float64Array,
  rows: number,
): Float64Array {
  if (kind === "add") for (let row = 0; row < rows; row++) result[row] = a[row]! + b[row]!;
  else if (kind === "subtract") for (let row = 0; row < rows; row++) result[row] = a[row]! - b[row]!;
  else for (let row = 0; row < rows; row++) result[row] = a[row]! * b[row]!;
  return result;
}

function relate(
  relation: Relation,
  a: Float64Array,
  b: Float64Array,
  result: Uint8Array,
  rows: number,
): void {
  switch (relation) {
    case "<":
      for (let row = 0; row < rows; row++) result[row] = a[row]! < b[row]! ? YES : NO;
      break;
    case "<=":
      for (let row = 0; row < rows; row++) result[row] = a[row]! <= b[row]! ? YES : NO;
      break;
    case ">":
      for (let row = 0; row < rows; row++) result[row] = a[row]! > b[row]! ? YES : NO;
      break;
    case ">=":
      for (let row = 0; row < rows; row++) result[row] = a[row]! >= b[row]! ? YES : NO;
      break;
    case "==":
      for (let row = 0; row < rows; row++) result[row] = a[row]! === b[row]! ? YES : NO;
      break;
    case "!=":
      for (let row = 0; row < rows; row++) result[row] = a[row]! !== b[row]! ? YES : NO;
      break;
  }
}

/** One operation on safe integers; NaN when an operand is, when it is undefined, or when its value is not safe. */
function apply(term: Operation, left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.NaN;
  switch (term.kind) {
    case "add":
      return safe(left + right);
    case "subtract":
      return safe(left - right);
    case "multiply":
      return safe(left * right);
    case "div":
      return right === 0 ? Number.NaN : Math.trunc(left / right);
    case "mod":
      return right === 0 ? Number.NaN : left % right;
    case "shiftRight":
      return right < 0 || right >= Number(POWERS) ? Number.NaN : Math.floor(left / POWER_TABLE[right]!);
    case "pow2":
      return left < 0 || left >= Number(POWERS) ? Number.NaN : safe(POWER_TABLE[left]!);
    case "wrap": {
      const { signed, bits, name } = term.type;
      if (name === "_Bool") return left === 0 ? 0 : 1;
      if (bits === 32) return signed ? left | 0 : left >>> 0;
      return safe(Number(wrap(BigInt(left), term.type)));
    }
    case "bits": {
      const { low, high } = rangeOf(term.type);
      if (left < low || left > high || right < low || right > high) return Number.NaN;
      return wideBits(term.operator === "and" ? 0 : term.operator === "or" ? 1 : 2, left, right);
    }
  }
}

function safe(value: number): number {
  return Number.isSafeInteger(value) ? value : Number.NaN;
}
