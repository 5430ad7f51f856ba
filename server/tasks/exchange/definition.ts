import { type Expression, headOf, readExpressions, symbolText } from "../../../grammars/smtlib/expression.ts";
import { expressionText, type Predicate } from "../../../grammars/smtlib/problem.ts";
import { smtFormula } from "../../conditions/smtlib.ts";
import { and, type Formula, integer, not, related, type Term, variable } from "../../program/term.ts";
import { mapComparisons, simplifyFormula, substituteFormula } from "../../program/traverse.ts";
import { type Parameter, sortText } from "./names.ts";

/** A predicate's solution as SMT-LIB and SyGuS write it: `(define-fun inv ((x Int)) Bool (>= x 0))`. */
export function definitionText(
  predicate: Predicate,
  parameters: readonly Parameter[],
  conjuncts: readonly Formula[],
): string {
  const byVariable = new Map(parameters.map((one) => [one.variable, one]));
  const body = withTruths(simplifyFormula(and(...conjuncts)), byVariable);
  const named = substituteFormula(body, (name) => {
    if (name.startsWith("?")) return null;
    const parameter = byVariable.get(name);
    if (!parameter) throw new Error(`'${name}' is no parameter of '${predicate.name}'.`);
    return asParameter(parameter);
  });
  const list = parameters.map((one) => `(${symbolText(one.text)} ${sortText(one.sort)})`);
  return signature(predicate.name, list, plain(smtFormula(named)));
}

/** Without annotations: triggers are this solver's affair, and SyGuS has no place for them. */
function plain(text: string): string {
  const read = readExpressions(text);
  if (read.kind === "error") throw new Error(read.message);
  return expressionText(bare(read.expressions[0]!));
}

function bare(expression: Expression): Expression {
  if (expression.kind !== "list") return expression;
  if (headOf(expression) === "!") return bare(expression.items[1]!);
  return { ...expression, items: expression.items.map(bare) };
}

/** The same around a body that somebody else wrote, over the predicate's own parameters. */
export function signature(name: string, parameters: readonly string[], body: string): string {
  return `(define-fun ${symbolText(name)} (${parameters.join(" ")}) Bool ${body})`;
}

export function parameterText(predicate: Predicate): string[] {
  return predicate.parameters.map((one) => `(${symbolText(one.name)} ${expressionText(one.sort)})`);
}

function asParameter({ text, sort }: Parameter): Term {
  if (sort !== "Bool") return variable(symbolText(text));
  const condition: Formula = { kind: "symbol", name: symbolText(text) };
  return { kind: "choose", condition, then: integer(1), else: integer(0) };
}

/** `b != 0` is the truth value itself. */
function withTruths(formula: Formula, parameters: ReadonlyMap<string, Parameter>): Formula {
  return mapComparisons(formula, (one) => {
    const { left, right, relation } = one;
    const parameter = left.kind === "variable" ? parameters.get(left.name) : undefined;
    if (parameter?.sort !== "Bool" || right.kind !== "integer") return one;
    const holds: Formula = { kind: "symbol", name: symbolText(parameter.text) };
    const values = [0n, 1n].map((value) => related(relation, value, right.value));
    if (values[0] === values[1]) return { kind: "truth", value: values[0]! };
    return values[1] ? holds : not(holds);
  });
}
