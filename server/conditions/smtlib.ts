import type { IntegerType } from "../program/integer.ts";
import type { Formula, Relation, Term } from "../program/term.ts";
import { triggersOf } from "./triggers.ts";

/**
 * SMT-LIB 2.6 text of terms and formulas, one encoding for every solver: integers are `Int` (soundness.md 5).
 * Names must already be simple symbols. Negative literals are `(- 1)`: `-1` is not SMT-LIB and cvc5 rejects it.
 */
export function smtInteger(value: bigint): string {
  return value < 0n ? `(- ${-value})` : `${value}`;
}

export function smtTerm(term: Term): string {
  switch (term.kind) {
    case "integer":
      return smtInteger(term.value);
    case "variable":
      return term.name;
    case "negate":
      return `(- ${smtTerm(term.argument)})`;
    case "add":
      return `(+ ${smtTerm(term.left)} ${smtTerm(term.right)})`;
    case "subtract":
      return `(- ${smtTerm(term.left)} ${smtTerm(term.right)})`;
    case "multiply":
      return `(* ${smtTerm(term.left)} ${smtTerm(term.right)})`;
    case "div":
    case "mod":
      return truncating(term.kind, smtTerm(term.left), smtTerm(term.right));
    case "shiftRight":
      // SMT-LIB's div by a positive divisor is the floor.
      return `(div ${smtTerm(term.left)} ${power(term.right)})`;
    case "pow2":
      return power(term.argument);
    case "wrap":
      return wrapped(term.type, smtTerm(term.argument));
    case "bits":
      return bitwise(term.operator, term.type, smtTerm(term.left), smtTerm(term.right));
    case "choose":
      return `(ite ${smtFormula(term.condition)} ${smtTerm(term.then)} ${smtTerm(term.else)})`;
    case "select":
      return term.indices.reduce(
        (array, index) => `(select ${array} ${smtTerm(index)})`,
        smtTerm(term.array),
      );
    case "store":
      return stored(smtTerm(term.array), term.indices.map(smtTerm), smtTerm(term.value));
    case "filled":
      return `((as const ${smtSort(term.dimensions)}) ${
        term.dimensions === 1 ? smtTerm(term.value) : smtTerm({ ...term, dimensions: term.dimensions - 1 })
      })`;
    case "apply":
      return applied(functionName(term.name), term.arguments);
  }
}

/** An array of arrays is stored into from the inside. */
function stored(array: string, indices: readonly string[], value: string): string {
  const [index, ...rest] = indices;
  const inner = rest.length === 0 ? value : stored(`(select ${array} ${index})`, rest, value);
  return `(store ${array} ${index} ${inner})`;
}

/** The name of a logic function: no word of SMT-LIB and no variable has one like it. */
export function functionName(name: string): string {
  return `logic!${name}`;
}

function applied(name: string, list: readonly Term[]): string {
  return list.length === 0 ? name : `(${name} ${list.map(smtTerm).join(" ")})`;
}

/** The sort of an array of integers with so many dimensions. */
export function smtSort(dimensions: number): string {
  return dimensions === 0 ? "Int" : `(Array Int ${smtSort(dimensions - 1)})`;
}

/** C truncates towards zero (C11 6.5.5); SMT-LIB's `div` and `mod` have a remainder that is never negative. */
function truncating(operator: "div" | "mod", left: string, right: string): string {
  const text = (dividend: string) => `(${operator} ${dividend} ${right})`;
  return `(let ((dividend ${left})) (ite (>= dividend 0) ${text("dividend")} (- ${text("(- dividend)")})))`;
}

function power(exponent: Term): string {
  if (exponent.kind === "integer" && exponent.value >= 0n && exponent.value < 64n) {
    return `${1n << exponent.value}`;
  }
  const text = smtTerm(exponent);
  let chain = "1";
  for (let i = 63n; i > 0n; i--) chain = `(ite (= exponent ${i}) ${1n << i} ${chain})`;
  return `(let ((exponent ${text})) ${chain})`;
}

function wrapped(type: IntegerType, argument: string): string {
  if (type.name === "_Bool") return `(ite (= ${argument} 0) 0 1)`;
  const size = 1n << BigInt(type.bits);
  if (!type.signed) return `(mod ${argument} ${size})`;
  return `(- (mod (+ ${argument} ${size / 2n}) ${size}) ${size / 2n})`;
}

/** Bit-vectors only here (soundness.md 5): operands lie in the type, the result is read back as an integer. */
function bitwise(operator: "and" | "or" | "xor", type: IntegerType, left: string, right: string): string {
  const vector = (text: string) => `((_ int2bv ${type.bits}) ${text})`;
  const result = `(bv2nat (bv${operator} ${vector(left)} ${vector(right)}))`;
  if (!type.signed) return result;
  const size = 1n << BigInt(type.bits);
  return `(let ((pattern ${result})) (ite (< pattern ${size / 2n}) pattern (- pattern ${size})))`;
}

const RELATIONS: Readonly<Record<Relation, string>> = {
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  "==": "=",
  "!=": "distinct",
};

export function smtFormula(formula: Formula): string {
  switch (formula.kind) {
    case "truth":
      return `${formula.value}`;
    case "symbol":
      return formula.name;
    case "compare":
      return `(${RELATIONS[formula.relation]} ${smtTerm(formula.left)} ${smtTerm(formula.right)})`;
    case "not":
      return `(not ${smtFormula(formula.argument)})`;
    case "and":
    case "or":
      return formula.arguments.length === 0
        ? `${formula.kind === "and"}`
        : `(${formula.kind} ${formula.arguments.map(smtFormula).join(" ")})`;
    case "implies":
      return `(=> ${smtFormula(formula.left)} ${smtFormula(formula.right)})`;
    case "iff":
      return `(= ${smtFormula(formula.left)} ${smtFormula(formula.right)})`;
    case "forall":
    case "exists":
      return quantifier(formula);
    case "holds":
      return applied(formula.name, formula.arguments);
  }
}

function quantifier(formula: Formula & { kind: "forall" | "exists" }): string {
  const binders = formula.variables.map((name) => `(${name} Int)`).join(" ");
  const body = smtFormula(formula.body);
  const triggers = triggersOf(formula).map((list) => ` :pattern (${list.map(smtTerm).join(" ")})`);
  const annotated = triggers.length === 0 ? body : `(! ${body}${triggers.join("")})`;
  return `(${formula.kind} (${binders}) ${annotated})`;
}
