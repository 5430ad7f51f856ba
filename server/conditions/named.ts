import type { Formula } from "../program/term.ts";
import { isQuantified } from "../program/traverse.ts";
import { smtFormula } from "./smtlib.ts";

/** Formulas under names whose truth a model can be asked for, which no model can of a quantifier. */
export interface Named {
  /** Declarations; empty when no formula needed a name. */
  readonly commands: string;
  /** Aligned with the formulas: SMT-LIB text whose truth in a model implies the formula's. */
  readonly texts: readonly string[];
}

/** Names those formulas that have quantifiers. Names begin with `prefix`, which must be fresh in the solver's scope. */
export function named(formulas: readonly Formula[], prefix: string): Named {
  const commands: string[] = [];
  const texts = formulas.map((formula, index) => {
    const text = smtFormula(formula);
    if (!isQuantified(formula)) return text;
    const name = `${prefix}${index}`;
    commands.push(`(declare-const ${name} Bool)`, `(assert (=> ${name} ${text}))`);
    return name;
  });
  return { commands: commands.join("\n"), texts };
}

/** The disjunction of texts. */
export function anyOf(texts: readonly string[]): string {
  return texts.length === 0 ? "false" : texts.length === 1 ? texts[0]! : `(or ${texts.join(" ")})`;
}
