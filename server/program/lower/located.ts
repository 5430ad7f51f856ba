import type { Span } from "../../../grammars/c/span.ts";
import type { CExpression } from "../../../grammars/c/tree.ts";
import type { Formula } from "../term.ts";
import { load, store } from "./access.ts";
import type { Context, Entity } from "./context.ts";
import { read } from "./expression.ts";
import { chosen } from "./pointed.ts";
import { union } from "./range.ts";
import type { Place } from "./region.ts";
import { convert, type Value, variableValue } from "./value.ts";

/** One thing that an lvalue may denote: a plain variable, or a part of a region. */
export type Located = (Entity & { kind: "variable" }) | { readonly kind: "place"; readonly place: Place };

/** What an lvalue denotes; where a pointer may lead to several places, what it does where each formula holds: one of them does. */
export type Lvalue =
  | Located
  | {
      readonly kind: "choice";
      readonly cases: readonly { readonly guard: Formula; readonly located: Located }[];
    };

/** The lvalue with each thing that it may denote made another; null where one of them cannot be. */
export function mapLvalue(
  ctx: Context,
  lvalue: Lvalue,
  change: (located: Located) => Located | null,
): Lvalue | null {
  if (lvalue.kind !== "choice") return change(lvalue);
  const cases: { guard: Formula; located: Located }[] = [];
  for (const { guard, located } of lvalue.cases) {
    let changed: Located | null = null;
    ctx.guarded(guard, () => {
      changed = change(located);
    });
    if (changed === null) return null;
    cases.push({ guard, located: changed });
  }
  return { kind: "choice", cases };
}

/** The value of what an lvalue denotes, with the obligation that it may be read. */
export function valueAt(ctx: Context, lvalue: Lvalue, span: Span): Value | null {
  if (lvalue.kind === "variable") return read(ctx, lvalue.variable.text ?? lvalue.variable.name, span);
  if (lvalue.kind === "place") return load(ctx, lvalue.place, span);
  const values: { guard: Formula; value: Value }[] = [];
  for (const { guard, located } of lvalue.cases) {
    let value: Value | null = null;
    ctx.guarded(guard, () => {
      value = valueAt(ctx, located, span);
    });
    if (value === null) return null;
    values.push({ guard, value });
  }
  const last = values.at(-1);
  if (last === undefined) return null;
  const terms = values.slice(0, -1).map(({ guard, value }) => ({ guard, term: value.term }));
  const range = values.map(({ value }) => value.range).reduce(union);
  return { term: chosen(terms, last.value.term), type: last.value.type, range, truth: null };
}

/** Converts to the type of what an lvalue denotes and writes it; the value of the assignment is that of the lvalue afterwards. */
export function storeAt(
  ctx: Context,
  lvalue: Lvalue,
  value: Value,
  target: CExpression,
  span: Span,
): Value | null {
  if (lvalue.kind === "place") return store(ctx, lvalue.place, value, target.span);
  if (lvalue.kind === "variable") {
    const { name, type } = lvalue.variable;
    const converted = convert(value, type, ctx.reading);
    ctx.store(lvalue, converted.term, span);
    return { ...variableValue(name, type, ctx.reading), range: converted.range };
  }
  const join = ctx.graph.create();
  let stored: Value | null = null;
  for (const { guard, located } of lvalue.cases) {
    const [here, on] = [ctx.graph.create(), ctx.graph.create()];
    ctx.graph.branch(guard, here, on, span);
    ctx.graph.enter(here);
    stored = storeAt(ctx, located, value, target, span);
    // Which of them was written is not told by reading one again.
    if (located.kind === "variable") stored = convert(value, located.variable.type, ctx.reading);
    ctx.graph.goto(join);
    ctx.graph.enter(on);
  }
  ctx.graph.fall(join);
  return stored;
}
