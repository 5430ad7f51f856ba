import type { IToken } from "chevrotain";
import type { Span } from "../c/span.ts";

/** Where an annotation belongs, told from its first words. */
export type AnnotationKind = "loop" | "code" | "contract" | "global";

/** One ACSL comment, or consecutive `//@` lines, as tokens. */
export interface Annotation {
  readonly kind: AnnotationKind;
  readonly tokens: readonly IToken[];
  /** The comments, delimiters included. */
  readonly blocks: readonly Span[];
  readonly span: Span;
}

const CONTRACT =
  "requires ensures assigns behavior complete disjoint terminates decreases assumes allocates frees exits breaks continues returns";
const GLOBAL = "predicate logic axiomatic lemma axiom inductive type global model module import volatile";

/** First words, and what their annotation is. */
const KINDS: ReadonlyMap<string, AnnotationKind> = new Map<string, AnnotationKind>([
  ["loop", "loop"],
  ...["assert", "invariant", "ghost", "slice", "impact", "calls", "split", "merge"].map(entry("code")),
  ...CONTRACT.split(" ").map(entry("contract")),
  ...GLOBAL.split(" ").map(entry("global")),
]);

function entry(kind: AnnotationKind) {
  return (word: string): [string, AnnotationKind] => [word, kind];
}

/** True for a word that can begin a clause. */
export function beginsClause(word: string): boolean {
  return KINDS.has(word) || word === "check" || word === "admit" || word === "for";
}

/** The kind of the annotation that these tokens begin; null when the first word begins none. */
export function annotationKind(tokens: readonly IToken[]): AnnotationKind | null {
  let index = 0;
  if (tokens[0]?.image === "for") {
    index = tokens.findIndex((token) => token.image === ":") + 1;
    if (index === 0) return "code";
  }
  const qualified = tokens[index]?.image === "check" || tokens[index]?.image === "admit";
  const kind = KINDS.get(tokens[index + (qualified ? 1 : 0)]?.image ?? "") ?? null;
  return kind ?? (qualified || index > 0 ? "code" : null);
}
