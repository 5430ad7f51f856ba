import { foldTerm, simplifyFormula } from "./simplify.ts";
import { and, compare, type Formula, integer, not, or, type Term } from "./term.ts";
import { mapParts, substituteFormula, visitTerm } from "./traverse.ts";

/** A term without a value: what evaluates it is undefined. */
export const NOWHERE: Term = { kind: "div", left: integer(0), right: integer(0) };

const UNDEFINED: Formula = compare("==", NOWHERE, integer(0));

/** Most instances of one quantifier: over several variables the window is narrower. */
const MOST_INSTANCES = 1_200;

/**
 * The formula with every quantifier made a junction over -1 … `most`. A quantifier whose own bounds (`lo <= k && k < hi`) may
 * reach beyond that, or that has none, is undefined where they do: the result is exact or undefined, never wrong.
 */
export function expandQuantifiers(formula: Formula, most: number): Formula {
  if (formula.kind === "forall" || formula.kind === "exists") return expand(formula, most);
  return mapParts(formula, (part) => expandQuantifiers(part, most));
}

function expand(formula: Formula & { kind: "forall" | "exists" }, widest: number): Formula {
  const { kind, variables } = formula;
  const most = Math.min(widest, Math.floor(MOST_INSTANCES ** (1 / variables.length)) - 2);
  const bounds = boundsOf(formula);
  if (bounds === null) return UNDEFINED;
  const limits = variables.flatMap((name) => {
    const { low, high } = bounds.get(name)!;
    return [compare(">=", low, integer(-1)), compare("<=", high, integer(most))];
  });
  const inWindow = simplifyFormula(and(...limits));
  let instances: Formula[] = [formula.body];
  for (const name of variables) {
    instances = instances.flatMap((one) =>
      Array.from({ length: most + 2 }, (_, index) =>
        simplifyFormula(substituteFormula(one, (other) => (other === name ? integer(index - 1) : null))),
      ),
    );
  }
  const junction = (kind === "forall" ? and : or)(...instances.map((one) => expandQuantifiers(one, widest)));
  return or(and(inWindow, junction), and(not(inWindow), UNDEFINED));
}

interface Bounds {
  readonly low: Term;
  readonly high: Term;
}

/** Inclusive bounds of each bound variable, over terms without bound variables; null when one has none. */
function boundsOf(formula: Formula & { kind: "forall" | "exists" }): Map<string, Bounds> | null {
  const bound = new Set(formula.variables);
  const premises = formula.kind === "forall" ? premisesOf(formula.body) : conjunctsOf(formula.body);
  const lows = new Map<string, Term>();
  const highs = new Map<string, Term>();
  // Twice, so that a bound by another variable's bound is found: `0 <= i < j < n`.
  for (let round = 0; round < 2; round++) {
    for (const { smaller, larger, strict } of premises.flatMap(orderOf)) {
      note(highs, smaller, larger, strict ? -1 : 0, bound, highs);
      note(lows, larger, smaller, strict ? 1 : 0, bound, lows);
    }
  }
  const result = new Map<string, Bounds>();
  for (const name of formula.variables) {
    const [low, high] = [lows.get(name), highs.get(name)];
    if (low === undefined || high === undefined) return null;
    result.set(name, { low, high });
  }
  return result;
}

function note(
  found: Map<string, Term>,
  bounded: Term,
  by: Term,
  shift: number,
  bound: ReadonlySet<string>,
  known: ReadonlyMap<string, Term>,
): void {
  if (bounded.kind !== "variable" || !bound.has(bounded.name) || found.has(bounded.name)) return;
  const limit =
    by.kind === "variable" && bound.has(by.name) ? known.get(by.name) : free(by, bound) ? by : null;
  if (limit) found.set(bounded.name, foldTerm({ kind: "add", left: limit, right: integer(shift) }));
}

function free(term: Term, bound: ReadonlySet<string>): boolean {
  let result = true;
  visitTerm(term, (node) => {
    if (node.kind === "variable" && bound.has(node.name)) result = false;
  });
  return result;
}

function premisesOf(body: Formula): Formula[] {
  if (body.kind === "not") return conjunctsOf(body.argument);
  if (body.kind === "implies") return [...conjunctsOf(body.left), ...premisesOf(body.right)];
  // A clause is an implication from the negations of its parts.
  if (body.kind === "or") return body.arguments.map((part) => simplifyFormula(not(part)));
  return [];
}

function conjunctsOf(formula: Formula): Formula[] {
  return formula.kind === "and" ? formula.arguments.flatMap(conjunctsOf) : [formula];
}

function orderOf(
  formula: Formula,
): { readonly smaller: Term; readonly larger: Term; readonly strict: boolean }[] {
  if (formula.kind !== "compare") return [];
  const { left, right, relation } = formula;
  switch (relation) {
    case "<":
      return [{ smaller: left, larger: right, strict: true }];
    case "<=":
      return [{ smaller: left, larger: right, strict: false }];
    case ">":
      return [{ smaller: right, larger: left, strict: true }];
    case ">=":
      return [{ smaller: right, larger: left, strict: false }];
    case "==":
      return [
        { smaller: left, larger: right, strict: false },
        { smaller: right, larger: left, strict: false },
      ];
    default:
      return [];
  }
}
