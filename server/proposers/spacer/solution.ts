import type { Span } from "../../../grammars/c/span.ts";
import { type Expression, headOf, readExpressions } from "../../../grammars/smtlib/expression.ts";
import { type ExchangeProblem, expressionText } from "../../../grammars/smtlib/problem.ts";
import type { HornClauses } from "../../conditions/horn.ts";
import { tidy } from "../../program/linear.ts";
import { readable } from "../../program/readable.ts";
import { macrosOf } from "../../program/smt/macros.ts";
import { Translator, Untranslatable, type Value } from "../../program/smt/translate.ts";
import { type Formula, not, variable } from "../../program/term.ts";
import { simplifyFormula } from "../../program/traverse.ts";
import { parameterText, signature } from "../../tasks/exchange/definition.ts";

export type Solution =
  | { readonly kind: "read"; readonly invariants: readonly (readonly Formula[])[] }
  | { readonly kind: "rejected"; readonly reason: string };

/**
 * A solution of Horn clauses as conjuncts by loop. The text is a solver's and may be anything; what has no translation (an array,
 * a quantifier, a fraction) ends here.
 */
export function readSolution(text: string, clauses: HornClauses): Solution {
  const read = readExpressions(text);
  if (read.kind === "error") return rejected(read.message, read.span);
  // Z3 wraps its answer in a list, which it once began with the word `model`.
  const only = read.expressions.length === 1 ? read.expressions[0] : undefined;
  const definitions =
    only?.kind === "list" && headOf(only) !== "define-fun"
      ? only.items.filter((item) => item.kind === "list")
      : read.expressions;
  const translator = new Translator({ weakenExists: true });
  try {
    const macros = macrosOf(definitions, translator);
    const nowhere: Span = { start: 0, end: 0, line: 1, column: 1 };
    const invariants = clauses.predicates.map(({ name, variables }) => {
      const macro = macros.get(name);
      // A predicate that the solution leaves out may be anything.
      if (!macro) return [];
      const values = variables.map((one): Value => ({ sort: "Int", term: variable(one) }));
      const value = macro(values, nowhere);
      if (value.sort !== "Bool") throw new Untranslatable("a predicate is defined as an integer", nowhere);
      return conjuncts(simplifyFormula(readable(tidy(simplifyFormula(value.formula)))));
    });
    return { kind: "read", invariants };
  } catch (error) {
    if (error instanceof Untranslatable) return rejected(error.message, error.span);
    throw error;
  }
}

function rejected(message: string, span: Span): Solution {
  return { kind: "rejected", reason: `${span.line}:${span.column}: ${message}` };
}

/** The solution's definitions as text, one a predicate; null when one is missing. What they say is not looked at. */
export function definitionsIn(text: string, problem: ExchangeProblem): string[] | null {
  const read = readExpressions(text);
  if (read.kind === "error") return null;
  const found = problem.predicates.map((predicate) => {
    const only = read.expressions.length === 1 ? read.expressions[0] : undefined;
    const all = only?.kind === "list" && headOf(only) !== "define-fun" ? only.items : read.expressions;
    const definition = all.find(
      (one) => headOf(one) === "define-fun" && one.kind === "list" && nameIs(one.items[1], predicate.name),
    );
    if (definition) return expressionText(definition);
    return signature(predicate.name, parameterText(predicate), "true");
  });
  return found;
}

function nameIs(expression: Expression | undefined, name: string): boolean {
  return expression?.kind === "atom" && expression.text === name;
}

/** Top-level conjuncts; a negated disjunction is one, too. */
export function conjuncts(formula: Formula): Formula[] {
  if (formula.kind === "and") return formula.arguments.flatMap(conjuncts);
  if (formula.kind === "not" && formula.argument.kind === "or")
    return formula.argument.arguments.flatMap((one) => conjuncts(not(one)));
  return formula.kind === "truth" && formula.value ? [] : [formula];
}
