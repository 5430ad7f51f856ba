import {
  type IntegerRange,
  type IntegerReading,
  type IntegerType,
  isMathematical,
  rangeOf,
} from "../integer.ts";
import { and, type Formula, integer, not, type Relation, type Term } from "../term.ts";
import { fold, foldComparison } from "./fold.ts";
import { type Obligation, type Outcome, within } from "./obligation.ts";
import { clip, contains, hull } from "./range.ts";
import { commonType, convert, promote, settled, truthValue, typeNamed, type Value } from "./value.ts";

/** `-v`, after promotion. */
export function negation(value: Value, reading: IntegerReading): Outcome {
  const operand = promote(value, reading);
  const range = operand.range && { low: -operand.range.high, high: -operand.range.low };
  return settle({ kind: "negate", argument: operand.term }, range, operand.type, reading);
}

/** `left + right`, `-`, `*` after the usual conversions. */
export function additive(
  operator: "+" | "-" | "*",
  left: Value,
  right: Value,
  reading: IntegerReading,
): Outcome {
  const type = commonType(left.type, right.type, reading);
  const [a, b] = [convert(left, type, reading), convert(right, type, reading)];
  const kind = ({ "+": "add", "-": "subtract", "*": "multiply" } as const)[operator];
  const range = a.range && b.range && rangeOfResult(operator, a.range, b.range);
  return settle({ kind, left: a.term, right: b.term }, range, type, reading);
}

/**
 * `left / right` and `left % right` after the usual conversions, truncating (C11 6.5.5). Where the quotient is not
 * representable both are undefined.
 */
export function quotient(operator: "/" | "%", left: Value, right: Value, reading: IntegerReading): Outcome {
  const type = commonType(left.type, right.type, reading);
  const [a, b] = [convert(left, type, reading), convert(right, type, reading)];
  const obligations: Obligation[] = [];
  const nonZero = b.range !== null && (b.range.low > 0n || b.range.high < 0n);
  if (!nonZero) {
    obligations.push({
      condition: foldComparison("!=", b.term, integer(0)),
      what: "division",
      text: (source) => `${source.right()} != 0`,
    });
  }
  if (type.signed && !isMathematical(type, reading)) {
    const lowest = rangeOf(type).low;
    const isLowest = foldComparison("==", a.term, integer(lowest));
    const isMinusOne = foldComparison("==", b.term, integer(-1));
    const possible =
      (a.range === null || a.range.low <= lowest) &&
      (b.range === null || contains(b.range, { low: -1n, high: -1n }));
    if (possible) {
      const condition = not(and(isLowest, isMinusOne));
      obligations.push(overflow(condition, type));
    }
  }
  const term = fold({ kind: operator === "/" ? "div" : "mod", left: a.term, right: b.term });
  const bound = operator === "/" ? quotientRange(a.range, b.range) : remainderRange(a.range, b.range);
  const range = isMathematical(type, reading) ? bound : clip(bound, type);
  return { value: settled({ term, type, range, truth: null }), obligations };
}

/** A comparison after the usual conversions: 1 or 0 of type `int`. */
export function comparison(relation: Relation, left: Value, right: Value, reading: IntegerReading): Value {
  const type = commonType(left.type, right.type, reading);
  const [a, b] = [convert(left, type, reading), convert(right, type, reading)];
  return truthValue(foldComparison(relation, a.term, b.term), typeNamed("int", reading));
}

/**
 * The exact result of an operation made a value of its type: an obligation that it fits for signed types with a range,
 * reduction modulo 2ⁿ for unsigned ones (C11 6.2.5p9), nothing for mathematical integers.
 */
export function settle(
  operation: Term,
  range: IntegerRange | null,
  type: IntegerType,
  reading: IntegerReading,
): Outcome {
  const term = fold(operation);
  const exact = settled({ term, type, range, truth: null });
  if (isMathematical(type, reading)) {
    // A constant that C could not have computed stays an operation, so that running it is seen to overflow.
    const impossible = term.kind === "integer" && !contains(rangeOf(type), exact.range);
    return { value: impossible ? { ...exact, term: operation } : exact, obligations: [] };
  }
  if (!type.signed) return { value: convert(exact, type, reading), obligations: [] };
  if (contains(rangeOf(type), range)) return { value: exact, obligations: [] };
  return {
    value: settled({ ...exact, range: clip(range, type) }),
    obligations: [overflow(within(term, rangeOf(type), range), type)],
  };
}

export function overflow(condition: Formula, type: IntegerType): Obligation {
  return { condition, what: "overflow", text: (source) => `${source.whole()} fits in ${type.name}` };
}

function rangeOfResult(operator: "+" | "-" | "*", a: IntegerRange, b: IntegerRange): IntegerRange {
  if (operator === "+") return { low: a.low + b.low, high: a.high + b.high };
  if (operator === "-") return { low: a.low - b.high, high: a.high - b.low };
  return hull(a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high);
}

/** A divisor that is not zero makes the magnitude no larger; its sign may turn it round. */
function quotientRange(a: IntegerRange | null, b: IntegerRange | null): IntegerRange | null {
  if (a === null) return null;
  const positive = { low: a.low < 0n ? a.low : 0n, high: a.high > 0n ? a.high : 0n };
  if (b !== null && b.low >= 0n) return positive;
  return hull(positive.low, positive.high, -positive.low, -positive.high);
}

/** The remainder has the dividend's sign and is smaller than the divisor. */
function remainderRange(a: IntegerRange | null, b: IntegerRange | null): IntegerRange | null {
  const limit = b && hull(b.low - 1n, -b.low - 1n, b.high - 1n, -b.high - 1n, 0n).high;
  const low =
    a === null ? limit && -limit : a.low >= 0n ? 0n : limit !== null && -limit > a.low ? -limit : a.low;
  const high = a === null ? limit : a.high <= 0n ? 0n : limit !== null && limit < a.high ? limit : a.high;
  return low === null || high === null ? null : { low, high };
}
