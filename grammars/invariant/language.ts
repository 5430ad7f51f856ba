import { gbnf } from "../emit/gbnf.ts";
import { lark } from "../emit/lark.ts";
import { jsonSchema, MAX_LEVELS } from "../emit/schema.ts";
import { type Entry, invariantDefinition } from "./definition.ts";
import { initialName } from "./tree.ts";

/** What a model's server may be given so that it answers in the language, over just these names. */
export interface InvariantLanguage {
  readonly name: string;
  readonly gbnf: string;
  readonly lark: string;
  /** Strict mode; the answer is then for `parseInvariantJson`. */
  readonly schema: object;
}

export interface LanguageOptions {
  /** Default `invariant`. */
  readonly entry?: Entry;
  /** Levels of brackets, default 1 for an atom and 2 for an invariant. */
  readonly maxDepth?: number;
}

/**
 * The language of invariants over the given names, each a C identifier or `\at(identifier, Pre)`. Names that are neither
 * are left out: no answer could mention them. What these grammars derive, `parseInvariant` accepts with the same names as
 * its scope, unless it is longer than the parser's cap on length.
 */
export function invariantLanguage(names: Iterable<string>, options: LanguageOptions = {}): InvariantLanguage {
  const { entry = "invariant" } = options;
  const { maxDepth = entry === "atom" ? 1 : 2 } = options;
  const definition = invariantDefinition(entry, vocabulary(names));
  return {
    name: definition.name,
    gbnf: gbnf(definition, { maxDepth }),
    lark: lark(definition, { maxDepth }),
    schema: jsonSchema(definition, entry === "atom" ? ATOM_LEVELS : MAX_LEVELS),
  };
}

/** The answer, its comparison, a sum, a product, a sign, and a name or number: more is no atom, and costs a prompt's space. */
const ATOM_LEVELS = 6;

/** Names sorted into plain ones and initial values, without repetition. */
function vocabulary(names: Iterable<string>): {
  readonly names: readonly string[];
  readonly initial: readonly string[];
} {
  const all = [...new Set(names)];
  return {
    names: all.filter((name) => IDENTIFIER.test(name)),
    initial: all.flatMap((name) => {
      const inner = AT_PRE.exec(name)?.[1];
      return inner !== undefined && initialName(inner) === name ? [inner] : [];
    }),
  };
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const AT_PRE = /^\\at\(([A-Za-z_][A-Za-z0-9_]*), Pre\)$/;
