import { keyOf } from "../../program/key.ts";
import { simplifyFormula } from "../../program/simplify.ts";
import {
  and,
  compare,
  type Formula,
  implies,
  integer,
  not,
  quantified,
  type Relation,
  type Term,
  variable,
} from "../../program/term.ts";
import { substituteFormula, variablesOfTerm, visitFormula, visitTerm } from "../../program/traverse.ts";

/** A quantified statement with its bounds apart from what it says, so that the bounds can be changed. */
export interface Shape {
  readonly kind: "forall" | "exists";
  readonly variables: readonly string[];
  /** Comparisons of bound variables with each other. */
  readonly order: readonly Formula[];
  /** `bounded relation limit`, where the limit has no bound variable. */
  readonly bounds: readonly Bound[];
  readonly body: Formula;
}

export interface Bound {
  readonly bounded: Term;
  readonly relation: Relation;
  readonly limit: Term;
}

const MIRRORED: Readonly<Record<Relation, Relation>> = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
  "==": "==",
  "!=": "!=",
};

/**
 * Every quantified statement in a formula, outermost ones only. Where the formula denies one, or may deny it (a premise, one side
 * of an equivalence), what the denial says is another: no element is so where not some element is.
 */
export function shapesIn(formula: Formula): Shape[] {
  switch (formula.kind) {
    case "not":
      return shapesIn(formula.argument).flatMap(withDual);
    case "and":
    case "or":
      return formula.arguments.flatMap(shapesIn);
    case "implies":
      return [...shapesIn(formula.left).flatMap(withDual), ...shapesIn(formula.right)];
    case "iff":
      return [...shapesIn(formula.left), ...shapesIn(formula.right)].flatMap(withDual);
    case "forall":
    case "exists":
      return [shapeOf(formula)];
    default:
      return [];
  }
}

/**
 * A statement about pairs with one of the two at a place: of a row that a loop is in, what the statement says of all rows. The
 * place's own bounds are left out.
 */
export function rowsOf(shape: Shape, places: readonly Term[]): Shape[] {
  if (shape.variables.length < 2) return [];
  return shape.variables.flatMap((name) => {
    const rest = shape.variables.filter((other) => other !== name);
    const bounds = shape.bounds.filter(({ bounded }) => bounded.kind !== "variable" || bounded.name !== name);
    const others = fromShape({ ...shape, variables: rest, bounds });
    return places.flatMap((place) => shapesIn(withIndex(others, name, place)));
  });
}

/**
 * What is said of single elements below an existential quantifier whose variables only bound them: the border between two parts
 * is said to exist, and what each part is like does not depend on where it is.
 */
export function bodiesUpToBorders(formulas: readonly Formula[]): ((k: Term) => Formula)[] {
  const found = new Map<string, (k: Term) => Formula>();
  const borders = (formula: Formula, outer: ReadonlySet<string>): void => {
    visitFormula(formula, (node) => {
      if (node.kind !== "forall" || node.variables.length !== 1) return;
      const [name] = node.variables;
      const bodies =
        name === undefined ? [] : [shapeOf(withoutOuterBounds({ ...node, kind: "forall" }, outer)).body];
      for (const body of bodies) {
        if (speaksOf(body, outer)) continue;
        found.set(keyOf(body), (k) => withIndex(body, name!, k));
      }
    });
  };
  for (const formula of formulas)
    visitFormula(formula, (node) => {
      if (node.kind === "exists") borders(node.body, new Set(node.variables));
    });
  return [...found.values()];
}

/** The statement without its premises that compare the bound variable with one of these. */
function withoutOuterBounds(
  formula: Formula & { kind: "forall" },
  outer: ReadonlySet<string>,
): Formula & { kind: "forall" } {
  const { body } = formula;
  if (body.kind !== "implies") return formula;
  const rest = conjuncts(body.left).filter((one) => one.kind !== "compare" || !speaksOf(one, outer));
  return { ...formula, body: implies(and(...rest), body.right) };
}

/** True when the formula mentions one of these bound variables. */
function speaksOf(formula: Formula, bound: ReadonlySet<string>): boolean {
  let found = false;
  visitFormula(formula, (node) => {
    if (node.kind === "variable" && bound.has(node.name)) found = true;
  });
  return found;
}

function withDual(shape: Shape): Shape[] {
  const kind = shape.kind === "forall" ? "exists" : "forall";
  return [shape, { ...shape, kind, body: not(shape.body) }];
}

function shapeOf(formula: Formula & { kind: "forall" | "exists" }): Shape {
  const bound = new Set(formula.variables);
  const order: Formula[] = [];
  const bounds: Bound[] = [];
  const rest: Formula[] = [];
  let body = formula.body;
  const premises: Formula[] = [];
  if (formula.kind === "forall") {
    while (body.kind === "implies") {
      premises.push(...conjuncts(body.left));
      body = body.right;
    }
  } else {
    premises.push(...conjuncts(body));
    body = and();
  }
  for (const premise of premises) {
    const found = premise.kind === "compare" ? boundIn(premise, bound) : null;
    if (found !== null) bounds.push(found);
    else if (premise.kind === "compare" && onlyBound(premise, bound)) order.push(premise);
    else rest.push(premise);
  }
  const said = formula.kind === "forall" ? implies(and(...rest), body) : and(...rest);
  return { kind: formula.kind, variables: formula.variables, order, bounds, body: said };
}

function conjuncts(formula: Formula): readonly Formula[] {
  return formula.kind === "and" ? formula.arguments : [formula];
}

function boundIn(formula: Formula & { kind: "compare" }, bound: ReadonlySet<string>): Bound | null {
  const { left, right, relation } = formula;
  if (relation === "!=" || relation === "==") return null;
  if (left.kind === "variable" && bound.has(left.name) && isFree(right))
    return { bounded: left, relation, limit: right };
  if (right.kind === "variable" && bound.has(right.name) && isFree(left))
    return { bounded: right, relation: MIRRORED[relation], limit: left };
  return null;
}

function onlyBound(formula: Formula & { kind: "compare" }, bound: ReadonlySet<string>): boolean {
  const sides = [formula.left, formula.right];
  return sides.every((side) => side.kind === "variable" && bound.has(side.name));
}

/** No bound variable in it, and no element but one at a constant place (`b->len`): something that can bound an index. */
export function isFree(term: Term): boolean {
  let free = true;
  visitTerm(term, (node) => {
    if (node.kind === "variable" && node.name.startsWith("?")) free = false;
    if (node.kind === "apply" || (node.kind === "select" && !isFixed(node))) free = false;
  });
  return free;
}

function isFixed({ indices }: Term & { kind: "select" }): boolean {
  return indices.every((index) => index.kind === "integer");
}

/** Whether it speaks of no index at all: a range from 0 to 0. */
export function isEmpty({ kind, bounds }: Shape): boolean {
  if (kind !== "forall") return false;
  const limits = bounds.flatMap(({ bounded, relation, limit }) =>
    bounded.kind === "variable" && limit.kind === "integer"
      ? [{ name: bounded.name, relation, value: limit.value }]
      : [],
  );
  const low = limits.filter((one) => one.relation === ">=");
  const high = limits.filter((one) => one.relation === "<");
  return low.some((one) => high.some((other) => one.name === other.name && one.value >= other.value));
}

/** The statement with these bounds. */
export function fromShape(shape: Shape, bounds: readonly Bound[] = shape.bounds): Formula {
  const limits = bounds.map(({ bounded, relation, limit }) => tidy(bounded, relation, limit));
  const sorted = [...limits.filter(isLow), ...limits.filter((one) => !isLow(one))];
  const premise = and(...sorted, ...shape.order);
  const body = shape.kind === "forall" ? implies(premise, shape.body) : and(premise, shape.body);
  return simplifyFormula(quantified(shape.kind, shape.variables, body));
}

/** `0 <= k` and `k < n`, as a person writes them. */
function tidy(bounded: Term, relation: Relation, limit: Term): Formula {
  if (relation === ">=") return compare("<=", limit, bounded);
  if (relation === ">") return compare("<", limit, bounded);
  return compare(relation, bounded, limit);
}

function isLow(formula: Formula): boolean {
  return (
    formula.kind === "compare" && formula.right.kind === "variable" && formula.right.name.startsWith("?")
  );
}

/** The unary shape `lo <= k < hi ==> P(k)`. */
export function overRange(kind: Shape["kind"], low: Term, high: Term, body: (k: Term) => Formula): Shape {
  const k = variable("?k");
  return {
    kind,
    variables: ["?k"],
    order: [],
    bounds: [
      { bounded: k, relation: ">=", limit: low },
      { bounded: k, relation: "<", limit: high },
    ],
    body: body(k),
  };
}

/** The array elements that a formula mentions. */
export function elementsIn(formula: Formula): (Term & { kind: "select" })[] {
  const found: (Term & { kind: "select" })[] = [];
  visitFormula(formula, (node) => {
    if (node.kind === "select") found.push(node);
  });
  return found;
}

/** The formula with a term in place of a variable. */
export function withIndex(formula: Formula, name: string, index: Term): Formula {
  return substituteFormula(formula, (other) => (other === name ? index : null));
}

export function mentions(term: Term, name: string): boolean {
  return variablesOfTerm(term).has(name);
}

export const zero = integer(0);
