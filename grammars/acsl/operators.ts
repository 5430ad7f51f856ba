import type { IToken } from "chevrotain";
import type { Binding } from "../c/precedence.ts";
import type { Source } from "../c/source.ts";
import { cover } from "../c/span.ts";
import type { AcslExpression, ArithmeticOperator, LogicalKind } from "./expression.ts";
import type { AcslRelation } from "./tree.ts";

/**
 * Precedence of ACSL's binary operators (ACSL 1.17, figure 2.3). All relations share one level: consecutive ones make a chain,
 * `==` included, as Frama-C reads them.
 */
const LEVELS: Readonly<Record<string, number>> = {
  "<==>": 1,
  "==>": 2,
  "||": 3,
  "^^": 4,
  "&&": 5,
  "<-->": 6,
  "-->": 7,
  "|": 8,
  "^": 9,
  "&": 10,
  "<": 11,
  "<=": 11,
  ">": 11,
  ">=": 11,
  "==": 11,
  "!=": 11,
  "<<": 12,
  ">>": 12,
  "+": 13,
  "-": 13,
  "*": 14,
  "/": 14,
  "%": 14,
};

const LOGICAL: Readonly<Record<string, LogicalKind>> = {
  "<==>": "iff",
  "==>": "implies",
  "||": "or",
  "^^": "xor",
  "&&": "and",
};

export function bindingOf(operator: IToken): Binding {
  return { level: LEVELS[operator.image]!, right: operator.image === "==>" };
}

/** The node of one binary operator; a chain whose relations point both ways is reported to the source. */
export function combine(
  source: Source,
  operator: IToken,
  left: AcslExpression,
  right: AcslExpression,
): AcslExpression {
  const span = cover(left.span, right.span);
  const { image } = operator;
  const logical = LOGICAL[image];
  if (logical !== undefined) return { kind: "logical", operator: logical, left, right, span };
  if (LEVELS[image] === LEVELS["<"]) {
    const relation = image as AcslRelation;
    if (left.kind !== "chain") return { kind: "chain", operands: [left, right], relations: [relation], span };
    const relations = [...left.relations, relation];
    if (!sameDirection(relations)) {
      source.error(
        `the chain ${source.quote(span)} compares in different directions: join the comparisons by '&&'`,
        source.span(operator),
      );
    }
    return { kind: "chain", operands: [...left.operands, right], relations, span };
  }
  if (image === "-->" || image === "<-->") {
    return { kind: "unsupported", construct: `bitwise operator '${image}'`, span };
  }
  return { kind: "binary", operator: image as ArithmeticOperator, left, right, span };
}

/** ACSL 1.17, 2.2.1: all within `<`, `<=`, `==`, or all within `>`, `>=`, `==`. */
function sameDirection(relations: readonly AcslRelation[]): boolean {
  const up = relations.every((relation) => relation === "<" || relation === "<=" || relation === "==");
  return up || relations.every((relation) => relation === ">" || relation === ">=" || relation === "==");
}
