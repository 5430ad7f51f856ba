import type { Passive } from "./passive.ts";
import { smtFormula, smtInteger, smtTerm } from "./smtlib.ts";

/**
 * Declarations, ranges and definitions of a set of conditions as SMT-LIB text: what every query about them starts from.
 * Ranges are asserted outright: a range is never empty, so this excludes no program.
 */
export function preamble(passive: Passive): string {
  const lines: string[] = [];
  for (const { name, range } of passive.constants) {
    lines.push(`(declare-const ${name} Int)`);
    if (range) lines.push(`(assert (<= ${smtInteger(range.low)} ${name} ${smtInteger(range.high)}))`);
  }
  for (const head of passive.heads) if (head) lines.push(`(declare-const ${head.assumed} Bool)`);
  for (const one of passive.definitions) {
    const value = one.sort === "Int" ? smtTerm(one.value) : smtFormula(one.value);
    lines.push(`(define-fun ${one.name} () ${one.sort} ${value})`);
  }
  return `${lines.join("\n")}\n`;
}
