import type { CBinaryOperator, CExpression } from "../tree.ts";

/** A value with what the usual conversions ask of its type. */
interface Constant {
  readonly value: bigint;
  readonly bits: 32 | 64;
  readonly signed: boolean;
}

/**
 * The value of a constant expression as far as declarations need it (enumerators, sizes), where `int` has 32 bits; null when it
 * is none, or overflows.
 */
export function constantOf(expression: CExpression, enumerators: ReadonlyMap<string, bigint>): bigint | null {
  return evaluate(expression, enumerators)?.value ?? null;
}

function evaluate(expression: CExpression, enumerators: ReadonlyMap<string, bigint>): Constant | null {
  switch (expression.kind) {
    case "integer": {
      const { name } = expression.type;
      return {
        value: expression.value,
        bits: /\blong\b/.test(name) ? 64 : 32,
        signed: !name.startsWith("unsigned"),
      };
    }
    case "name": {
      const value = enumerators.get(expression.name);
      return value === undefined ? null : { value, bits: 32, signed: true };
    }
    case "unary": {
      const argument = evaluate(expression.argument, enumerators);
      if (argument === null || expression.operator === "!") return null;
      const { value } = argument;
      return settled({ "+": value, "-": -value, "~": ~value }[expression.operator], argument);
    }
    case "binary": {
      const left = evaluate(expression.left, enumerators);
      const right = evaluate(expression.right, enumerators);
      if (left === null || right === null) return null;
      const type = expression.operator === "<<" ? left : commonType(left, right);
      const value = operate(expression.operator, wrapped(left.value, type), wrapped(right.value, type), type);
      return value === null ? null : settled(value, type);
    }
    default:
      return null;
  }
}

function operate(operator: CBinaryOperator, left: bigint, right: bigint, type: Type): bigint | null {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0n ? null : left / right;
    case "<<":
      return left >= 0n && right >= 0n && right < BigInt(type.bits) ? left << right : null;
    default:
      return null;
  }
}

type Type = Pick<Constant, "bits" | "signed">;

/** The usual arithmetic conversions (C11 6.3.1.8), where types of one width differ in their sign alone. */
function commonType(left: Type, right: Type): Type {
  if (left.bits !== right.bits) return left.bits > right.bits ? left : right;
  return { bits: left.bits, signed: left.signed && right.signed };
}

function wrapped(value: bigint, { bits, signed }: Type): bigint {
  return signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

/** A result in its type: unsigned ones wrap, signed ones have none where they overflow. */
function settled(exact: bigint, { bits, signed }: Type): Constant | null {
  const value = wrapped(exact, { bits, signed });
  return signed && value !== exact ? null : { value, bits, signed };
}
