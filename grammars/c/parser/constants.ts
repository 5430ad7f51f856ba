import type { CExpression } from "../tree.ts";

/** The value of a constant expression as far as declarations need it (enumerators, sizes); null when it is none. */
export function constantOf(expression: CExpression, enumerators: ReadonlyMap<string, bigint>): bigint | null {
  const value = (inner: CExpression) => constantOf(inner, enumerators);
  switch (expression.kind) {
    case "integer":
      return expression.value;
    case "name":
      return enumerators.get(expression.name) ?? null;
    case "unary": {
      const argument = value(expression.argument);
      if (argument === null || expression.operator === "!") return null;
      return { "+": argument, "-": -argument, "~": ~argument }[expression.operator];
    }
    case "binary": {
      const [left, right] = [value(expression.left), value(expression.right)];
      if (left === null || right === null) return null;
      switch (expression.operator) {
        case "+":
          return left + right;
        case "-":
          return left - right;
        case "*":
          return left * right;
        case "/":
          return right === 0n ? null : left / right;
        case "<<":
          return right >= 0n && right < 62n ? left << right : null;
        default:
          return null;
      }
    }
    default:
      return null;
  }
}
