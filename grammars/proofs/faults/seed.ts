import type { ProvedLanguage } from "../language.ts";
import { LANGUAGES } from "../languages.ts";
import { type Parts, partsOf, prove } from "../prove.ts";

/** Something put wrong on purpose, and what the proofs said to it. */
export interface Fault {
  readonly where: "decoder" | "lexer" | "parser" | "printer" | "definition" | "schema" | "table" | "chain";
  readonly what: string;
  /** What failed because of it; null: it was not noticed. */
  readonly caught: () => string | null;
}

const small = (name: string, depth: number): ProvedLanguage => ({ ...LANGUAGES[name]!(), depths: [depth] });

/** The languages that faults are put into: small ones, so that all faults can be tried on every run. */
export const tried = {
  python: () => small("python-expression", 1),
  atom: () => small("invariant-atom", 1),
  smt: () => small("smt-term", 1),
};

/** A language with a part exchanged for a wrong one. */
export const fault = (
  where: Fault["where"],
  what: string,
  language: ProvedLanguage,
  change: (parts: Parts) => Partial<Parts>,
): Fault => ({
  where,
  what,
  caught: () => {
    const parts = partsOf(language);
    const changed = { ...parts, ...change(parts) };
    const failed = prove(language, () => 0, changed, { stopAtFirst: true }).find(({ holds }) => !holds);
    if (failed === undefined) return null;
    const { message, text } = failed.failures[0]!;
    return `${failed.claim}: ${message}${text === undefined ? "" : ` ${JSON.stringify(text)}`}`;
  },
});
