import { rangeOf, wrap } from "./integer.ts";
import {
  and,
  compare,
  FALSE,
  type Formula,
  implies,
  integer,
  not,
  or,
  quantified,
  type Relation,
  related,
  type Term,
  TRUE,
} from "./term.ts";

/**
 * Simplification that is exact: the result has the same value in every state, whatever the value of what is unspecified
 * (division by zero, `pow2` out of range). It folds constants and removes units; it does not reorder what a person wrote
 * except for constants in sums (right) and products (left).
 */
export function simplifyTerm(term: Term): Term {
  switch (term.kind) {
    case "integer":
    case "variable":
      return term;
    case "negate":
    case "pow2":
    case "wrap":
      return foldTerm({ ...term, argument: simplifyTerm(term.argument) });
    case "choose":
      return foldTerm({
        kind: "choose",
        condition: simplifyFormula(term.condition),
        then: simplifyTerm(term.then),
        else: simplifyTerm(term.else),
      });
    case "select":
      return { ...term, array: simplifyTerm(term.array), indices: term.indices.map(simplifyTerm) };
    case "store":
      return {
        ...term,
        array: simplifyTerm(term.array),
        indices: term.indices.map(simplifyTerm),
        value: simplifyTerm(term.value),
      };
    case "filled":
      return { ...term, value: simplifyTerm(term.value) };
    case "apply":
      return { ...term, arguments: term.arguments.map(simplifyTerm) };
    default:
      return foldTerm({ ...term, left: simplifyTerm(term.left), right: simplifyTerm(term.right) });
  }
}

/** See {@link simplifyTerm}. */
export function simplifyFormula(formula: Formula): Formula {
  switch (formula.kind) {
    case "truth":
    case "symbol":
      return formula;
    case "compare":
      return foldFormula({
        ...formula,
        left: simplifyTerm(formula.left),
        right: simplifyTerm(formula.right),
      });
    case "not":
      return foldFormula({ kind: "not", argument: simplifyFormula(formula.argument) });
    case "and":
    case "or":
      return foldFormula({ kind: formula.kind, arguments: formula.arguments.map(simplifyFormula) });
    case "forall":
    case "exists":
      return quantified(formula.kind, formula.variables, simplifyFormula(formula.body));
    case "holds":
      return { ...formula, arguments: formula.arguments.map(simplifyTerm) };
    default:
      return foldFormula({
        kind: formula.kind,
        left: simplifyFormula(formula.left),
        right: simplifyFormula(formula.right),
      });
  }
}

/** One step of {@link simplifyTerm}: the parts are taken to be simplified already. */
export function foldTerm(term: Term): Term {
  switch (term.kind) {
    case "integer":
    case "variable":
    case "select":
    case "store":
    case "filled":
    case "apply":
      return term;
    case "negate":
      return foldNegate(term.argument);
    case "add":
      return foldAdd(term.left, term.right);
    case "subtract":
      return foldSubtract(term.left, term.right);
    case "multiply":
      return foldMultiply(term.left, term.right);
    case "div":
    case "mod":
      return foldQuotient(term);
    case "shiftRight": {
      const amount = constant(term.right);
      if (amount === 0n) return term.left;
      const left = constant(term.left);
      return left !== null && amount !== null && amount > 0n && amount < 64n ? integer(left >> amount) : term;
    }
    case "pow2": {
      const exponent = constant(term.argument);
      return exponent !== null && exponent >= 0n && exponent < 64n ? integer(1n << exponent) : term;
    }
    case "wrap": {
      const { type, argument } = term;
      if (argument.kind === "integer") return integer(wrap(argument.value, type));
      const inner = argument.kind === "wrap" ? argument : null;
      // Modulo 2ⁿ after modulo 2ᵐ is modulo 2ⁿ when n ≤ m; _Bool is no modulus.
      if (inner && inner.type.name !== "_Bool" && type.name !== "_Bool" && type.bits <= inner.type.bits) {
        return foldTerm({ kind: "wrap", type, argument: inner.argument });
      }
      return term;
    }
    case "bits":
      return foldBits(term);
    case "choose":
      if (term.condition.kind === "truth") return term.condition.value ? term.then : term.else;
      return same(term.then, term.else) ? term.then : term;
  }
}

/** One step of {@link simplifyFormula}: the parts are taken to be simplified already. */
export function foldFormula(formula: Formula): Formula {
  switch (formula.kind) {
    case "truth":
    case "symbol":
    case "forall":
    case "exists":
    case "holds":
      return formula;
    case "compare":
      return foldCompare(formula.relation, formula.left, formula.right);
    case "not":
      return formula.argument.kind === "compare" ? negateRelation(formula.argument) : not(formula.argument);
    case "and":
      return and(...formula.arguments);
    case "or":
      return or(...formula.arguments);
    case "implies":
      if (formula.right.kind === "truth" && !formula.right.value) {
        return foldFormula({ kind: "not", argument: formula.left });
      }
      return same(formula.left, formula.right) ? TRUE : implies(formula.left, formula.right);
    case "iff": {
      const { left, right } = formula;
      if (left.kind === "truth") return left.value ? right : foldFormula({ kind: "not", argument: right });
      if (right.kind === "truth") return right.value ? left : foldFormula({ kind: "not", argument: left });
      return same(left, right) ? TRUE : formula;
    }
  }
}

/** Structural equality of terms or of formulas. */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every(
    (key) => key in right && same(left[key as keyof typeof left], right[key as keyof typeof right]),
  );
}

const NEGATED: Readonly<Record<Relation, Relation>> = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
  "==": "!=",
  "!=": "==",
};

function negateRelation(formula: Formula & { kind: "compare" }): Formula {
  return compare(NEGATED[formula.relation], formula.left, formula.right);
}

function foldCompare(relation: Relation, left: Term, right: Term): Formula {
  if (left.kind === "integer" && right.kind === "integer") {
    return related(relation, left.value, right.value) ? TRUE : FALSE;
  }
  if (same(left, right)) return relation === "<=" || relation === ">=" || relation === "==" ? TRUE : FALSE;
  // A truth value that became a number (`(a < b) != 0`) becomes a truth value again.
  if (
    left.kind === "choose" &&
    left.then.kind === "integer" &&
    left.else.kind === "integer" &&
    right.kind === "integer"
  ) {
    return decide(
      left.condition,
      related(relation, left.then.value, right.value),
      related(relation, left.else.value, right.value),
    );
  }
  if (
    right.kind === "choose" &&
    right.then.kind === "integer" &&
    right.else.kind === "integer" &&
    left.kind === "integer"
  ) {
    return decide(
      right.condition,
      related(relation, left.value, right.then.value),
      related(relation, left.value, right.else.value),
    );
  }
  return compare(relation, left, right);
}

function decide(condition: Formula, whenTrue: boolean, whenFalse: boolean): Formula {
  if (whenTrue === whenFalse) return whenTrue ? TRUE : FALSE;
  return whenTrue ? condition : foldFormula({ kind: "not", argument: condition });
}

function constant(term: Term): bigint | null {
  return term.kind === "integer" ? term.value : null;
}

function foldNegate(argument: Term): Term {
  if (argument.kind === "integer") return integer(-argument.value);
  if (argument.kind === "negate") return argument.argument;
  return { kind: "negate", argument };
}

/** `base + offset` with a constant offset, for folding constants of a sum. */
function offsetOf(term: Term): { readonly base: Term; readonly offset: bigint } {
  if (term.kind === "add" && term.right.kind === "integer")
    return { base: term.left, offset: term.right.value };
  if (term.kind === "subtract" && term.right.kind === "integer")
    return { base: term.left, offset: -term.right.value };
  return { base: term, offset: 0n };
}

function withOffset(base: Term, offset: bigint): Term {
  if (offset === 0n) return base;
  if (base.kind === "integer") return integer(base.value + offset);
  return offset > 0n
    ? { kind: "add", left: base, right: integer(offset) }
    : { kind: "subtract", left: base, right: integer(-offset) };
}

function foldAdd(left: Term, right: Term): Term {
  if (left.kind === "integer" && right.kind !== "integer") return foldAdd(right, left);
  if (right.kind === "integer") {
    const { base, offset } = offsetOf(left);
    return withOffset(base, offset + right.value);
  }
  if (right.kind === "negate") return foldSubtract(left, right.argument);
  return { kind: "add", left, right };
}

function foldSubtract(left: Term, right: Term): Term {
  if (right.kind === "integer") {
    const { base, offset } = offsetOf(left);
    return withOffset(base, offset - right.value);
  }
  if (left.kind === "integer" && left.value === 0n) return foldNegate(right);
  if (same(left, right)) return integer(0);
  if (right.kind === "negate") return foldAdd(left, right.argument);
  return { kind: "subtract", left, right };
}

function foldMultiply(left: Term, right: Term): Term {
  if (right.kind === "integer" && left.kind !== "integer") return foldMultiply(right, left);
  const factor = constant(left);
  if (factor === null) return { kind: "multiply", left, right };
  if (right.kind === "integer") return integer(factor * right.value);
  if (factor === 0n) return integer(0);
  if (factor === 1n) return right;
  if (factor === -1n) return foldNegate(right);
  if (right.kind === "multiply" && right.left.kind === "integer") {
    return foldMultiply(integer(factor * right.left.value), right.right);
  }
  return { kind: "multiply", left, right };
}

function foldQuotient(
  term: Term & { kind: "div" | "mod" | "add" | "subtract" | "multiply" | "shiftRight" },
): Term {
  const divisor = constant(term.right);
  if (divisor === null || divisor === 0n) return term;
  const dividend = constant(term.left);
  if (term.kind === "div") {
    if (dividend !== null) return integer(dividend / divisor);
    if (divisor === 1n) return term.left;
    return divisor === -1n ? foldNegate(term.left) : term;
  }
  if (dividend !== null) return integer(dividend % divisor);
  return divisor === 1n || divisor === -1n ? integer(0) : term;
}

function foldBits(term: Term & { kind: "bits" }): Term {
  const { left, right, type } = term;
  if (left.kind !== "integer" || right.kind !== "integer") return term;
  const { low, high } = rangeOf(type);
  const outside = [left.value, right.value].some((value) => value < low || value > high);
  if (outside) return term;
  const operate = {
    and: (a: bigint, b: bigint) => a & b,
    or: (a: bigint, b: bigint) => a | b,
    xor: (a: bigint, b: bigint) => a ^ b,
  };
  return integer(operate[term.operator](left.value, right.value));
}
