import type { CExpression } from "../../../grammars/c/tree.ts";
import { and, compare, type Formula, integer, or, type Relation, TRUE } from "../term.ts";
import { inExtent } from "./access.ts";
import type { Context } from "./context.ts";
import { fold, foldComparison, negated } from "./fold.ts";
import { nullTest } from "./nullity.ts";
import { chosen, type Pointed, pairs, type Target } from "./pointed.ts";
import { pointerOf } from "./pointer.ts";
import { elementFor } from "./pointer-variable.ts";
import { noteApart } from "./separation.ts";
import { truthValue, typeNamed, type Value } from "./value.ts";

/**
 * Comparisons and differences of pointers (C11 6.5.6, 6.5.8, 6.5.9): an order and a difference there is within one object only;
 * pointers into two objects are not equal where both can be followed, and nothing is said of what lies behind an object. Where
 * the text does not say which object a pointer leads to, that is an obligation.
 */
export function comparePointers(ctx: Context, expression: CExpression & { kind: "binary" }): Value | null {
  const { operator, left, right, span } = expression;
  const a = pointerOf(ctx, left);
  const b = pointerOf(ctx, right);
  if (a === null || b === null) return null;
  const isEquality = operator === "==" || operator === "!=";
  if (isEquality && (a.kind === "null" || b.kind === "null")) {
    const isNull = nullTest(ctx, a.kind === "null" ? b : a);
    return truthValue(operator === "==" ? isNull : negated(isNull), ctx.int);
  }
  if (!isKnown(ctx, a, b) || !/^(?:[<>]=?|[=!]=|-)$/.test(operator)) {
    ctx.unsupported(
      `\`${ctx.text(span)}\` relates pointers that may point into different objects, which is not supported; compare indices`,
      span,
    );
    return null;
  }
  const all = pairs(a, b).map(({ guard, first, second }) => ({
    guard,
    first: elementFor(ctx, first),
    second: elementFor(ctx, second),
  }));
  const related = all.flatMap(({ guard, first, second }) => {
    const isOne = first.kind === "element" && second.kind === "element" && first.region === second.region;
    return isOne ? [{ guard, first: first.offset, second: second.offset }] : [];
  });
  if (!isEquality) {
    oblige(ctx, or(...related.map(({ guard }) => guard)), expression);
    if (operator === "-") {
      const terms = related.map(({ guard, first, second }) => ({
        guard,
        term: fold({ kind: "subtract", left: first, right: second }),
      }));
      const term = chosen(terms.slice(0, -1), terms.at(-1)?.term ?? integer(0));
      return { term, type: typeNamed("long", ctx.reading), range: null, truth: null };
    }
    const holds = related.map(({ guard, first, second }) =>
      and(guard, foldComparison(operator as Relation, first, second)),
    );
    return truthValue(or(...holds), ctx.int);
  }
  const clear = all.map(({ guard, first, second }) => and(guard, isClear(ctx, first, second)));
  // Where it is not known, C says no less what the comparison yields: no run is wrong for that.
  const told = or(...clear, ...(clear.every(isTrue) ? [] : [compare("==", ctx.nowhere(), integer(0))]));
  ctx.assertMemory(told, `it is known whether ${ctx.text(span)}`, span);
  const equal = or(...all.map(({ guard, first, second }) => and(guard, areEqual(ctx, first, second))));
  return truthValue(operator === "==" ? equal : negated(equal), ctx.int);
}

/** Whether more than one object is told apart by what the program does, or all is one object. */
function isKnown(ctx: Context, a: Pointed, b: Pointed): boolean {
  if (a.kind === "choice" || b.kind === "choice") return true;
  const [first, second] = [a, b].map((one) => elementFor(ctx, one as Target)) as [Element, Element];
  return first.kind === "element" && second.kind === "element" && first.region === second.region;
}

type Element = Exclude<Target, { kind: "variable" }>;

/** That it is known whether the two are equal. */
function isClear(ctx: Context, first: Element, second: Element): Formula {
  if (first.kind !== "element" || second.kind !== "element" || first.region === second.region) return TRUE;
  noteApart(ctx, first.region, second.region);
  const null1 = nullTest(ctx, first);
  const null2 = nullTest(ctx, second);
  const [valid1, valid2] = [inExtent(first.region, first.offset), inExtent(second.region, second.offset)];
  return or(and(null1, null2), and(or(null1, valid1), or(null2, valid2)));
}

function areEqual(ctx: Context, first: Element, second: Element): Formula {
  if (first.kind === "null") return nullTest(ctx, second);
  if (second.kind === "null") return nullTest(ctx, first);
  if (first.region === second.region) return foldComparison("==", first.offset, second.offset);
  return and(nullTest(ctx, first), nullTest(ctx, second));
}

function isTrue(formula: Formula): boolean {
  return formula.kind === "truth" && formula.value;
}

function oblige(ctx: Context, condition: Formula, { span }: CExpression): void {
  ctx.assertMemory(condition, `${ctx.text(span)} relates pointers into one object`, span);
}
