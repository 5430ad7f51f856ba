import { type Formula, implies } from "../program/term.ts";
import type { Passive } from "./passive.ts";
import { smtFormula, smtInteger, smtSort, smtTerm } from "./smtlib.ts";

/**
 * Declarations, ranges and definitions of a set of conditions as SMT-LIB text: what every query about them starts from.
 * Ranges are asserted outright: a range is never empty, so this excludes no program.
 */
export function preamble(
  passive: Passive,
  assumed: (formula: Formula) => Formula = (formula) => formula,
): string {
  const lines: string[] = [];
  for (const { name, range, variable } of passive.constants) {
    lines.push(`(declare-const ${name} ${smtSort(variable.array?.sizes.length ?? 0)})`);
    if (range) lines.push(`(assert (<= ${smtInteger(range.low)} ${name} ${smtInteger(range.high)}))`);
  }
  for (const head of passive.heads) if (head) lines.push(`(declare-const ${head.assumed} Bool)`);
  for (const { name } of passive.facts) lines.push(`(declare-const ${name} Bool)`);
  for (const one of passive.definitions) {
    const value = one.sort === "Int" ? smtTerm(one.value) : smtFormula(one.value);
    const sort = one.sort === "Int" ? smtSort(one.dimensions ?? 0) : one.sort;
    lines.push(`(define-fun ${one.name} () ${sort} ${value})`);
  }
  for (const fact of passive.facts)
    lines.push(`(assert ${smtFormula(assumed(implies({ kind: "symbol", name: fact.name }, fact.implies)))})`);
  return `${lines.join("\n")}\n`;
}
