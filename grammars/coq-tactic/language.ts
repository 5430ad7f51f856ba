import { tokenOfText } from "../definition/definition.ts";
import { gbnf } from "../emit/gbnf.ts";
import { lark } from "../emit/lark.ts";
import { jsonSchema, MAX_LEVELS } from "../emit/schema.ts";
import { coqTacticDefinition, type Entry } from "./definition.ts";
import { coqWords } from "./tokens.ts";

/** What a model's server may be given so that it answers in the language, over just these names. */
export interface CoqTacticLanguage {
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
 * Coq's, or is one of the language's own words, is left out. What these grammars derive, `parseCoqTactic` accepts.
 */
export function coqTacticLanguage(names: Iterable<string>, options: LanguageOptions = {}): CoqTacticLanguage {
  const { entry = "tactic", maxDepth = 2 } = options;
  const plain = coqTacticDefinition(entry, []);
  const usable = new Set<string>(coqWords([]).of.other);
  const known = [...new Set(names)].filter((name) => usable.has(tokenOfText(plain, name)?.name ?? ""));
  const definition = coqTacticDefinition(entry, known);
  return {
    name: definition.name,
    gbnf: gbnf(definition, { maxDepth }),
    lark: lark(definition, { maxDepth }),
    schema: jsonSchema(definition, MAX_LEVELS),
  };
}
