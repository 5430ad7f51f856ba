import { compare, type Formula, integer, type Relation, type Term, variable } from "./term.ts";

/** Σ coefficients · variables + constant. */
interface Linear {
  readonly coefficients: ReadonlyMap<string, bigint>;
  readonly constant: bigint;
}

/** The comparison as a person writes it: `0 < y - x + 1` becomes `x <= y`. Exact over the integers; others stay as they are. */
export function tidyComparison(formula: Extract<Formula, { kind: "compare" }>): Formula {
  const left = linear(formula.left);
  const right = linear(formula.right);
  if (!left || !right) return formula;
  const difference = plus(left, right, -1n);
  const divisor = [...difference.coefficients.values()].reduce(gcd, 0n);
  if (divisor === 0n) return formula;
  return arranged(formula.relation, difference, divisor);
}

/** Every comparison of a formula tidied; junctions and negations stay. */
export function tidy(formula: Formula): Formula {
  switch (formula.kind) {
    case "compare":
      return tidyComparison(formula);
    case "not":
      return { kind: "not", argument: tidy(formula.argument) };
    case "and":
    case "or":
      return { kind: formula.kind, arguments: formula.arguments.map(tidy) };
    case "implies":
    case "iff":
      return { kind: formula.kind, left: tidy(formula.left), right: tidy(formula.right) };
    default:
      return formula;
  }
}

/** A linear term with each variable once, what is added before what is subtracted; null for any other term. */
export function tidyTerm(term: Term): Term | null {
  const found = linear(term);
  return found && termOf(found);
}

/** What each variable with the factor 1 or -1 is where both sides are equal: `hi - lo == 1` says `hi` is `lo + 1` and `lo` is `hi - 1`. */
export function solutions({ left, right }: { readonly left: Term; readonly right: Term }): Map<string, Term> {
  const [a, b] = [linear(left), linear(right)];
  const found = new Map<string, Term>();
  if (!a || !b) return found;
  const difference = plus(a, b, -1n);
  for (const [name, factor] of difference.coefficients) {
    if (factor !== 1n && factor !== -1n) continue;
    const own: Linear = { coefficients: new Map([[name, factor]]), constant: 0n };
    const rest = plus(difference, own, -1n);
    found.set(name, termOf(plus({ coefficients: new Map(), constant: 0n }, rest, -factor)));
  }
  return found;
}

function termOf({ coefficients, constant }: Linear): Term {
  const parts = [...coefficients].map(([name, factor]) => ({
    size: scaled(magnitude(factor), name),
    factor,
  }));
  if (constant !== 0n) parts.push({ size: integer(magnitude(constant)), factor: constant });
  const [first, ...rest] = parts.sort((a, b) => Number(b.factor > 0n) - Number(a.factor > 0n));
  if (!first) return integer(0);
  const start: Term = first.factor > 0n ? first.size : { kind: "negate", argument: first.size };
  return rest.reduce<Term>(
    (sum, { size, factor }) => ({ kind: factor > 0n ? "add" : "subtract", left: sum, right: size }),
    start,
  );
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** difference ⋈ 0, divided by the common divisor of its coefficients, with nothing negative on either side. */
function arranged(relation: Relation, { coefficients, constant }: Linear, divisor: bigint): Formula {
  // Strict comparisons of integers are weak ones of a neighbour.
  let bound = -constant;
  let weak = relation;
  if (relation === "<") [weak, bound] = ["<=", bound - 1n];
  if (relation === ">") [weak, bound] = [">=", bound + 1n];
  if (weak === "<=") bound = floor(bound, divisor);
  else if (weak === ">=") bound = -floor(-bound, divisor);
  else if (bound % divisor !== 0n) return { kind: "truth", value: weak === "!=" };
  else bound /= divisor;
  const parts = [...coefficients].map(([name, factor]) => ({ name, factor: factor / divisor }));
  // Most of it on the left.
  const sign = parts.filter(({ factor }) => factor > 0n).length * 2 >= parts.length ? 1n : -1n;
  const side = (wanted: bigint): Term[] =>
    parts
      .filter(({ factor }) => factor * sign * wanted > 0n)
      .map(({ name, factor }) => scaled(factor * sign * wanted, name));
  const [left, right] = [side(1n), side(-1n)];
  if (sign < 0n) {
    bound = -bound;
    weak = weak === "<=" ? ">=" : weak === ">=" ? "<=" : weak;
  }
  // x <= y - 1 reads as x < y.
  if (right.length > 0 && weak === "<=" && bound === -1n) [weak, bound] = ["<", 0n];
  if (right.length > 0 && weak === ">=" && bound === 1n) [weak, bound] = [">", 0n];
  if (right.length === 0 || bound > 0n) right.push(integer(bound));
  else if (bound < 0n) left.push(integer(-bound));
  return compare(weak, sum(left), sum(right));
}

function sum(terms: readonly Term[]): Term {
  return terms.reduce((left, right): Term => ({ kind: "add", left, right }));
}

function scaled(factor: bigint, name: string): Term {
  return factor === 1n ? variable(name) : { kind: "multiply", left: integer(factor), right: variable(name) };
}

function linear(term: Term): Linear | null {
  switch (term.kind) {
    case "integer":
      return { coefficients: new Map(), constant: term.value };
    case "variable":
      return { coefficients: new Map([[term.name, 1n]]), constant: 0n };
    case "negate": {
      const inner = linear(term.argument);
      return inner && plus({ coefficients: new Map(), constant: 0n }, inner, -1n);
    }
    case "add":
    case "subtract": {
      const [left, right] = [linear(term.left), linear(term.right)];
      return left && right && plus(left, right, term.kind === "add" ? 1n : -1n);
    }
    case "multiply": {
      const [left, right] = [linear(term.left), linear(term.right)];
      const zero: Linear = { coefficients: new Map(), constant: 0n };
      if (left && right && left.coefficients.size === 0) return plus(zero, right, left.constant);
      if (left && right && right.coefficients.size === 0) return plus(zero, left, right.constant);
      return null;
    }
    default:
      return null;
  }
}

function plus(left: Linear, right: Linear, factor: bigint): Linear {
  const coefficients = new Map(left.coefficients);
  for (const [name, value] of right.coefficients) {
    const total = (coefficients.get(name) ?? 0n) + factor * value;
    if (total === 0n) coefficients.delete(name);
    else coefficients.set(name, total);
  }
  return { coefficients, constant: left.constant + factor * right.constant };
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function floor(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
