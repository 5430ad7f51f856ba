import {
  type IntegerRange,
  type IntegerReading,
  type IntegerType,
  isMathematical,
  rangeOf,
} from "../integer.ts";
import { integer, type Term } from "../term.ts";
import { settle } from "./arithmetic.ts";
import { fold, foldComparison } from "./fold.ts";
import { type Obligation, type Outcome, within } from "./obligation.ts";
import { contains, hull } from "./range.ts";
import { commonType, convert, promote, promotedType, settled, type Value } from "./value.ts";

/** `left << right` and `left >> right`; the result has the type of the promoted left operand (C11 6.5.7). */
export function shift(operator: "<<" | ">>", left: Value, right: Value, reading: IntegerReading): Outcome {
  const type = promotedType(left.type, reading);
  const base = promote(left, reading);
  const amount = promote(right, reading);
  const legal = { low: 0n, high: BigInt(type.bits) - 1n };
  const obligations: Obligation[] = [
    {
      condition: within(amount.term, legal, amount.range),
      what: "shift",
      text: (source) => `0 <= ${source.right()} < ${type.bits}`,
    },
  ];
  if (operator === ">>") {
    // Of a negative value: what gcc documents, an arithmetic shift.
    const term = fold({ kind: "shiftRight", left: base.term, right: amount.term });
    const range = base.range && {
      low: base.range.low < 0n ? base.range.low : 0n,
      high: base.range.high >= 0n ? base.range.high : -1n,
    };
    return { value: settled({ term, type, range, truth: null }), obligations };
  }
  if (type.signed) {
    const known = base.range !== null && base.range.low >= 0n;
    if (!known) {
      obligations.push({
        condition: foldComparison(">=", base.term, integer(0)),
        what: "shift",
        text: (source) => `${source.left()} >= 0`,
      });
    }
  }
  const factor = fold({ kind: "pow2", argument: amount.term });
  const term: Term = { kind: "multiply", left: base.term, right: factor };
  const shifted = settle(term, productRange(base.range, factor, type), type, reading);
  return { value: shifted.value, obligations: [...obligations, ...shifted.obligations] };
}

/** The range of `base * 2^k` for the operands that the obligations leave: a base and an amount that are not negative. */
function productRange(base: IntegerRange | null, factor: Term, type: IntegerType): IntegerRange | null {
  if (base === null) return null;
  const [smallest, largest] =
    factor.kind === "integer" ? [factor.value, factor.value] : [1n, 1n << BigInt(type.bits - 1)];
  return { low: base.low > 0n ? base.low * smallest : 0n, high: base.high > 0n ? base.high * largest : 0n };
}

/** `~v`: -1 - v in two's complement, which never overflows; for unsigned types the distance to the largest value. */
export function complement(value: Value, reading: IntegerReading): Value {
  const operand = promote(value, reading);
  const { type, range } = operand;
  const top = type.signed ? -1n : rangeOf(type).high;
  const term = fold({ kind: "subtract", left: integer(top), right: operand.term });
  return settled({
    term,
    type,
    range: range && { low: top - range.high, high: top - range.low },
    truth: null,
  });
}

/** `left & right`, `|`, `^` after the usual conversions. */
export function bitwise(
  operator: "&" | "|" | "^",
  left: Value,
  right: Value,
  reading: IntegerReading,
): Outcome {
  const type = commonType(left.type, right.type, reading);
  const [a, b] = [convert(left, type, reading), convert(right, type, reading)];
  const masked = operator === "&" ? (lowBits(a, b) ?? lowBits(b, a)) : null;
  if (masked !== null) return { value: settled({ ...masked, type, truth: null }), obligations: [] };
  const obligations: Obligation[] = [];
  if (isMathematical(type, reading)) {
    const sides: readonly (readonly [Value, "left" | "right"])[] = [
      [a, "left"],
      [b, "right"],
    ];
    for (const [operand, side] of sides) {
      const condition = within(operand.term, rangeOf(type), operand.range);
      obligations.push({
        condition,
        what: "range",
        text: (source) => `${source[side]()} fits in ${type.name}`,
      });
    }
  }
  const name = ({ "&": "and", "|": "or", "^": "xor" } as const)[operator];
  const term = fold({ kind: "bits", operator: name, type, left: a.term, right: b.term });
  return {
    value: settled({ term, type, range: bitsRange(name, a.range, b.range, type), truth: null }),
    obligations,
  };
}

/** `value & (2^k - 1)` is the value modulo 2^k, for negative values too: no bit vectors are needed. */
function lowBits(value: Value, mask: Value): { readonly term: Term; readonly range: IntegerRange } | null {
  if (mask.term.kind !== "integer" || mask.term.value < 0n) return null;
  const size = mask.term.value + 1n;
  if ((size & (size - 1n)) !== 0n) return null;
  return { term: euclidean(value.term, size, value.range), range: { low: 0n, high: size - 1n } };
}

/** The remainder modulo `size` that is not negative. */
export function euclidean(term: Term, size: bigint, known: IntegerRange | null): Term {
  if (known !== null && contains({ low: 0n, high: size - 1n }, known)) return term;
  const remainder = fold({ kind: "mod", left: term, right: integer(size) });
  if (known !== null && known.low >= 0n) return remainder;
  return fold({
    kind: "choose",
    condition: foldComparison("<", remainder, integer(0)),
    then: fold({ kind: "add", left: remainder, right: integer(size) }),
    else: remainder,
  });
}

/** What `and`, `or`, `xor` of values in these ranges can be; operands lie in the type. */
export function bitsRange(
  operator: "and" | "or" | "xor",
  a: IntegerRange | null,
  b: IntegerRange | null,
  type: IntegerType,
): IntegerRange {
  const highs = [a, b].flatMap((range) => (range !== null && range.low >= 0n ? [range.high] : []));
  if (highs.length === 0 || (operator !== "and" && highs.length === 1)) return rangeOf(type);
  const { low: smallest, high: largest } = hull(...highs);
  if (operator === "and") return { low: 0n, high: smallest };
  return { low: 0n, high: (1n << BigInt(largest.toString(2).length)) - 1n };
}
