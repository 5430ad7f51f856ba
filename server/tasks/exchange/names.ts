import type { ExchangeProblem, Predicate } from "../../../grammars/smtlib/problem.ts";
import { expressionText, plainSort, type Sorted } from "../../../grammars/smtlib/problem.ts";
import type { ExchangeSort } from "../../engine/task.ts";
import type { Value } from "../../program/smt/translate.ts";
import { integer, type Term, variable } from "../../program/term.ts";
import { FLAG, flag } from "./paths.ts";

/** A predicate's parameters as program variables. */
export interface Parameter {
  /** The program's variable. */
  readonly variable: string;
  /** As the answer calls it. */
  readonly text: string;
  readonly sort: ExchangeSort;
}

export function sortOf(one: Sorted): ExchangeSort | null {
  const plain = plainSort(one);
  if (plain === "Int" || plain === "Bool") return plain;
  return expressionText(one.sort) === "(Array Int Int)" ? "Array" : null;
}

export function sortText(sort: ExchangeSort): string {
  return sort === "Array" ? "(Array Int Int)" : sort;
}

/**
 * The parameters of each predicate. Those of Horn clauses have no names of their own; they get those of the first clause that
 * applies the predicate to different variables. Null where a sort is another.
 */
export function parametersOf(problem: ExchangeProblem): Map<string, readonly Parameter[]> | null {
  const found = new Map<string, readonly Parameter[]>();
  for (const predicate of problem.predicates) {
    const names = problem.notation === "horn" ? borrowed(problem, predicate) : null;
    const several = problem.predicates.length > 1;
    const parameters = predicate.parameters.map((one, i): Parameter | null => {
      const sort = sortOf(one);
      if (sort === null) return null;
      const text = names?.[i] ?? one.name;
      const own = several ? `${predicate.name}.${text}` : text;
      return { variable: sort === "Bool" ? FLAG + own : own, text, sort };
    });
    if (parameters.some((one) => one === null)) return null;
    found.set(predicate.name, parameters as Parameter[]);
  }
  return found;
}

function borrowed({ conditions }: ExchangeProblem, { name, parameters }: Predicate): string[] | null {
  for (const { clause } of conditions) {
    for (const application of [...(clause?.body ?? []), ...(clause?.head ? [clause.head] : [])]) {
      if (application.predicate !== name || application.arguments.length !== parameters.length) continue;
      const names = application.arguments.flatMap((one) => (one.kind === "atom" ? [one.text] : []));
      const apart = new Set(names).size === parameters.length;
      if (apart && names.every((one) => /^[A-Za-z_]/.test(one))) return names;
    }
  }
  return null;
}

/** What a program variable of this sort stands for. */
export function parameterValue({ variable: name, sort }: Pick<Parameter, "variable" | "sort">): Value {
  return sort === "Bool" ? { sort, formula: flag(name) } : { sort, term: variable(name) };
}

/** A value as what is assigned to a variable: truth is 1. */
export function asTerm(value: Value): Term {
  if (value.sort !== "Bool") return value.term;
  return { kind: "choose", condition: value.formula, then: integer(1), else: integer(0) };
}
