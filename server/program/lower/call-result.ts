import type { AcslClause, AcslPredicate } from "../../../grammars/acsl/tree.ts";
import type { CExpression, CType } from "../../../grammars/c/tree.ts";
import { typeText } from "../../../grammars/c/types.ts";
import { integerType, isMathematical, rangeOf } from "../integer.ts";
import type { Variable } from "../program.ts";
import { compare, integer, type Term, variable } from "../term.ts";
import { variablesOfTerm } from "../traverse.ts";
import { mentionsName } from "./aliasing.ts";
import { termOf } from "./annotation-term.ts";
import type { Context } from "./context.ts";
import type { Callee } from "./contract-call.ts";
import type { LogicPointer } from "./logic-memory.ts";
import { loneVariable } from "./lone.ts";
import { isPointee } from "./objects.ts";
import { within } from "./obligation.ts";
import { elementsOf, type Pointed } from "./pointed.ts";
import type { Reader } from "./reader.ts";
import { isSameType, type Region } from "./region.ts";
import { typeNamed } from "./value.ts";

type Call = CExpression & { kind: "call" };

/** What will hold what a callee returns: an integer that is arbitrary still, or a pointer; null after a message. */
export function resultOf(
  ctx: Context,
  call: Call,
  callee: Callee,
  pointers: ReadonlyMap<string, LogicPointer>,
): Variable | { readonly pointer: Pointed } | "none" | null {
  const { returnType } = callee;
  if (returnType.kind === "void") return "none";
  if (returnType.kind === "pointer" && isPointee(returnType.to))
    return { pointer: returnedPointer(ctx, call, callee, returnType.to, pointers) };
  const type = returnType.kind === "integer" ? integerType(returnType.name, ctx.reading) : null;
  if (type !== null) return ctx.temporary(callee.name, type, call.span);
  ctx.unsupported(
    `\`${callee.name}\` returns \`${typeText(returnType)}\`, which is not supported yet; return an integer, a pointer to integers or structures, or void`,
    call.span,
  );
  return null;
}

/**
 * A pointer that a callee returns: null, into what its arguments point into, into a global that its contract names, or to memory
 * of which nothing is known here. Which of these it is, its postconditions say.
 */
function returnedPointer(
  ctx: Context,
  call: Call,
  callee: Callee,
  to: CType,
  pointers: ReadonlyMap<string, LogicPointer>,
): Pointed {
  const regions = new Set<Region>();
  for (const { region, to: other } of [...pointers.values()].flatMap(elementsOf))
    if (isSameType(other, to, ctx.file)) regions.add(region);
  for (const { name } of ctx.file.globals) {
    if (callee.parameters.some((one) => one.name === name) || !mentionsName(callee.contract, name)) continue;
    const entity = ctx.resolveGlobal(name);
    const region =
      entity?.kind === "variable"
        ? loneVariable(ctx, entity)
        : entity?.kind === "object"
          ? entity.region
          : null;
    if (region !== null && isSameType(region.element, to, ctx.file)) regions.add(region);
  }
  const base = ctx.temporary(`${callee.name}_target`, typeNamed("unsigned char", ctx.reading), call.span);
  const offset = ctx.temporary(`${callee.name}_offset`, typeNamed("long", ctx.reading), call.span);
  ctx.havoc(base.name, call.span);
  ctx.havoc(offset.name, call.span);
  const is = (index: number) => compare("==", variable(base.name), integer(index));
  const elements = [...regions].map((region, index) => ({
    guard: is(index + 1),
    target: { kind: "element" as const, region, offset: variable(offset.name), to },
  }));
  return { kind: "choice", cases: [{ guard: is(0), target: { kind: "null" } }, ...elements], open: true };
}

/** The result is arbitrary, or, where a postcondition says `\result == e`, that value: running the program then gets past it. */
export function settleResult(
  ctx: Context,
  call: Call,
  ensures: readonly AcslClause[],
  after: Reader,
  result: Variable,
): void {
  const given = ensures
    .map((clause) => equated(after, clause.predicate, result.name))
    .find((term) => term !== null);
  if (given === undefined || given === null) {
    ctx.havoc(result.name, call.span);
    return;
  }
  if (!isMathematical(result.type, ctx.reading)) {
    const condition = within(given, rangeOf(result.type), null);
    ctx.graph.emit({ kind: "assume", condition, because: "contract", span: call.span });
  }
  ctx.assign(result.name, given, call.span);
}

function equated(after: Reader, predicate: AcslPredicate, result: string): Term | null {
  if (predicate.kind === "and")
    return equated(after, predicate.left, result) ?? equated(after, predicate.right, result);
  if (predicate.kind !== "relation" || predicate.relation !== "==") return null;
  for (const [side, other] of [
    [predicate.left, predicate.right],
    [predicate.right, predicate.left],
  ] as const) {
    if (side.kind !== "result") continue;
    const { term } = termOf(after, other);
    if (!variablesOfTerm(term).has(result)) return term;
  }
  return null;
}
