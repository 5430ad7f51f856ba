/**
 * What automata read: the 128 ASCII characters by their code, and one symbol for every other UTF-16 unit. The languages are
 * ASCII, so nothing in them tells two others apart; patterns that would are refused (regex.ts).
 */
export const OTHER = 128;
export const SYMBOLS = 129;

export function symbolOf(unit: number): number {
  return Math.min(unit, OTHER);
}

/** A character for a symbol, to be shown; a letter of another script for all those outside ASCII. */
export function characterOf(symbol: number): string {
  return symbol === OTHER ? "\u0435" : String.fromCharCode(symbol);
}

/** Symbols in the order in which they are tried, so that what is shown of equal length is readable. */
export const ORDER: readonly number[] = [
  ..."abcxyzABCXYZ0123456789 ()",
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
]
  .map((character) => character.charCodeAt(0))
  .filter((code, index, all) => all.indexOf(code) === index)
  .concat(OTHER);
