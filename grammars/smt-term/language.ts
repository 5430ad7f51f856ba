import { tokenOfText } from "../definition/definition.ts";
import { gbnf } from "../emit/gbnf.ts";
import { lark } from "../emit/lark.ts";
import { jsonSchema, MAX_LEVELS } from "../emit/schema.ts";
import { SYMBOL_TOKENS, smtTermDefinition, type Vocabulary } from "./definition.ts";

/** What a model's server may be given so that it answers with one term over just these symbols. */
export interface SmtTermLanguage {
  readonly name: string;
  readonly gbnf: string;
  readonly lark: string;
  /** Strict mode. */
  readonly schema: object;
}

/** The interpreted functions of arithmetic and logic. */
export const OPERATORS: readonly string[] = [
  "+",
  "-",
  "*",
  "div",
  "mod",
  "=",
  "<",
  "<=",
  ">",
  ">=",
  "and",
  "or",
  "not",
  "=>",
  "ite",
];

/** Symbols that are none of the language's are left out. `maxDepth`, default 3, is the number of nested applications. */
export function smtTermLanguage(
  vocabulary: Vocabulary,
  { maxDepth = 3 }: { readonly maxDepth?: number } = {},
): SmtTermLanguage {
  const usable = (names: readonly string[]) => [...new Set(names)].filter((name) => isSymbol(name));
  const { constants, functions } = vocabulary;
  const definition = smtTermDefinition({ constants: usable(constants), functions: usable(functions) });
  return {
    name: definition.name,
    gbnf: gbnf(definition, { maxDepth }),
    lark: lark(definition, { maxDepth }),
    schema: jsonSchema(definition, Math.min(MAX_LEVELS, 2 * maxDepth + 2)),
  };
}

const plain = smtTermDefinition({ constants: [], functions: [] });

/** Whether a name can be written as it is: no reserved word, no number, nothing that needs quoting. */
export function isSymbol(name: string): boolean {
  return SYMBOL_TOKENS.includes(tokenOfText(plain, name)?.name ?? "");
}
