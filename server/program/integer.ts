/**
 * Integer types and the reading of integers (soundness.md 5).
 *
 * `math` (the default) treats signed overflow as impossible: a signed type of at least `int`'s rank is a mathematical integer.
 * `32` and `64` give `int` that many bits and make "no signed overflow" an obligation; `long` and `long long` have 64 bits,
 * `short` 16 and `char` (signed) 8 under every reading. Unsigned types always have their range and wrap.
 */
export type IntegerReading = "math" | "32" | "64";

/** An integer type with its width. */
export interface IntegerType {
  /** Canonical C spelling. */
  readonly name: string;
  readonly signed: boolean;
  readonly bits: number;
  /** Conversion rank: _Bool 0, char 1, short 2, int 3, long 4, long long 5. */
  readonly rank: number;
}

/** An inclusive range of values. */
export interface IntegerRange {
  readonly low: bigint;
  readonly high: bigint;
}

const RANKS: Readonly<Record<string, number>> = {
  _Bool: 0,
  char: 1,
  "signed char": 1,
  "unsigned char": 1,
  short: 2,
  "unsigned short": 2,
  int: 3,
  "unsigned int": 3,
  long: 4,
  "unsigned long": 4,
  "long long": 5,
  "unsigned long long": 5,
};

/** The integer type with this canonical name; null when the name is none. */
export function integerType(name: string, reading: IntegerReading): IntegerType | null {
  const rank = RANKS[name];
  if (rank === undefined) return null;
  const intBits = reading === "64" ? 64 : 32;
  const bits = [1, 8, 16, intBits, 64, 64][rank]!;
  return { name, signed: rank !== 0 && !name.startsWith("unsigned"), bits, rank };
}

/** All values of a type, as its bits allow. */
export function rangeOf(type: IntegerType): IntegerRange {
  const size = 1n << BigInt(type.bits);
  return type.signed ? { low: -(size / 2n), high: size / 2n - 1n } : { low: 0n, high: size - 1n };
}

/** True when variables of this type are unbounded mathematical integers under the reading. */
export function isMathematical(type: IntegerType, reading: IntegerReading): boolean {
  return reading === "math" && type.signed && type.rank >= 3;
}

/** The value modulo 2ⁿ that lies in the type's range. `_Bool` maps everything but zero to one (C11 6.3.1.2). */
export function wrap(value: bigint, type: IntegerType): bigint {
  if (type.name === "_Bool") return value === 0n ? 0n : 1n;
  return type.signed ? BigInt.asIntN(type.bits, value) : BigInt.asUintN(type.bits, value);
}
