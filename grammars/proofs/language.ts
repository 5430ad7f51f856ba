import type { Definition, Tree } from "../definition/definition.ts";

/** An output language as the proofs take it. */
export interface ProvedLanguage {
  readonly name: string;
  /** The definition with names for decoders that try the lexer: keywords with something behind, one within another. */
  readonly definition: Definition;
  /** Levels of brackets that the decoder's grammar is proved for. */
  readonly depths: readonly number[];
  /** What no accepted text may contain or be. */
  readonly unsafe: readonly Unsafe[];
  /** As users of the language call it: what may be done to a text before and after the parser. */
  readonly parse: (
    text: string,
  ) => { readonly kind: "ok"; readonly tree: Tree } | { readonly kind: "error"; readonly message: string };
  readonly print: (tree: Tree) => string;
}

/** A regular set of texts, by the source of a JavaScript regular expression that must match the whole text. */
export interface Unsafe {
  readonly what: string;
  readonly pattern: string;
}

const ANY = "[\\x00-\\uffff]*";

/** Texts with such a piece anywhere in them. */
export function containing(what: string, piece: string): Unsafe {
  return { what, pattern: `${ANY}(?:${piece})${ANY}` };
}

/** Texts with one of these as a whole word; `letter` is a class of what words consist of. */
export function word(what: string, words: readonly string[], letter: string): Unsafe {
  const inner = letter.slice(1, -1);
  const choice = words.map((text) => text.replace(/[.?!]/g, "\\$&")).join("|");
  return { what, pattern: `(?:${ANY}[^${inner}])?(?:${choice})(?:[^${inner}]${ANY})?` };
}
