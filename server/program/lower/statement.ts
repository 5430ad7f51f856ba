import type { CDeclarator, CExpression, CStatement } from "../../../grammars/c/tree.ts";
import { integer } from "../term.ts";
import { assignStructure } from "./assignment.ts";
import { lowerBranch } from "./branching.ts";
import { lowerAssertion } from "./clauses.ts";
import type { Context, Entity } from "./context.ts";
import { mentions } from "./effects.ts";
import { checkSequencing, lowerEffect, lowerValue } from "./expression.ts";
import { ghostProblems } from "./ghost.ts";
import { initialise, setAll } from "./initializer.ts";
import { lowerLoop } from "./loop.ts";
import { choice } from "./pointed.ts";
import { pointerOf } from "./pointer.ts";
import { type PointerVariable, setPointer, unset } from "./pointer-variable.ts";
import { lowerSwitch } from "./switch.ts";
import { convert } from "./value.ts";

export function lowerStatements(ctx: Context, statements: readonly CStatement[]): void {
  for (const statement of statements) lowerStatement(ctx, statement);
}

export function lowerStatement(ctx: Context, statement: CStatement): void {
  switch (statement.kind) {
    case "declaration":
      for (const declarator of statement.declarators) declare(ctx, declarator);
      return;
    case "expression":
      lowerFullExpression(ctx, statement.expression);
      return;
    case "block":
      ctx.inScope(() => lowerStatements(ctx, statement.body));
      return;
    case "if":
      lowerIf(ctx, statement);
      return;
    case "while":
    case "do":
    case "for":
      lowerLoop(ctx, statement);
      return;
    case "switch":
      lowerSwitch(ctx, statement);
      return;
    case "case": {
      const label = statement.value === null ? "default" : "case";
      ctx.unsupported(
        `\`${label}\` inside an inner statement is not supported; put it directly in a switch`,
        statement.span,
      );
      return;
    }
    case "break":
    case "continue":
      leave(ctx, statement);
      return;
    case "return":
      lowerReturn(ctx, statement);
      return;
    case "acsl-assert":
      lowerAssertion(ctx, statement.clause, statement.how);
      return;
    case "ghost":
      lowerGhost(ctx, statement.body);
      return;
    case "empty":
      return;
    case "unsupported":
      ctx.unsupported(
        `${statement.construct} is not supported yet; write the statement without it`,
        statement.span,
      );
      return;
  }
}

/** Ghost code runs like any other: what it does touches ghost variables alone, and it always ends. */
function lowerGhost(ctx: Context, body: readonly CStatement[]): void {
  if (ghostProblems(ctx, body)) return;
  const outer = ctx.inGhost;
  ctx.inGhost = true;
  lowerStatements(ctx, body);
  ctx.inGhost = outer;
  for (const statement of body) {
    if (statement.kind !== "declaration") continue;
    for (const { name } of statement.declarators) ctx.ghosts.add(ctx.resolve(name)!);
  }
}

/** An expression that is a statement, with its side effects only. */
export function lowerFullExpression(ctx: Context, expression: CExpression): void {
  checkSequencing(ctx, expression);
  lowerEffect(ctx, expression);
}

/** A full expression that decides where to go. */
export function lowerFullBranch(ctx: Context, condition: CExpression, then: number, otherwise: number): void {
  checkSequencing(ctx, condition);
  lowerBranch(ctx, condition, then, otherwise);
}

/**
 * A variable without an initialiser is arbitrary each time its declaration is reached. One that its own initialiser mentions
 * is declared before the initialiser is evaluated (C11 6.2.1p7).
 */
function declare(ctx: Context, declarator: CDeclarator): void {
  const { initializer, name, span } = declarator;
  const before = initializer === null || mentions(initializer, name);
  const tracked = before && ctx.dialect === "c";
  const entity = ctx.declare(declarator, "local", tracked);
  if (entity.kind === "pointer") {
    // What it pointed to in an iteration before is nothing that it still points to.
    if (initializer === null) unset(ctx, entity.pointer, ctx.dialect === "c");
    if (initializer === null) return;
    checkSequencing(ctx, initializer);
    const value = pointerOf(ctx, initializer);
    if (value !== null) setPointer(ctx, entity.pointer, value, span);
    return;
  }
  if (entity.kind === "object") {
    declareObject(ctx, entity, initializer, name);
    return;
  }
  if (entity.kind === "variable" && before) {
    ctx.havoc(entity.variable.name, span);
    if (entity.flag !== null) ctx.assign(entity.flag, integer(0), span);
  }
  if (initializer === null) return;
  const target: CExpression = { kind: "name", name, span };
  checkSequencing(ctx, { kind: "assign", operator: "=", target, value: initializer, span: initializer.span });
  const value = lowerValue(ctx, initializer);
  if (entity.kind === "variable")
    ctx.store(entity, convert(value, entity.variable.type, ctx.reading).term, span);
}

/** An array or a structure: arbitrary and unwritten, or with the values of its initialiser. */
function declareObject(
  ctx: Context,
  entity: Entity & { kind: "object" },
  initializer: CExpression | null,
  name: string,
): void {
  const { region, type } = entity;
  if (initializer === null || (initializer.kind !== "list" && initializer.kind !== "string")) {
    for (const { variable, written } of region.leaves.values()) {
      ctx.havoc(variable.name, region.span);
      if (written !== null) setAll(ctx, written, 0, region.span);
    }
  }
  if (initializer === null) return;
  if (initializer.kind === "list" || initializer.kind === "string") {
    if (mentions(initializer, name)) {
      // What it reads of itself may have no value yet: the order in a list is open (C11 6.7.9p23).
      ctx.unsupported(
        `the initialiser of \`${name}\` uses \`${name}\` itself; assign in statements of their own`,
        initializer.span,
      );
      return;
    }
    checkSequencing(ctx, initializer);
    initialise(ctx, region, type, initializer);
    return;
  }
  checkSequencing(ctx, initializer);
  const target: CExpression = { kind: "name", name: region.name, span: region.span };
  assignStructure(ctx, { kind: "assign", operator: "=", target, value: initializer, span: initializer.span });
}

function lowerIf(ctx: Context, statement: CStatement & { kind: "if" }): void {
  const [then, otherwise, join] = [ctx.graph.create(), ctx.graph.create(), ctx.graph.create()];
  lowerFullBranch(ctx, statement.condition, then, otherwise);
  ctx.graph.enter(then);
  ctx.inScope(() => lowerStatement(ctx, statement.then));
  ctx.graph.goto(join);
  ctx.graph.enter(otherwise);
  const { else: rest } = statement;
  if (rest !== null) ctx.inScope(() => lowerStatement(ctx, rest));
  ctx.graph.fall(join);
}

function leave(ctx: Context, statement: CStatement & { kind: "break" | "continue" }): void {
  const target =
    statement.kind === "break"
      ? ctx.targets.at(-1)?.breakTo
      : ctx.targets.findLast((targets) => targets.continueTo !== null)?.continueTo;
  if (target === undefined || target === null) {
    const where = statement.kind === "break" ? "a loop or switch" : "a loop";
    ctx.unsupported(`\`${statement.kind}\` stands outside ${where}; remove it`, statement.span);
    return;
  }
  ctx.graph.goto(target);
}

function lowerReturn(ctx: Context, statement: CStatement & { kind: "return" }): void {
  const { result, resultPointer } = ctx;
  if (resultPointer !== null) returnPointer(ctx, resultPointer, statement);
  else if (statement.value !== null && result !== null) {
    checkSequencing(ctx, statement.value);
    const value = lowerValue(ctx, statement.value);
    ctx.assign(result.name, convert(value, result.type, ctx.reading).term, statement.span);
  } else if (statement.value !== null) lowerFullExpression(ctx, statement.value);
  else if (result !== null) ctx.havoc(result.name, statement.span);
  ctx.graph.goto(ctx.exit);
}

function returnPointer(
  ctx: Context,
  result: PointerVariable,
  { value, span }: CStatement & { kind: "return" },
): void {
  if (value !== null) checkSequencing(ctx, value);
  const pointed = value === null ? choice([], true) : pointerOf(ctx, value);
  if (pointed !== null) setPointer(ctx, result, pointed, span);
}
