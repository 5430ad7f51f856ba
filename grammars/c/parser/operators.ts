import type { IToken } from "chevrotain";
import type { Binding } from "../precedence.ts";
import type { CBinaryOperator } from "../tree.ts";

/** Precedence of C's binary operators (C11 6.5.5 to 6.5.14). */
const LEVELS: Readonly<Record<CBinaryOperator, number>> = {
  "||": 1,
  "&&": 2,
  "|": 3,
  "^": 4,
  "&": 5,
  "==": 6,
  "!=": 6,
  "<": 7,
  "<=": 7,
  ">": 7,
  ">=": 7,
  "<<": 8,
  ">>": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
};

export function bindingOf(operator: IToken): Binding {
  return { level: LEVELS[operator.image as CBinaryOperator] };
}
