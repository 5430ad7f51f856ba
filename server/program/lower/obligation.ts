import type { IntegerRange } from "../integer.ts";
import type { AssertionKind } from "../program.ts";
import { and, compare, type Formula, integer, type Term, TRUE } from "../term.ts";
import { contains } from "./range.ts";
import type { Value } from "./value.ts";

/** Where the operands of an operation stand in the source, for the text of its obligations. */
export interface OperandTexts {
  readonly whole: () => string;
  readonly left: () => string;
  readonly right: () => string;
}

/** What must hold before the result of an operation is used. */
export interface Obligation {
  readonly condition: Formula;
  readonly what: AssertionKind;
  readonly text: (source: OperandTexts) => string;
}

/** A result together with what it rests on. */
export interface Outcome {
  readonly value: Value;
  readonly obligations: readonly Obligation[];
}

/** That the term lies in the range; bounds that `known` already gives are left out. */
export function within(term: Term, range: IntegerRange, known: IntegerRange | null): Formula {
  if (term.kind === "integer") {
    return contains(range, { low: term.value, high: term.value }) ? TRUE : { kind: "truth", value: false };
  }
  const low = known !== null && known.low >= range.low ? TRUE : compare("<=", integer(range.low), term);
  const high = known !== null && known.high <= range.high ? TRUE : compare("<=", term, integer(range.high));
  return and(low, high);
}
