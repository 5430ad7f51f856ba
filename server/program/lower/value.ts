import {
  type IntegerRange,
  type IntegerReading,
  type IntegerType,
  integerType,
  isMathematical,
  rangeOf,
  wrap,
} from "../integer.ts";
import { type Formula, integer, type Term, variable } from "../term.ts";
import { fold, nonZero } from "./fold.ts";
import { contains } from "./range.ts";

/**
 * The value of a C expression: a pure term that equals it in the current state.
 * `range` holds what is known of the value in every state that meets the obligations so far; null is unbounded.
 * `truth` is set when the value is 1 exactly where a formula holds and 0 elsewhere.
 */
export interface Value {
  readonly term: Term;
  readonly type: IntegerType;
  readonly range: IntegerRange | null;
  readonly truth: Formula | null;
}

/** The type with this name, which must be one (a bug otherwise). */
export function typeNamed(name: string, reading: IntegerReading): IntegerType {
  const type = integerType(name, reading);
  if (type === null) throw new Error(`${name} is no integer type`);
  return type;
}

/** The values a variable of this type can have; null for a mathematical integer. */
export function rangeIn(type: IntegerType, reading: IntegerReading): IntegerRange | null {
  return isMathematical(type, reading) ? null : rangeOf(type);
}

export function constantValue(value: bigint, type: IntegerType): Value {
  return { term: integer(value), type, range: { low: value, high: value }, truth: null };
}

export function variableValue(name: string, type: IntegerType, reading: IntegerReading): Value {
  return { term: variable(name), type, range: rangeIn(type, reading), truth: null };
}

/** 1 where the formula holds, 0 elsewhere: what C's comparisons and logical operators yield (C11 6.5.8, 6.5.13). */
export function truthValue(truth: Formula, type: IntegerType): Value {
  const term = fold({ kind: "choose", condition: truth, then: integer(1), else: integer(0) });
  const range = term.kind === "integer" ? { low: term.value, high: term.value } : { low: 0n, high: 1n };
  return { term, type, range, truth };
}

/** A value whose term is a constant knows its range. */
export function settled(value: Value): Value {
  return value.term.kind === "integer" ? constantValue(value.term.value, value.type) : value;
}

/** The value as a condition: it is not zero. */
export function conditionOf(value: Value): Formula {
  return value.truth ?? nonZero(value.term);
}

/**
 * Conversion to a type (C11 6.3.1.2 and 6.3.1.3): the value where it fits, else modulo 2ⁿ, which for signed types is what
 * gcc documents. That is so under every reading, since a conversion is no overflow: a mathematical integer keeps its value only
 * where its own type has no more values than the new one.
 */
export function convert(value: Value, type: IntegerType, reading: IntegerReading): Value {
  if (contains(rangeOf(type), value.range)) return { ...value, type };
  if (type.name === "_Bool") return truthValue(conditionOf(value), type);
  if (value.term.kind === "integer") return constantValue(wrap(value.term.value, type), type);
  const widens = value.type.signed && value.type.bits <= type.bits;
  if (isMathematical(type, reading) && widens) return { ...value, type };
  const term = fold({ kind: "wrap", type, argument: value.term });
  return { term, type, range: rangeOf(type), truth: null };
}

/** Integer promotion (C11 6.3.1.1): every type below `int` has all its values in `int`. */
export function promotedType(type: IntegerType, reading: IntegerReading): IntegerType {
  return type.rank < 3 ? typeNamed("int", reading) : type;
}

export function promote(value: Value, reading: IntegerReading): Value {
  return convert(value, promotedType(value.type, reading), reading);
}

const UNSIGNED: Readonly<Record<string, string>> = {
  int: "unsigned int",
  long: "unsigned long",
  "long long": "unsigned long long",
};

/** The common type of the usual arithmetic conversions (C11 6.3.1.8). */
export function commonType(left: IntegerType, right: IntegerType, reading: IntegerReading): IntegerType {
  const a = promotedType(left, reading);
  const b = promotedType(right, reading);
  if (a.signed === b.signed) return a.rank >= b.rank ? a : b;
  const [signed, unsigned] = a.signed ? [a, b] : [b, a];
  if (unsigned.rank >= signed.rank) return unsigned;
  // A signed type of higher rank is taken only where it has all values of the unsigned one.
  return signed.bits > unsigned.bits ? signed : typeNamed(UNSIGNED[signed.name]!, reading);
}
