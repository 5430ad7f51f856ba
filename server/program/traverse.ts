import type { Block, Program } from "./program.ts";
import {
  type Formula,
  implies,
  and as makeAnd,
  not as makeNot,
  or as makeOr,
  quantified,
  type Term,
} from "./term.ts";

export { foldFormula, foldTerm, same, simplifyFormula, simplifyTerm } from "./simplify.ts";

/** What stands for a variable in a substitution; null keeps the variable. */
export type Substitution = (name: string) => Term | null;

/** The term with every variable replaced at once. */
export function substituteTerm(term: Term, replace: Substitution): Term {
  const go = (inner: Term) => substituteTerm(inner, replace);
  switch (term.kind) {
    case "integer":
      return term;
    case "variable":
      return replace(term.name) ?? term;
    case "negate":
    case "pow2":
    case "wrap":
      return { ...term, argument: go(term.argument) };
    case "choose":
      return {
        kind: "choose",
        condition: substituteFormula(term.condition, replace),
        then: go(term.then),
        else: go(term.else),
      };
    case "select":
      return { ...term, array: go(term.array), indices: term.indices.map(go) };
    case "store":
      return { ...term, array: go(term.array), indices: term.indices.map(go), value: go(term.value) };
    case "filled":
      return { ...term, value: go(term.value) };
    case "apply":
      return { ...term, arguments: term.arguments.map(go) };
    default:
      return { ...term, left: go(term.left), right: go(term.right) };
  }
}

/** The formula with every variable replaced at once (bound ones too, if `replace` knows them); junctions that became constant are shortened. */
export function substituteFormula(formula: Formula, replace: Substitution): Formula {
  const go = (inner: Formula) => substituteFormula(inner, replace);
  switch (formula.kind) {
    case "truth":
    case "symbol":
      return formula;
    case "compare":
      return {
        ...formula,
        left: substituteTerm(formula.left, replace),
        right: substituteTerm(formula.right, replace),
      };
    case "not":
      return makeNot(go(formula.argument));
    case "and":
      return makeAnd(...formula.arguments.map(go));
    case "or":
      return makeOr(...formula.arguments.map(go));
    case "implies":
      return implies(go(formula.left), go(formula.right));
    case "iff":
      return { kind: "iff", left: go(formula.left), right: go(formula.right) };
    case "forall":
    case "exists":
      return quantified(formula.kind, formula.variables, go(formula.body));
    case "holds":
      return { ...formula, arguments: formula.arguments.map((one) => substituteTerm(one, replace)) };
  }
}

/** The formula with each comparison replaced, whatever stands around it. */
export function mapComparisons(
  formula: Formula,
  change: (one: Formula & { kind: "compare" }) => Formula,
): Formula {
  const go = (inner: Formula) => mapComparisons(inner, change);
  if (formula.kind === "compare") return change(formula);
  return formula.kind === "not" ? makeNot(go(formula.argument)) : mapParts(formula, go);
}

/** The formula with the formulas that it is directly made of replaced. */
export function mapParts(formula: Formula, change: (part: Formula) => Formula): Formula {
  switch (formula.kind) {
    case "not":
      return { kind: "not", argument: change(formula.argument) };
    case "and":
    case "or":
      return { kind: formula.kind, arguments: formula.arguments.map(change) };
    case "implies":
    case "iff":
      return { kind: formula.kind, left: change(formula.left), right: change(formula.right) };
    case "forall":
    case "exists":
      return { ...formula, body: change(formula.body) };
    default:
      return formula;
  }
}

/** True when a quantifier or a predicate defined by axioms occurs in the formula. */
export function isQuantified(formula: Formula): boolean {
  let found = false;
  visitFormula(formula, (node) => {
    if (node.kind === "forall" || node.kind === "exists" || node.kind === "holds") found = true;
  });
  return found;
}

/** True when the formula speaks of elements of arrays, or of logic functions, and not of numbers alone. */
export function hasElements(formula: Formula): boolean {
  let found = false;
  visitFormula(formula, (node) => {
    if (node.kind === "select" || node.kind === "apply") found = true;
  });
  return found;
}

/** Names of the variables in the term, in order of first occurrence. */
export function variablesOfTerm(term: Term): Set<string> {
  const names = new Set<string>();
  visitTerm(term, (inner) => {
    if (inner.kind === "variable" && !inner.name.startsWith("?")) names.add(inner.name);
  });
  return names;
}

/** Names of the variables in the formula, in order of first occurrence; symbols are not variables. */
export function variablesOf(formula: Formula): Set<string> {
  const names = new Set<string>();
  visitFormula(formula, (inner) => {
    if (inner.kind === "variable" && !inner.name.startsWith("?")) names.add(inner.name);
  });
  return names;
}

/** The number of nodes of a formula, its terms included. */
export function sizeOf(formula: Formula): number {
  let size = 0;
  visitFormula(formula, () => {
    size++;
  });
  return size;
}

/** Calls `visit` for the term and every term and formula inside it, parents first. */
export function visitTerm(term: Term, visit: (node: Term | Formula) => void): void {
  visit(term);
  switch (term.kind) {
    case "integer":
    case "variable":
      return;
    case "negate":
    case "pow2":
    case "wrap":
      visitTerm(term.argument, visit);
      return;
    case "choose":
      visitFormula(term.condition, visit);
      visitTerm(term.then, visit);
      visitTerm(term.else, visit);
      return;
    case "select":
    case "store":
      visitTerm(term.array, visit);
      for (const index of term.indices) visitTerm(index, visit);
      if (term.kind === "store") visitTerm(term.value, visit);
      return;
    case "filled":
      visitTerm(term.value, visit);
      return;
    case "apply":
      for (const argument of term.arguments) visitTerm(argument, visit);
      return;
    default:
      visitTerm(term.left, visit);
      visitTerm(term.right, visit);
  }
}

/** Calls `visit` for the formula and every formula and term inside it, parents first. */
export function visitFormula(formula: Formula, visit: (node: Term | Formula) => void): void {
  visit(formula);
  switch (formula.kind) {
    case "truth":
    case "symbol":
      return;
    case "compare":
      visitTerm(formula.left, visit);
      visitTerm(formula.right, visit);
      return;
    case "not":
      visitFormula(formula.argument, visit);
      return;
    case "and":
    case "or":
      for (const argument of formula.arguments) visitFormula(argument, visit);
      return;
    case "forall":
    case "exists":
      visitFormula(formula.body, visit);
      return;
    case "holds":
      for (const argument of formula.arguments) visitTerm(argument, visit);
      return;
    default:
      visitFormula(formula.left, visit);
      visitFormula(formula.right, visit);
  }
}

/** Visits all that the blocks of a program compute and ask, in their order: nodes of values, of conditions, and of jumps. */
export function visitProgram({ blocks }: Program, visit: (node: Term | Formula) => void): void {
  visitBlocks(blocks, visit);
}

/** Every term and formula of some of a program's blocks. */
export function visitBlocks(blocks: readonly Block[], visit: (node: Term | Formula) => void): void {
  for (const { commands, jump } of blocks) {
    for (const command of commands) {
      if (command.kind === "assign") visitTerm(command.value, visit);
      else if (command.kind !== "havoc") visitFormula(command.condition, visit);
    }
    if (jump.kind === "branch") visitFormula(jump.condition, visit);
  }
}
