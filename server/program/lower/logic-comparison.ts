import type { AcslTerm } from "../../../grammars/acsl/tree.ts";
import { and, compare, FALSE, type Formula, not, or, type Relation, type Term } from "../term.ts";
import { inExtent } from "./access.ts";
import { isAbstract, isArrayObject, type LogicPointer, logicPointer, nobodyKnows } from "./logic-memory.ts";
import { nullTest } from "./nullity.ts";
import { casesOf, chosen, elementsOf, isUnset, known, type Pointed, pairs, type Target } from "./pointed.ts";
import { elementFor } from "./pointer-variable.ts";
import type { Reader } from "./reader.ts";
import { noteApart } from "./separation.ts";

/**
 * Comparisons of pointers in annotations; null where the text alone says that they lead into different objects. Of cases in which
 * they do, all that is known is that two which can be followed are not equal.
 */
export function comparedPointers(
  reader: Reader,
  relation: Relation,
  left: AcslTerm,
  right: AcslTerm,
): Formula | null {
  // In another state an array is compared by its elements.
  if ([left, right].some((side) => side.kind === "at" && isArrayObject(reader, side))) return null;
  const a = compared(reader, left);
  const b = compared(reader, right);
  if (a === null || b === null) return FALSE;
  const isEquality = relation === "==" || relation === "!=";
  if (!isWithinOne(reader, a, b) && (isAbstract(reader, a, left.span) || isAbstract(reader, b, right.span)))
    return FALSE;
  if (isEquality && (a.kind === "null" || b.kind === "null")) {
    const isNull = nullTest(reader.ctx, a.kind === "null" ? b : a);
    return relation === "==" ? isNull : not(isNull);
  }
  if (a.kind !== "choice" && b.kind !== "choice" && !isWithinOne(reader, a, b)) return null;
  const holds = pairs(a, b).map(({ guard, first, second }) => {
    const sides = [first, second].map((one) => elementFor(reader.ctx, one)) as [Side, Side];
    return and(guard, isEquality ? areEqual(reader, ...sides) : areOrdered(relation, ...sides));
  });
  const all = or(...holds, ...(isEquality ? equalElsewhere(reader, a, b) : [orderedElsewhere(reader, a, b)]));
  return relation === "!=" ? not(all) : all;
}

/**
 * What leads to memory elsewhere is not null, and nowhere into what it was told apart from; beside that, nothing is known. What was
 * given no value may be anything.
 */
function equalElsewhere(reader: Reader, a: Pointed, b: Pointed): Formula[] {
  const { ctx } = reader;
  const one = (pointer: Pointed, other: Pointed) =>
    casesOf(other).map(({ guard, target }) => {
      const side = elementFor(ctx, target);
      const regions = elementsOf(pointer).map(({ region }) => region);
      const apart = side.kind === "null" || regions.includes(side.region);
      const equal = apart && !isUnset(pointer) ? FALSE : nobodyKnows(ctx);
      return and(not(known(pointer)), guard, equal);
    });
  return [...one(a, b), ...one(b, a), and(not(known(a)), not(known(b)), nobodyKnows(ctx))];
}

/** An order holds within one object only, as Frama-C reads it; of what was given no value nothing is known. */
function orderedElsewhere({ ctx }: Reader, a: Pointed, b: Pointed): Formula {
  const unset = [a, b].filter(isUnset).map((one) => not(known(one)));
  return and(or(...unset), nobodyKnows(ctx));
}

/** The difference of pointers within one region; null, where the text alone says that they lead into different objects. */
export function pointerDifference(reader: Reader, a: LogicPointer, b: LogicPointer): Term | null {
  if (a.kind !== "choice" && b.kind !== "choice" && !isWithinOne(reader, a, b)) return null;
  const terms = pairs(a, b).flatMap(({ guard, first, second }) => {
    const [one, other] = [elementFor(reader.ctx, first), elementFor(reader.ctx, second)];
    if (one.kind !== "element" || other.kind !== "element" || one.region !== other.region) return [];
    return [{ guard, term: { kind: "subtract", left: one.offset, right: other.offset } as const }];
  });
  return chosen(terms, reader.ctx.nowhere());
}

/** In a comparison with a pointer, 0 is the null pointer. */
function compared(reader: Reader, term: AcslTerm): LogicPointer | null {
  return term.kind === "integer" && term.value === 0n ? { kind: "null" } : logicPointer(reader, term);
}

type Side = Exclude<Target, { kind: "variable" }>;

function isWithinOne({ ctx }: Reader, a: Pointed, b: Pointed): boolean {
  if (a.kind === "choice" || b.kind === "choice") return false;
  const [one, other] = [elementFor(ctx, a), elementFor(ctx, b)];
  return one.kind === "element" && other.kind === "element" && one.region === other.region;
}

function areEqual(reader: Reader, first: Side, second: Side): Formula {
  const { ctx } = reader;
  if (first.kind === "null") return nullTest(ctx, second);
  if (second.kind === "null") return nullTest(ctx, first);
  if (first.region === second.region) return compare("==", first.offset, second.offset);
  const [null1, null2] = [nullTest(ctx, first), nullTest(ctx, second)];
  const [valid1, valid2] = [inExtent(first.region, first.offset), inExtent(second.region, second.offset)];
  if (reader.place !== "requires" || reader.elsewhere !== null) noteApart(ctx, first.region, second.region);
  // Both null, or neither null nor both to be followed: then nothing is known.
  const apart = or(and(null1, not(null2)), and(null2, not(null1)), and(valid1, valid2));
  return or(and(null1, null2), and(not(apart), nobodyKnows(ctx)));
}

function areOrdered(relation: Relation, first: Side, second: Side): Formula {
  const within = first.kind === "element" && second.kind === "element" && first.region === second.region;
  return within ? compare(relation, first.offset, second.offset) : FALSE;
}
