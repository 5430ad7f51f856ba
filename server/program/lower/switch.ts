import type { CExpression, CStatement } from "../../../grammars/c/tree.ts";
import { integer } from "../term.ts";
import type { Context } from "./context.ts";
import { isPure } from "./effects.ts";
import { checkSequencing, lowerValue } from "./expression.ts";
import { foldComparison } from "./fold.ts";
import { lowerStatement } from "./statement.ts";
import { convert, promote, type Value } from "./value.ts";

type SwitchStatement = CStatement & { kind: "switch" };

/**
 * A switch: the labels are compared in turn, then the body runs from the label found, through the next ones unless it
 * breaks (C11 6.8.4.2).
 */
export function lowerSwitch(ctx: Context, statement: SwitchStatement): void {
  const items = statement.body.kind === "block" ? statement.body.body : [statement.body];
  checkDeclarations(ctx, items);
  checkSequencing(ctx, statement.value);
  const value = promote(lowerValue(ctx, statement.value), ctx.reading);
  const exit = ctx.graph.create();
  const blocks = dispatch(ctx, items, value, exit);
  ctx.targets.push({ breakTo: exit, continueTo: null });
  ctx.inScope(() => {
    for (const item of items) {
      const block = item.kind === "case" ? blocks.get(item) : undefined;
      if (block !== undefined) ctx.graph.fall(block);
      else lowerStatement(ctx, item);
    }
  });
  ctx.targets.pop();
  ctx.graph.fall(exit);
}

/** Emits the comparisons with all labels; returns the block of each label. Continues in an unreachable block. */
function dispatch(
  ctx: Context,
  items: readonly CStatement[],
  value: Value,
  exit: number,
): Map<CStatement, number> {
  const blocks = new Map<CStatement, number>();
  const seen = new Set<bigint>();
  let fallback: number | null = null;
  for (const item of items) {
    if (item.kind !== "case") continue;
    const block = ctx.graph.create();
    blocks.set(item, block);
    if (item.value === null) {
      if (fallback !== null) ctx.unsupported("a second `default` in one switch; keep one", item.span);
      fallback = block;
      continue;
    }
    const label = constantOf(ctx, item.value);
    if (label === null) continue;
    const constant = convert(label, value.type, ctx.reading).term;
    if (constant.kind !== "integer") throw new Error("a converted constant is no constant");
    if (seen.has(constant.value)) {
      ctx.unsupported(`a second \`case ${constant.value}\` in one switch; keep one`, item.span);
    }
    seen.add(constant.value);
    const next = ctx.graph.create();
    ctx.graph.branch(foldComparison("==", value.term, integer(constant.value)), block, next, item.span);
    ctx.graph.enter(next);
  }
  ctx.graph.goto(fallback ?? exit);
  return blocks;
}

/** The value of a constant expression; null after a message when it is none. */
export function constantOf(ctx: Context, expression: CExpression): Value | null {
  let value: Value | null = null;
  const reported = ctx.diagnostics.length;
  const commands = isPure(expression)
    ? ctx.graph.capture(() => {
        value = lowerValue(ctx, expression);
      })
    : null;
  const found = value as Value | null;
  if (found !== null && found.term.kind === "integer" && commands?.length === 0) return found;
  if (ctx.diagnostics.length === reported) {
    ctx.unsupported(
      `\`${ctx.text(expression.span)}\` is not a constant; use an integer constant`,
      expression.span,
    );
  }
  return null;
}

/** A jump to a label past a declaration would skip it: the variable exists without its initialiser. */
function checkDeclarations(ctx: Context, items: readonly CStatement[]): void {
  const lastLabel = items.findLastIndex((item) => item.kind === "case");
  for (const item of items.slice(0, lastLabel < 0 ? items.length : lastLabel)) {
    if (item.kind !== "declaration") continue;
    const names = item.declarators.map((declarator) => `\`${declarator.name}\``).join(", ");
    ctx.unsupported(
      `${names} is declared between the labels of a switch; put braces around the case`,
      item.span,
    );
  }
}
