import type { CExpression, CStatement } from "../../../grammars/c/tree.ts";
import type { Context } from "./context.ts";
import { parts } from "./effects.ts";

/**
 * Reports what ghost code must not do (ACSL 1.17, 2.12): a program without it has to run as it does with it. It declares and
 * assigns ghost variables of integer type alone, calls nothing, leaves nothing, and has no loop, which might not end. True when
 * something was reported.
 */
export function ghostProblems(ctx: Context, body: readonly CStatement[]): boolean {
  const before = ctx.diagnostics.length;
  checkStatements(ctx, body, new Set());
  return ctx.diagnostics.length > before;
}

function checkStatements(ctx: Context, body: readonly CStatement[], own: Set<string>): void {
  for (const statement of body) checkStatement(ctx, statement, own);
}

/** `own`: names that this ghost code has declared so far. */
function checkStatement(ctx: Context, statement: CStatement, own: Set<string>): void {
  switch (statement.kind) {
    case "declaration":
      for (const { name, type, initializer, span } of statement.declarators) {
        if (initializer !== null) checkExpression(ctx, initializer, own);
        if (type.kind !== "integer")
          ctx.unsupported(`the ghost variable \`${name}\` is no integer, which is not supported yet`, span);
        else if (ctx.resolve(name) !== null)
          ctx.unsupported(`the ghost variable \`${name}\` hides another of that name; rename it`, span);
        own.add(name);
      }
      return;
    case "expression":
      checkExpression(ctx, statement.expression, own);
      return;
    case "block":
      checkStatements(ctx, statement.body, new Set(own));
      return;
    case "if":
      checkExpression(ctx, statement.condition, own);
      checkStatement(ctx, statement.then, new Set(own));
      if (statement.else !== null) checkStatement(ctx, statement.else, new Set(own));
      return;
    case "acsl-assert":
    case "empty":
      return;
    default:
      ctx.unsupported(
        "ghost code can declare and assign ghost variables and branch on them; anything else could change what the program does",
        statement.span,
      );
  }
}

function checkExpression(ctx: Context, expression: CExpression, own: ReadonlySet<string>): void {
  const { kind, span } = expression;
  if (kind === "call" || kind === "address") {
    ctx.unsupported("ghost code can neither call a function nor take an address", span);
    return;
  }
  if (kind === "assign" || kind === "step") {
    const { target } = expression;
    const entity = target.kind === "name" ? ctx.resolve(target.name) : null;
    const ghost =
      target.kind === "name" && (own.has(target.name) || (entity !== null && ctx.ghosts.has(entity)));
    if (!ghost)
      ctx.unsupported(
        `ghost code assigns to \`${ctx.text(target.span)}\`, which is part of the program; assign to ghost variables only`,
        target.span,
      );
  }
  for (const part of parts(expression)) checkExpression(ctx, part, own);
}

/** Reports ghost variables in program code, which no compiler knows. */
export function checkGhostUse(ctx: Context, expression: CExpression): void {
  if (ctx.inGhost || ctx.ghosts.size === 0) return;
  if (expression.kind === "name") {
    const entity = ctx.resolve(expression.name);
    if (entity !== null && ctx.ghosts.has(entity))
      ctx.unsupported(
        `\`${expression.name}\` is a ghost variable, which the program itself cannot use`,
        expression.span,
      );
  }
  for (const part of parts(expression)) checkGhostUse(ctx, part);
}
