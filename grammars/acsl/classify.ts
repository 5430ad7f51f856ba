import { cover, type Span } from "../c/span.ts";
import type { AcslExpression } from "./expression.ts";
import type { AcslPredicate, AcslRelation, AcslTerm } from "./tree.ts";

/** The expression where ACSL wants a predicate; a term there means that it is not zero. */
export function toPredicate(expression: AcslExpression): AcslPredicate {
  const { span } = expression;
  switch (expression.kind) {
    case "boolean":
    case "unsupported":
      return expression;
    case "parentheses":
      return { ...toPredicate(expression.inner), span };
    case "logical":
      return {
        kind: expression.operator,
        left: toPredicate(expression.left),
        right: toPredicate(expression.right),
        span,
      };
    case "chain":
      return conjunctionOf(expression);
    case "unary":
      if (expression.operator !== "!") return { kind: "term", term: toTerm(expression), span };
      return { kind: "not", argument: toPredicate(expression.argument), span };
    case "conditional":
      return {
        kind: "conditional",
        condition: toPredicate(expression.condition),
        then: toPredicate(expression.then),
        else: toPredicate(expression.else),
        span,
      };
    case "quantified":
      return { ...expression, body: toPredicate(expression.body) };
    case "let":
      return { ...expression, value: toTerm(expression.value), body: toPredicate(expression.body) };
    case "apply":
      return { ...expression, arguments: expression.arguments.map(toTerm) };
    case "at":
      return isLogical(expression.argument)
        ? { ...toPredicate(pushAt(expression.argument, expression.label)), span }
        : { kind: "term", term: toTerm(expression), span };
    default:
      return { kind: "term", term: toTerm(expression), span };
  }
}

/** The expression where ACSL wants a term; a predicate there has the value 1 or 0, as ACSL's booleans do among integers. */
export function toTerm(expression: AcslExpression): AcslTerm {
  const { span } = expression;
  switch (expression.kind) {
    case "integer":
    case "name":
    case "result":
    case "unsupported":
      return expression;
    case "boolean":
      return { kind: "integer", value: expression.value ? 1n : 0n, span };
    case "parentheses":
      return { ...toTerm(expression.inner), span };
    case "unary":
      if (expression.operator === "!") return truthValue(toPredicate(expression), span);
      return { kind: "unary", operator: expression.operator, argument: toTerm(expression.argument), span };
    case "binary":
      return { ...expression, left: toTerm(expression.left), right: toTerm(expression.right) };
    case "conditional":
      return {
        kind: "conditional",
        condition: toPredicate(expression.condition),
        then: toTerm(expression.then),
        else: toTerm(expression.else),
        span,
      };
    case "cast":
      return { ...expression, argument: toTerm(expression.argument) };
    case "at":
      return { kind: "at", label: expression.label, term: toTerm(expression.argument), span };
    case "logical":
    case "chain":
    case "quantified":
      return truthValue(toPredicate(expression), span);
    case "let":
      return { ...expression, value: toTerm(expression.value), body: toTerm(expression.body) };
    case "index":
      return { ...expression, array: toTerm(expression.array), index: toTerm(expression.index) };
    case "dereference":
    case "address":
      return { ...expression, argument: toTerm(expression.argument) };
    case "member":
      return { ...expression, object: toTerm(expression.object) };
    case "apply":
      return { ...expression, arguments: expression.arguments.map(toTerm) };
    case "range":
      return {
        ...expression,
        low: expression.low && toTerm(expression.low),
        high: expression.high && toTerm(expression.high),
      };
  }
}

function truthValue(condition: AcslPredicate, span: Span): AcslTerm {
  return {
    kind: "conditional",
    condition,
    then: { kind: "integer", value: 1n, span },
    else: { kind: "integer", value: 0n, span },
    span,
  };
}

/** `a <= b < c` is `a <= b && b < c` (ACSL 1.17, 2.2.1). */
function conjunctionOf(chain: Extract<AcslExpression, { kind: "chain" }>): AcslPredicate {
  let all: AcslPredicate | null = null;
  chain.relations.forEach((relation, index) => {
    const link = relationOf(relation, chain.operands[index]!, chain.operands[index + 1]!);
    all = all === null ? link : { kind: "and", left: all, right: link, span: cover(all.span, link.span) };
  });
  return all!;
}

/** A comparison. With a truth value it is one of truth values: `!x == y` says that x is 0 where y is not (as Frama-C reads it). */
function relationOf(relation: AcslRelation, left: AcslExpression, right: AcslExpression): AcslPredicate {
  const span = cover(left.span, right.span);
  if ((relation !== "==" && relation !== "!=") || !(isTruth(left) || isTruth(right)))
    return { kind: "relation", relation, left: toTerm(left), right: toTerm(right), span };
  const kind = relation === "==" ? "iff" : "xor";
  return { kind, left: toPredicate(left), right: toPredicate(right), span };
}

/** True for what can be a predicate only, whatever its names stand for. */
function isTruth(expression: AcslExpression): boolean {
  switch (expression.kind) {
    case "parentheses":
      return isTruth(expression.inner);
    case "at":
      return isTruth(expression.argument);
    case "conditional":
      return isTruth(expression.then) || isTruth(expression.else);
    case "unary":
      return expression.operator === "!";
    case "let":
      return isTruth(expression.body);
    default:
      return /^(?:quantified|logical|chain|boolean)$/.test(expression.kind);
  }
}

function isLogical(expression: AcslExpression): boolean {
  switch (expression.kind) {
    case "parentheses":
      return isLogical(expression.inner);
    case "at":
      return isLogical(expression.argument);
    case "conditional":
      return isLogical(expression.then) || isLogical(expression.else);
    case "let":
      return isLogical(expression.body);
    case "apply":
      // Built-in functions are terms; of others lowering knows what they are, and takes either as it is.
      return !/^\\(?:min|max|abs|sum)$/.test(expression.name);
    default:
      return isTruth(expression);
  }
}

/** `\at(p, L)` of a predicate holds when `p` does with each of its terms taken at `L`. */
function pushAt(expression: AcslExpression, label: string): AcslExpression {
  const at = (inner: AcslExpression) => pushAt(inner, label);
  switch (expression.kind) {
    case "parentheses":
      return { ...expression, inner: at(expression.inner) };
    case "logical":
      return { ...expression, left: at(expression.left), right: at(expression.right) };
    case "chain":
      return { ...expression, operands: expression.operands.map(at) };
    case "conditional":
      return {
        ...expression,
        condition: at(expression.condition),
        then: at(expression.then),
        else: at(expression.else),
      };
    case "unary":
      return expression.operator === "!"
        ? { ...expression, argument: at(expression.argument) }
        : atTerm(expression, label);
    case "at":
      // The inner label wins: \at(\at(p, L1), L2) is \at(p, L1).
      return expression;
    case "boolean":
      return expression;
    case "apply": {
      // What it is given has its value at the label, which the label in braces does not say.
      const given = expression.arguments.map((argument) => atTerm(argument, label));
      const labels = expression.labels.length > 0 ? expression.labels : [label];
      return { ...expression, labels, arguments: given };
    }
    case "quantified":
      return { ...expression, body: at(expression.body) };
    case "let":
      return { ...expression, value: atTerm(expression.value, label), body: at(expression.body) };
    default:
      return atTerm(expression, label);
  }
}

function atTerm(argument: AcslExpression, label: string): AcslExpression {
  return { kind: "at", label, argument, span: argument.span };
}
