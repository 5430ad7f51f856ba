import type { Span } from "../../../grammars/c/span.ts";
import type { CBinaryOperator, CExpression, CType } from "../../../grammars/c/tree.ts";
import { typeText } from "../../../grammars/c/types.ts";
import { integerType } from "../integer.ts";
import { compare, FALSE, type Formula, integer, type Relation, variable } from "../term.ts";
import { additive, comparison, negation, quotient } from "./arithmetic.ts";
import { assign, assignStructure, step } from "./assignment.ts";
import { bitwise, complement, shift } from "./bitwise.ts";
import { alternatives, conditional, logical, lowerBranch } from "./branching.ts";
import { lowerCall } from "./call.ts";
import { comparePointers } from "./compare-pointers.ts";
import type { Context } from "./context.ts";
import { isPure, unsequencedAccesses } from "./effects.ts";
import { negated } from "./fold.ts";
import { checkGhostUse } from "./ghost.ts";
import { valueAt } from "./located.ts";
import { nullTest } from "./nullity.ts";
import type { Outcome } from "./obligation.ts";
import { isPointer, locate, typeOfExpression } from "./place.ts";
import { assignPointer, pointerOf, stepPointer } from "./pointer.ts";
import { bytesOf } from "./region.ts";
import {
  conditionOf,
  constantValue,
  convert,
  promote,
  truthValue,
  typeNamed,
  type Value,
  variableValue,
} from "./value.ts";

/** Reports what has no defined order in a full expression; call once for each before lowering it. */
export function checkSequencing(ctx: Context, expression: CExpression): void {
  checkGhostUse(ctx, expression);
  for (const { name, span } of unsequencedAccesses(expression, ctx.calls)) {
    ctx.unsupported(
      `\`${name}\` is changed and used in one expression without a defined order; write separate statements`,
      span,
    );
  }
}

/** Emits what evaluating the expression does and returns its value; null, after a message, when it has none. */
export function lowerValue(ctx: Context, expression: CExpression): Value {
  return evaluate(ctx, expression) ?? constantValue(0n, ctx.int);
}

/** The expression as a condition. */
export function lowerCondition(ctx: Context, expression: CExpression): Formula {
  if (isPointer(ctx, expression)) {
    const pointer = pointerOf(ctx, expression);
    return pointer === null ? FALSE : negated(nullTest(ctx, pointer));
  }
  return conditionOf(lowerValue(ctx, expression));
}

/** Emits what evaluating the expression does, its obligations included, and drops its value. */
export function lowerEffect(ctx: Context, expression: CExpression): void {
  switch (expression.kind) {
    case "call":
      lowerCall(ctx, expression);
      return;
    case "step":
      if (isPointer(ctx, expression.target)) stepPointer(ctx, expression);
      else step(ctx, expression, false);
      return;
    case "assign": {
      const type = typeOfExpression(ctx, expression.target);
      if (type?.kind === "pointer") assignPointer(ctx, expression);
      else if (type?.kind === "structure") assignStructure(ctx, expression);
      else assign(ctx, expression, false);
      return;
    }
    case "comma":
      lowerEffect(ctx, expression.left);
      lowerEffect(ctx, expression.right);
      return;
    case "cast":
      if (expression.type.kind !== "void") break;
      lowerEffect(ctx, expression.argument);
      return;
    case "conditional": {
      const arms: readonly [CExpression, CExpression] = [expression.then, expression.else];
      if (arms.every(isPure)) {
        const condition = lowerCondition(ctx, expression.condition);
        ctx.guarded(condition, () => lowerEffect(ctx, arms[0]));
        ctx.guarded(negated(condition), () => lowerEffect(ctx, arms[1]));
        return;
      }
      alternatives(ctx, expression, () => arms.map((arm) => () => lowerEffect(ctx, arm)));
      return;
    }
    case "binary":
      if ((expression.operator === "&&" || expression.operator === "||") && !isPure(expression.right)) {
        const [right, join] = [ctx.graph.create(), ctx.graph.create()];
        const onTrue = expression.operator === "&&";
        lowerBranch(ctx, expression.left, onTrue ? right : join, onTrue ? join : right);
        ctx.graph.enter(right);
        lowerEffect(ctx, expression.right);
        ctx.graph.fall(join);
        return;
      }
      break;
    default:
  }
  evaluate(ctx, expression);
}

/** Emits what evaluating the expression does; null, after a message, when it has no value. */
export function evaluate(ctx: Context, expression: CExpression): Value | null {
  switch (expression.kind) {
    case "integer":
      return constantValue(
        expression.value,
        typeNamed(
          expression.byWidth === true && ctx.reading === "64" ? "int" : expression.type.name,
          ctx.reading,
        ),
      );
    case "name":
      return read(ctx, expression.name, expression.span);
    case "index":
    case "dereference":
    case "member": {
      const located = locate(ctx, expression);
      return located && valueAt(ctx, located, expression.span);
    }
    case "sizeof": {
      const type = isType(expression.of) ? expression.of : typeOfExpression(ctx, expression.of);
      const bytes = type && !ctx.isVariablySized(type) ? bytesOf(type, ctx.file, ctx.reading) : null;
      if (bytes !== null) return constantValue(bytes, typeNamed("unsigned long", ctx.reading));
      ctx.unsupported(
        `\`${ctx.text(expression.span)}\` is not known here; write the number`,
        expression.span,
      );
      return null;
    }
    case "address":
    case "string":
    case "list":
      ctx.unsupported(
        `\`${ctx.text(expression.span)}\` is not supported as an integer; rewrite it with integer variables`,
        expression.span,
      );
      return null;
    case "unary":
      return unary(ctx, expression);
    case "step":
      return step(ctx, expression, true);
    case "binary":
      return binary(ctx, expression);
    case "assign":
      return assign(ctx, expression, true);
    case "conditional":
      return conditional(ctx, expression);
    case "cast":
      return cast(ctx, expression);
    case "comma":
      lowerEffect(ctx, expression.left);
      return lowerValue(ctx, expression.right);
    case "call": {
      const value = lowerCall(ctx, expression);
      if (value !== null && value !== "none" && "pointer" in value) {
        ctx.unsupported(
          `${expression.callee}() returns a pointer, and an integer is wanted here`,
          expression.span,
        );
        return null;
      }
      if (value === "none") {
        ctx.unsupported(
          `${expression.callee}() has no value; call it in a statement of its own`,
          expression.span,
        );
      }
      return value === "none" ? null : value;
    }
    case "unsupported":
      ctx.unsupported(
        `${expression.construct} is not supported yet; rewrite it with integer variables`,
        expression.span,
      );
      return null;
  }
}

/** The variable's value here; reading one that may not have been written is an obligation. */
export function read(ctx: Context, name: string, span: Span): Value | null {
  const resolved = ctx.resolve(name);
  if (resolved?.kind === "constant") return constantValue(resolved.value, ctx.int);
  const entity = ctx.variable(name, span);
  if (entity === null) return null;
  if (entity.flag !== null) {
    const initialised = compare("==", variable(entity.flag), integer(1));
    ctx.assert(initialised, "initialised", `${name} is initialised`, span);
  }
  return variableValue(entity.variable.name, entity.variable.type, ctx.reading);
}

function unary(ctx: Context, expression: CExpression & { kind: "unary" }): Value {
  if (expression.operator === "!" && isPointer(ctx, expression.argument))
    return truthValue(negated(lowerCondition(ctx, expression.argument)), ctx.int);
  const argument = lowerValue(ctx, expression.argument);
  switch (expression.operator) {
    case "+":
      return promote(argument, ctx.reading);
    case "~":
      return complement(argument, ctx.reading);
    case "!":
      return truthValue(negated(conditionOf(argument)), ctx.int);
    case "-":
      return proven(
        ctx,
        negation(argument, ctx.reading),
        expression.span,
        expression.argument,
        expression.argument,
      );
  }
}

function binary(ctx: Context, expression: CExpression & { kind: "binary" }): Value {
  const { operator } = expression;
  if (operator === "&&" || operator === "||") return logical(ctx, expression, operator);
  if (isPointer(ctx, expression.left) || isPointer(ctx, expression.right))
    return comparePointers(ctx, expression) ?? constantValue(0n, ctx.int);
  const left = lowerValue(ctx, expression.left);
  const right = lowerValue(ctx, expression.right);
  const outcome = operate(ctx, operator, left, right);
  return proven(ctx, outcome, expression.span, expression.left, expression.right);
}

/** A binary operation on values: what it yields and what it rests on. */
export function operate(
  ctx: Context,
  operator: Exclude<CBinaryOperator, "&&" | "||">,
  left: Value,
  right: Value,
): Outcome {
  switch (operator) {
    case "+":
    case "-":
    case "*":
      return additive(operator, left, right, ctx.reading);
    case "/":
    case "%":
      return quotient(operator, left, right, ctx.reading);
    case "<<":
    case ">>":
      return shift(operator, left, right, ctx.reading);
    case "&":
    case "|":
    case "^":
      return bitwise(operator, left, right, ctx.reading);
    default:
      return { value: comparison(operator satisfies Relation, left, right, ctx.reading), obligations: [] };
  }
}

function cast(ctx: Context, expression: CExpression & { kind: "cast" }): Value | null {
  const { type } = expression;
  if (type.kind === "void") {
    ctx.unsupported("a cast to void has no value; use it as a statement of its own", expression.span);
    return null;
  }
  const argument = lowerValue(ctx, expression.argument);
  const target = type.kind === "integer" ? integerType(type.name, ctx.reading) : null;
  if (target !== null) return convert(argument, target, ctx.reading);
  ctx.unsupported(
    `a cast to \`${typeText(type)}\` is not supported yet; cast to an integer type`,
    expression.span,
  );
  return null;
}

/** Emits the obligations of an operation, with the source texts of its operands, and returns its value. */
export function proven(
  ctx: Context,
  outcome: Outcome,
  span: Span,
  left: CExpression,
  right: CExpression,
): Value {
  const operand = (part: CExpression) => {
    const text = ctx.text(part.span);
    return /^[\w.]+$|^\(.*\)$/.test(text) ? text : `(${text})`;
  };
  ctx.oblige(
    outcome.obligations,
    { whole: () => ctx.text(span), left: () => operand(left), right: () => operand(right) },
    span,
  );
  return outcome.value;
}

function isType(of: CType | CExpression): of is CType {
  return !("span" in of);
}
