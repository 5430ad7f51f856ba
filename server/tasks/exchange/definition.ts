import { symbolText } from "../../../grammars/smtlib/expression.ts";
import { expressionText, type Predicate } from "../../../grammars/smtlib/problem.ts";
import { smtFormula } from "../../conditions/smtlib.ts";
import { and, type Formula, integer, not, type Term, variable } from "../../program/term.ts";
import { simplifyFormula, substituteFormula } from "../../program/traverse.ts";
import type { Parameter } from "./names.ts";

/** A predicate's solution as SMT-LIB and SyGuS write it: `(define-fun inv ((x Int)) Bool (>= x 0))`. */
export function definitionText(
  predicate: Predicate,
  parameters: readonly Parameter[],
  conjuncts: readonly Formula[],
): string {
  const byVariable = new Map(parameters.map((one) => [one.variable, one]));
  const body = withTruths(simplifyFormula(and(...conjuncts)), byVariable);
  const named = substituteFormula(body, (name) => {
    const parameter = byVariable.get(name);
    if (!parameter) throw new Error(`'${name}' is no parameter of '${predicate.name}'.`);
    return asParameter(parameter);
  });
  const list = parameters.map((one) => `(${symbolText(one.text)} ${one.sort})`);
  return signature(predicate.name, list, smtFormula(named));
}

/** The same around a body that somebody else wrote, over the predicate's own parameters. */
export function signature(name: string, parameters: readonly string[], body: string): string {
  return `(define-fun ${symbolText(name)} (${parameters.join(" ")}) Bool ${body})`;
}

export function parameterText(predicate: Predicate): string[] {
  return predicate.parameters.map((one) => `(${symbolText(one.name)} ${expressionText(one.sort)})`);
}

function asParameter({ text, sort }: Parameter): Term {
  if (sort === "Int") return variable(symbolText(text));
  const condition: Formula = { kind: "symbol", name: symbolText(text) };
  return { kind: "choose", condition, then: integer(1), else: integer(0) };
}

/** `b != 0` is the truth value itself. */
function withTruths(formula: Formula, parameters: ReadonlyMap<string, Parameter>): Formula {
  const go = (inner: Formula) => withTruths(inner, parameters);
  switch (formula.kind) {
    case "compare": {
      const { left, right, relation } = formula;
      const parameter = left.kind === "variable" ? parameters.get(left.name) : undefined;
      if (parameter?.sort !== "Bool" || right.kind !== "integer") return formula;
      const holds: Formula = { kind: "symbol", name: symbolText(parameter.text) };
      const values = [0n, 1n].map((value) => compared(value, relation, right.value));
      if (values[0] === values[1]) return { kind: "truth", value: values[0]! };
      return values[1] ? holds : not(holds);
    }
    case "not":
      return not(go(formula.argument));
    case "and":
    case "or":
      return { kind: formula.kind, arguments: formula.arguments.map(go) };
    case "implies":
    case "iff":
      return { kind: formula.kind, left: go(formula.left), right: go(formula.right) };
    default:
      return formula;
  }
}

function compared(
  left: bigint,
  relation: Extract<Formula, { kind: "compare" }>["relation"],
  right: bigint,
): boolean {
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
