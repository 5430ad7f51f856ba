import { tokenOfText } from "../definition/definition.ts";
import { gbnf } from "../emit/gbnf.ts";
import { lark } from "../emit/lark.ts";
import { jsonSchema, MAX_LEVELS } from "../emit/schema.ts";
import { type Entry, leanTacticDefinition } from "./definition.ts";
import { words } from "./tokens.ts";
import { encodeName } from "./unicode.ts";

/** What a model's server may be given so that it answers in the language, over just these names. */
export interface LeanTacticLanguage {
  readonly name: string;
  readonly gbnf: string;
  readonly lark: string;
  /** Strict mode. */
  readonly schema: object;
}

export interface LanguageOptions {
  /** Default `tactic`. */
  readonly entry?: Entry;
  /** Levels of brackets and of tactics in tactics, default 2. */
  readonly maxDepth?: number;
}

/**
 * The language of tactics over the given names: hypotheses, lemmas, and names for what is introduced. What is no name of
 * Lean's, or is one of the language's own words, is left out. What these grammars derive, `parseLeanTactic` accepts.
 */
export function leanTacticLanguage(
  names: Iterable<string>,
  options: LanguageOptions = {},
): LeanTacticLanguage {
  const { entry = "tactic", maxDepth = 2 } = options;
  const plain = leanTacticDefinition(entry, []);
  const usable = new Set<string>(words.of.other);
  const known = [...new Set(names)]
    .map(encodeName)
    .filter((name) => usable.has(tokenOfText(plain, name)?.name ?? ""));
  const definition = leanTacticDefinition(entry, known);
  return {
    name: definition.name,
    gbnf: gbnf(definition, { maxDepth }),
    lark: lark(definition, { maxDepth }),
    schema: jsonSchema(definition, MAX_LEVELS),
  };
}
