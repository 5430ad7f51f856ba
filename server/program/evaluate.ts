import { rangeOf, wrap } from "./integer.ts";
import { type Formula, related, type Term } from "./term.ts";

/** The value of a variable; undefined when it has none. */
export type Lookup = (name: string) => bigint | undefined;

/** Told the value of every compound term; false makes the whole evaluation undefined. */
export type Admit = (term: Term, value: bigint) => boolean;

/** Values for which `pow2` and the amount of `shiftRight` are specified: 0 ≤ n < 64. */
export const POWERS = 64n;

/**
 * The exact value of a term; null when it is undefined: divisor zero, exponent or shift amount outside 0..63, operand of a bitwise
 * operator outside its type, variable without a value. Nothing undefined is ever skipped over, except by a connective or a
 * `choose` that its earlier operands have decided already.
 */
export function evaluateTerm(term: Term, lookup: Lookup, admit?: Admit): bigint | null {
  if (term.kind === "integer") return term.value;
  if (term.kind === "variable") return lookup(term.name) ?? null;
  const value = compound(term, lookup, admit);
  return value === null || (admit !== undefined && !admit(term, value)) ? null : value;
}

type Compound = Exclude<Term, { kind: "integer" | "variable" }>;

function compound(term: Compound, lookup: Lookup, admit: Admit | undefined): bigint | null {
  switch (term.kind) {
    case "negate": {
      const argument = evaluateTerm(term.argument, lookup, admit);
      return argument === null ? null : -argument;
    }
    case "pow2": {
      const argument = evaluateTerm(term.argument, lookup, admit);
      return argument === null || argument < 0n || argument >= POWERS ? null : 1n << argument;
    }
    case "wrap": {
      const argument = evaluateTerm(term.argument, lookup, admit);
      return argument === null ? null : wrap(argument, term.type);
    }
    case "choose": {
      const condition = evaluateFormula(term.condition, lookup, admit);
      return condition === null ? null : evaluateTerm(condition ? term.then : term.else, lookup, admit);
    }
    // Arrays are made single cells before anything runs (cells.ts).
    case "select":
    case "store":
    case "filled":
    case "apply":
      return null;
    default: {
      const left = evaluateTerm(term.left, lookup, admit);
      if (left === null) return null;
      const right = evaluateTerm(term.right, lookup, admit);
      return right === null ? null : binary(term, left, right);
    }
  }
}

function binary(term: Extract<Term, { left: Term }>, left: bigint, right: bigint): bigint | null {
  switch (term.kind) {
    case "add":
      return left + right;
    case "subtract":
      return left - right;
    case "multiply":
      return left * right;
    case "div":
      return right === 0n ? null : left / right;
    case "mod":
      return right === 0n ? null : left % right;
    case "shiftRight":
      return right < 0n || right >= POWERS ? null : left >> right;
    case "bits": {
      const { low, high } = rangeOf(term.type);
      if (left < low || left > high || right < low || right > high) return null;
      if (term.operator === "and") return left & right;
      return term.operator === "or" ? left | right : left ^ right;
    }
  }
}

/** The truth of a formula; null when it is undefined, as for terms. A `symbol` has no value. */
export function evaluateFormula(formula: Formula, lookup: Lookup, admit?: Admit): boolean | null {
  switch (formula.kind) {
    case "truth":
      return formula.value;
    case "symbol":
      return null;
    case "compare": {
      const left = evaluateTerm(formula.left, lookup, admit);
      if (left === null) return null;
      const right = evaluateTerm(formula.right, lookup, admit);
      return right === null ? null : related(formula.relation, left, right);
    }
    case "not": {
      const argument = evaluateFormula(formula.argument, lookup, admit);
      return argument === null ? null : !argument;
    }
    case "and":
    case "or": {
      const decided = formula.kind === "or";
      for (const part of formula.arguments) {
        const value = evaluateFormula(part, lookup, admit);
        if (value === null || value === decided) return value;
      }
      return !decided;
    }
    case "implies": {
      const left = evaluateFormula(formula.left, lookup, admit);
      return left === true ? evaluateFormula(formula.right, lookup, admit) : left === null ? null : true;
    }
    case "iff": {
      const left = evaluateFormula(formula.left, lookup, admit);
      if (left === null) return null;
      const right = evaluateFormula(formula.right, lookup, admit);
      return right === null ? null : left === right;
    }
    case "forall":
    case "exists":
    case "holds":
      return null;
  }
}
