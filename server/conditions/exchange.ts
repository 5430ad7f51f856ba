import { symbolText } from "../../grammars/smtlib/expression.ts";
import {
  type Condition,
  type ExchangeProblem,
  expressionText,
  type Sorted,
} from "../../grammars/smtlib/problem.ts";

/** The problem as Horn clauses in SMT-LIB, its own text otherwise unchanged: what a solver of such clauses is given. */
export function clausesText(problem: ExchangeProblem): string {
  return [
    "(set-logic HORN)",
    ...problem.predicates.map(({ name, parameters }) => {
      const sorts = parameters.map((one) => expressionText(one.sort));
      return `(declare-fun ${symbolText(name)} (${sorts.join(" ")}) Bool)`;
    }),
    ...problem.definitions.map(expressionText),
    ...problem.conditions.map((condition) => `(assert ${closed(condition)})`),
  ].join("\n");
}

/**
 * The problem with its predicates defined, as declarations and one formula a condition that must be unsatisfiable: what is judged.
 */
export function judgedText(problem: ExchangeProblem, definitions: readonly string[]) {
  return {
    preamble: [...problem.definitions.map(expressionText), ...definitions].join("\n"),
    violations: problem.conditions.map((condition) => ({
      condition,
      commands: [
        ...condition.variables.map((one) => `(declare-const ${binder(one)})`),
        `(assert (not ${expressionText(condition.formula)}))`,
      ].join("\n"),
    })),
  };
}

function closed({ variables, formula }: Condition): string {
  if (variables.length === 0) return expressionText(formula);
  return `(forall (${variables.map((one) => `(${binder(one)})`).join(" ")}) ${expressionText(formula)})`;
}

function binder({ name, sort }: Sorted): string {
  return `${symbolText(name)} ${expressionText(sort)}`;
}
