import type { Span } from "../../../grammars/c/span.ts";
import { contentEnd, type PlacedClause, placedClauses } from "./clauses.ts";
import { type AnnotationStyle, indentationAt, lineStart } from "./style.ts";

/** What one loop gets: clauses as ACSL text without keyword and semicolon; null or empty where nothing is added. */
export interface LoopClauses {
  readonly invariants: readonly string[];
  readonly assigns: string | null;
  readonly variant: string | null;
}

/** Where a loop stands: its keyword, and the comments of the annotation it has already. */
export interface LoopPlace {
  readonly keyword: Span;
  readonly blocks: readonly Span[];
}

export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

const LONGEST_LINE = 110;

/** The clauses in ACSL's order: invariants, assigns, variant (ACSL 2.4.2). */
export function clauseTexts(clauses: LoopClauses): string[] {
  return [
    ...clauses.invariants.map((text) => `loop invariant ${text};`),
    ...(clauses.assigns === null ? [] : [`loop assigns ${clauses.assigns};`]),
    ...(clauses.variant === null ? [] : [`loop variant ${clauses.variant};`]),
  ];
}

/**
 * Insertions that annotate one loop, ascending. An existing annotation is added to, since Frama-C accepts only one block in
 * front of a loop; otherwise a new block is put directly in front of the keyword.
 */
export function placeClauses(
  text: string,
  place: LoopPlace,
  clauses: LoopClauses,
  style: AnnotationStyle,
): Insertion[] {
  const texts = clauseTexts(clauses);
  if (texts.length === 0) return [];
  if (place.blocks.length === 0) return [newBlock(text, place.keyword.start, texts, style)];
  const present = placedClauses(text, place.blocks);
  const last = present.at(-1);
  if (!last) return [{ offset: place.blocks[0]!.start + "/*@".length, text: ` ${texts.join(" ")}` }];
  return merge(text, present, last, clauses, style);
}

/** Invariants go before the first `loop assigns` or `loop variant`, assigns before the variant, which comes last. */
function merge(
  text: string,
  present: readonly PlacedClause[],
  last: PlacedClause,
  clauses: LoopClauses,
  style: AnnotationStyle,
): Insertion[] {
  const anchor = present.find(({ kind }) => kind === "assigns" || kind === "variant");
  if (!anchor) return [insertAfter(text, last, clauseTexts(clauses), style)];
  const beforeVariant = anchor.kind === "variant";
  const before = clauseTexts({ ...clauses, assigns: beforeVariant ? clauses.assigns : null, variant: null });
  const after = clauseTexts({ ...clauses, invariants: [], assigns: beforeVariant ? null : clauses.assigns });
  return [
    ...(before.length > 0 ? [insertBefore(text, anchor, before, style)] : []),
    ...(after.length > 0 ? [insertAfter(text, last, after, style)] : []),
  ];
}

function insertBefore(
  text: string,
  anchor: PlacedClause,
  added: readonly string[],
  style: AnnotationStyle,
): Insertion {
  const prefix = isOneLine(text, anchor.block) ? null : continuation(text, anchor, style);
  const separator = prefix === null || !startsLine(text, anchor) ? " " : style.eol + prefix;
  return { offset: anchor.start, text: added.map((clause) => clause + separator).join("") };
}

function insertAfter(
  text: string,
  last: PlacedClause,
  added: readonly string[],
  style: AnnotationStyle,
): Insertion {
  if (isOneLine(text, last.block))
    return { offset: last.end, text: added.map((clause) => ` ${clause}`).join("") };
  const prefix = style.eol + continuation(text, last, style);
  const rest = /^[^\r\n]*/.exec(text.slice(last.end))![0];
  const endOfLine = last.end + rest.length;
  const offset = endOfLine < last.block.end && !rest.includes("*/") ? endOfLine : last.end;
  return { offset, text: added.map((clause) => prefix + clause).join("") };
}

function isOneLine(text: string, block: Span): boolean {
  return (
    !text.slice(block.start, contentEnd(text, block)).includes("\n") &&
    !text.slice(block.start, block.end).trimEnd().includes("\n")
  );
}

/** Only the gutter, or the comment's opening, stands before the clause on its line. */
function startsLine(text: string, clause: PlacedClause): boolean {
  return /^[ \t@*]*$/.test(
    text.slice(Math.max(lineStart(text, clause.start), clause.block.start + "/*@".length), clause.start),
  );
}

/** What a further line of the clause's block begins with: the gutter of this line, or of the next when this one opens the block. */
function continuation(text: string, clause: PlacedClause, style: AnnotationStyle): string {
  const start = lineStart(text, clause.start);
  if (start > clause.block.start) return /^[ \t]*(?:[@*][ \t]*)?/.exec(text.slice(start, clause.start))![0];
  const rest = text.slice(clause.block.start, clause.block.end);
  const next = /\n([ \t]*(?:@[ \t]*)?)(?!\*\/)[^\s@*]/.exec(rest);
  if (next) return next[1]!;
  const closing = /\n([ \t]*@)\*\/\s*$/.exec(rest);
  if (closing) return `${closing[1]} `;
  return style.gutter.includes("@")
    ? blank(text.slice(start, clause.start))
    : indentationAt(text, start) + style.gutter;
}

function newBlock(
  text: string,
  keyword: number,
  clauses: readonly string[],
  style: AnnotationStyle,
): Insertion {
  const before = text.slice(lineStart(text, keyword), keyword);
  const ownLine = /^[ \t]*$/.test(before);
  const oneLine = clauses.join(" ");
  const fits = before.length + oneLine.length <= LONGEST_LINE;
  if (!ownLine && fits) return { offset: keyword, text: `/*@ ${oneLine} */ ` };
  // A loop that shares its line keeps its place; the block is aligned with it.
  const indent = ownLine ? before : blank(before);
  const after = ownLine ? style.eol + indent : " ";
  if (ownLine && style.form === "line" && fits) return { offset: keyword, text: `//@ ${oneLine}${after}` };
  if (clauses.length === 1) return { offset: keyword, text: `/*@ ${oneLine} */${after}` };
  const lines = clauses.map((clause, i) => (i === 0 ? `/*@ ${clause}` : indent + style.gutter + clause));
  return { offset: keyword, text: lines.join(style.eol) + style.eol + indent + style.close + after };
}

/** As many columns of whitespace: tabs stay tabs. */
function blank(prefix: string): string {
  return prefix.replace(/[^\t]/g, " ");
}
