import type { IntegerType } from "./integer.ts";

/**
 * Terms over mathematical integers. They are pure: side effects became commands when C was lowered.
 *
 * `div` and `mod` truncate towards zero as C's do (C11 6.5.5) and are unspecified when the divisor is zero.
 * `wrap` is conversion into `type` modulo 2ⁿ. `bits` works on the two's complement of `type`; its operands are in range there.
 * `shiftRight` is ⌊left / 2^right⌋; `pow2` is 2^arg for 0 ≤ arg < 64 and unspecified elsewhere.
 */
export type Term =
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "negate"; readonly argument: Term }
  | {
      readonly kind: "add" | "subtract" | "multiply" | "div" | "mod" | "shiftRight";
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly kind: "pow2"; readonly argument: Term }
  | { readonly kind: "wrap"; readonly type: IntegerType; readonly argument: Term }
  | {
      readonly kind: "bits";
      readonly operator: "and" | "or" | "xor";
      readonly type: IntegerType;
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly kind: "choose"; readonly condition: Formula; readonly then: Term; readonly else: Term }
  /** An element of an array, one index a dimension. Arrays are total: whether an index is in range is an obligation of its own. */
  | { readonly kind: "select"; readonly array: Term; readonly indices: readonly Term[] }
  /** The array with one element changed. */
  | {
      readonly kind: "store";
      readonly array: Term;
      readonly indices: readonly Term[];
      readonly value: Term;
    }
  /** The array, of so many dimensions, that has this value everywhere. */
  | { readonly kind: "filled"; readonly dimensions: number; readonly value: Term }
  /**
   * A logic function of the source, or a predicate as 1 or 0, that is declared or recursive. A pointer among its parameters is an
   * array for each state that the function reads, and an offset; any other is one term.
   */
  | {
      readonly kind: "apply";
      readonly name: string;
      readonly arguments: readonly Term[];
      readonly signature: Signature;
    };

/** How the arguments of a logic function stand in a term. */
export interface Signature {
  readonly parameters: readonly ("integer" | "pointer")[];
  /** How many states of the memory it reads; at least 1. */
  readonly states: number;
}

export type Relation = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** Formulas over terms. `symbol` is a named truth value; only verification conditions use it. */
export type Formula =
  | { readonly kind: "truth"; readonly value: boolean }
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "compare"; readonly relation: Relation; readonly left: Term; readonly right: Term }
  | { readonly kind: "not"; readonly argument: Formula }
  | { readonly kind: "and" | "or"; readonly arguments: readonly Formula[] }
  | { readonly kind: "implies" | "iff"; readonly left: Formula; readonly right: Formula }
  /** Over all integers. Bound names begin with `?`, as no name of a program does. */
  | { readonly kind: "forall" | "exists"; readonly variables: readonly string[]; readonly body: Formula }
  /** A predicate of the source that is defined by axioms. */
  | { readonly kind: "holds"; readonly name: string; readonly arguments: readonly Term[] };

export const TRUE: Formula = { kind: "truth", value: true };
export const FALSE: Formula = { kind: "truth", value: false };

export function integer(value: bigint | number): Term {
  return { kind: "integer", value: BigInt(value) };
}

export function variable(name: string): Term {
  return { kind: "variable", name };
}

export function compare(relation: Relation, left: Term, right: Term): Formula {
  return { kind: "compare", relation, left, right };
}

/** Conjunction, flattened; units dropped, `false` absorbs. */
export function and(...parts: readonly Formula[]): Formula {
  return junction("and", parts);
}

/** Disjunction, flattened; units dropped, `true` absorbs. */
export function or(...parts: readonly Formula[]): Formula {
  return junction("or", parts);
}

/** Whether two integers are so related. */
export function related(relation: Relation, left: bigint, right: bigint): boolean {
  switch (relation) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "==":
      return left === right;
    case "!=":
      return left !== right;
  }
}

/** The term with a constant added to it. */
export function plusConstant(left: Term, by: bigint | number): Term {
  return { kind: "add", left, right: integer(by) };
}

export function select(array: Term, ...indices: readonly Term[]): Term {
  return { kind: "select", array, indices };
}

/** The quantified formula; a body that is constant needs no quantifier. */
export function quantified(kind: "forall" | "exists", variables: readonly string[], body: Formula): Formula {
  return body.kind === "truth" || variables.length === 0 ? body : { kind, variables, body };
}

function junction(kind: "and" | "or", parts: readonly Formula[]): Formula {
  const unit = kind === "and";
  const flat: Formula[] = [];
  for (const part of parts) {
    if (part.kind === "truth") {
      if (part.value !== unit) return part;
    } else if (part.kind === kind) flat.push(...part.arguments);
    else flat.push(part);
  }
  if (flat.length === 0) return unit ? TRUE : FALSE;
  return flat.length === 1 ? flat[0]! : { kind, arguments: flat };
}

export function not(argument: Formula): Formula {
  if (argument.kind === "truth") return argument.value ? FALSE : TRUE;
  if (argument.kind === "not") return argument.argument;
  return { kind: "not", argument };
}

export function implies(left: Formula, right: Formula): Formula {
  if (left.kind === "truth") return left.value ? right : TRUE;
  if (right.kind === "truth" && right.value) return TRUE;
  return { kind: "implies", left, right };
}
