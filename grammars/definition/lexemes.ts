import type { TokenDefinition } from "./definition.ts";
import { anyOf, characters, inOrder, literal, oneOf, type Pattern, repeated } from "./pattern.ts";

/** A token that is always the same text: an operator, a bracket. */
export const fixed = (name: string, text: string): TokenDefinition => ({ name, pattern: literal(text) });

/** A text that no rule uses, so that it is not read as two tokens where the host language reads one. */
export const reserved = (name: string, text: string): TokenDefinition => ({
  ...fixed(name, text),
  role: "reserved",
});

const digit = characters("09");

/** A natural number in decimal, without a leading zero. */
export function decimal(mostDigits: number): Pattern {
  return oneOf("0", inOrder(characters("19"), repeated(digit, 0, mostDigits - 1)));
}

/**
 * What would be read as a number and something behind it, though the host language reads it otherwise or not at all: digits
 * with a letter after them, a leading zero, more digits than are read.
 */
export function badNumber(mostDigits: number, letter: Pattern): TokenDefinition {
  return {
    name: "BadNumber",
    pattern: anyOf([
      inOrder(repeated(digit, 1, null), letter),
      inOrder(literal("0"), repeated(digit, 1, null)),
      repeated(digit, mostDigits + 1, null),
    ]),
    role: "reserved",
  };
}
