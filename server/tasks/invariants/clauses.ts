import type { Span } from "../../../grammars/c/span.ts";

/** A clause of an existing loop annotation, found in the text without reading its predicate. */
export interface PlacedClause {
  readonly kind: "invariant" | "assigns" | "variant" | "other";
  /** Offset of its first character. */
  readonly start: number;
  /** Offset after its semicolon. */
  readonly end: number;
  /** The comment in which it stands. */
  readonly block: Span;
}

/** A token of ACSL as far as clauses need it: comments and gutters are skipped, binders have a semicolon of their own. */
const TOKEN = /\/\/[^\n]*|\\[A-Za-z]\w*|[A-Za-z_]\w*|;|[^\s]/g;
const BINDERS = new Set(["\\forall", "\\exists", "\\let", "\\lambda"]);

/** The clauses of a loop's annotation blocks, in order. A clause without its semicolon is not one. */
export function placedClauses(text: string, blocks: readonly Span[]): PlacedClause[] {
  return blocks.flatMap((block) => clausesOf(text, block));
}

/** Where the block's content ends: before the closing delimiter with its gutter, or at the end of the line. */
export function contentEnd(text: string, block: Span): number {
  const comment = text.slice(block.start, block.end);
  const close = comment.startsWith("/*") ? /[\s@]*\*\/\s*$/.exec(comment) : /\s*$/.exec(comment);
  return block.start + (close?.index ?? comment.length);
}

function clausesOf(text: string, block: Span): PlacedClause[] {
  const first = block.start + "/*@".length;
  const content = text.slice(first, contentEnd(text, block));
  const clauses: PlacedClause[] = [];
  let words: string[] = [];
  let start = -1;
  let binders = 0;
  for (const match of content.matchAll(TOKEN)) {
    const token = match[0];
    if (token.startsWith("//")) continue;
    if (isGutter(content, match.index, token)) continue;
    if (start < 0) start = match.index;
    if (BINDERS.has(token)) binders++;
    if (token !== ";") words.push(token);
    else if (binders > 0) binders--;
    else {
      clauses.push({ kind: kindOf(words), start: first + start, end: first + match.index + 1, block });
      words = [];
      start = -1;
    }
  }
  return clauses;
}

function kindOf(words: readonly string[]): PlacedClause["kind"] {
  const loop = words.indexOf("loop");
  const keyword = words[loop + 1];
  if (loop < 0) return "other";
  return keyword === "invariant" || keyword === "assigns" || keyword === "variant" ? keyword : "other";
}

/** `@` anywhere is a space in ACSL (2.1); `*` is a gutter only as the first character of a line. */
function isGutter(content: string, offset: number, token: string): boolean {
  if (token === "@") return true;
  return token === "*" && /(?:^|\n)[ \t]*$/.test(content.slice(0, offset));
}
