import { solutions, tidyTerm } from "../../program/linear.ts";
import { same, simplifyTerm } from "../../program/simplify.ts";
import { and, type Formula, plusConstant, type Term } from "../../program/term.ts";
import { hasElements, mapComparisons, substituteFormula, variablesOf } from "../../program/traverse.ts";

/** Most premises of a goal that are tried one by one. */
const MOST_PREMISES = 6;

/**
 * Atoms that imply a goal at a loop head and that a person would write instead of it. A goal `i >= n ==> sum >= n - 1` says
 * what must hold at the exit; its conclusion, and its conclusion with the bound replaced by the loop's own variable
 * (`sum >= i - 1`), are what holds all along ("replacing a constant by a variable", Gries 1981; Furia and Meyer 2010).
 */
export function strengthened(goal: Formula): Formula[] {
  if (goal.kind !== "implies") return [];
  const conclusions = conjuncts(goal.right);
  return conclusions.flatMap((conclusion) => [
    ...conjuncts(goal.left)
      .flatMap(alternatives)
      .flatMap((premise) => replaced(conclusion, premise)),
    conclusion,
    ...asDisjunction(conjuncts(goal.left), conclusion),
    ...underOnePremise(conjuncts(goal.left), conclusion),
  ]);
}

/**
 * `i >= n && found == 0 ==> C(n)`: of what is said of arrays, one premise may be what matters all along, and another one what
 * is only so at the exit: `found == 0 ==> C(i)`. For plain numbers other proposers try such things, with fewer of them in vain.
 */
function underOnePremise(premises: readonly Formula[], conclusion: Formula): Formula[] {
  if (premises.length < 2 || !(hasElements(conclusion) || premises.some(hasElements))) return [];
  const usual = premises.filter((one) => one.kind === "compare" && plain(one)).slice(0, MOST_PREMISES);
  return usual.flatMap((premise) => {
    const under = (right: Formula): Formula => ({ kind: "implies", left: premise, right });
    const others = premises.filter((other) => other !== premise && plain(other)).flatMap(alternatives);
    return [
      ...others.flatMap((other) => replaced(conclusion, other)).map(under),
      under(conclusion),
      // `i >= n && count == n ==> C(n)`: the premise as well is about how far the loop is: `count == i ==> C(i)`.
      ...others.flatMap((other) => replaced(under(conclusion), other)),
    ];
  });
}

/** `i >= n && x != 1 ==> x == -1` is `x == 1 || x == -1` at the exit: a disjunction about one term that may hold all along. */
function asDisjunction(premises: readonly Formula[], conclusion: Formula): Formula[] {
  if (conclusion.kind !== "compare") return [];
  const own = premises.filter((one) => one.kind === "compare" && same(one.left, conclusion.left));
  if (own.length === 0 || own.length === premises.length) return [];
  return [{ kind: "implies", left: and(...own), right: conclusion }];
}

/** Without what no source can name: the bounds of a block. */
function plain(formula: Formula): boolean {
  return [...variablesOf(formula)].every((name) => !name.includes("#"));
}

function conjuncts(formula: Formula): readonly Formula[] {
  return formula.kind === "and" ? formula.arguments.flatMap(conjuncts) : [formula];
}

/** `i >= n || found`: either may be how a loop ends. */
function alternatives(premise: Formula): readonly Formula[] {
  return premise.kind === "or" ? premise.arguments : [premise];
}

/**
 * The conclusion with one side of the premise's comparison in place of the other, where that changes it; of a strict one
 * (`i > n` behind `while (i <= n)`) also its neighbour, which is what the other side then is: `i - 1` for `n`.
 */
function replaced(conclusion: Formula, premise: Formula): Formula[] {
  if (premise.kind !== "compare") return [];
  const { left, right, relation } = premise;
  const strict = relation === ">" ? 1n : relation === "<" ? -1n : 0n;
  return [
    ...withFor(conclusion, right, left),
    ...withFor(conclusion, left, right),
    ...(strict === 0n
      ? []
      : [
          ...withFor(conclusion, right, simplifyTerm(plusConstant(left, -strict))),
          ...withFor(conclusion, left, simplifyTerm(plusConstant(right, strict))),
        ]),
    ...withSolutions(conclusion, premise),
    ...withArgument(conclusion, right, strict === 0n ? left : simplifyTerm(plusConstant(left, -strict))),
  ];
}

/**
 * `i < 0 ==> s == sum(a, 0, n)`: where a function is applied to the number at which the loop ends, `s == sum(a, i + 1, n)`. One
 * argument at a time, since a pointer has such a number in it as well.
 */
function withArgument(conclusion: Formula, from: Term, to: Term): Formula[] {
  if (from.kind !== "integer" || to.kind === "integer") return [];
  let places = 0;
  const moved = (wanted: number): Formula => {
    let place = 0;
    const argument = (term: Term): Term =>
      term.kind === "integer" && term.value === from.value && place++ === wanted ? to : term;
    const side = (term: Term): Term =>
      term.kind === "apply" ? { ...term, arguments: term.arguments.map(argument) } : term;
    const changed = mapComparisons(conclusion, (one) => ({
      ...one,
      left: side(one.left),
      right: side(one.right),
    }));
    places = place;
    return changed;
  };
  moved(-1);
  return Array.from({ length: places }, (_, wanted) => moved(wanted));
}

/** `hi - lo <= 1 ==> (lo + 1) * (lo + 1) > n`: where no side of the premise is a variable, what one is at the end: `hi * hi > n`. */
function withSolutions(conclusion: Formula, premise: Formula & { kind: "compare" }): Formula[] {
  const { left, right } = premise;
  if (left.kind === "variable" || right.kind === "variable") return [];
  const names = variablesOf(conclusion);
  return [...solutions(premise)]
    .filter(([name]) => names.has(name))
    .map(([name, term]) =>
      mapComparisons(
        substituteFormula(conclusion, (other) => (other === name ? term : null)),
        (one) => ({ ...one, left: withTidyFactors(one.left), right: withTidyFactors(one.right) }),
      ),
    );
}

/** `(hi - 1 + 1) * x` is `hi * x`. */
function withTidyFactors(term: Term): Term {
  const tidied = tidyTerm(term);
  if (tidied) return tidied;
  if (term.kind !== "add" && term.kind !== "subtract" && term.kind !== "multiply") return term;
  return { ...term, left: withTidyFactors(term.left), right: withTidyFactors(term.right) };
}

function withFor(conclusion: Formula, from: Term, to: Term): Formula[] {
  if (from.kind !== "variable" || !variablesOf(conclusion).has(from.name)) return [];
  return [substituteFormula(conclusion, (name) => (name === from.name ? to : null))];
}
