import type { Hole } from "./outline.ts";
import { columnsIn, type Token } from "./tokens.ts";

/** A hole's place in its text. */
export interface Place {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly hole: Pick<Hole, "kind" | "start" | "end" | "token">;
}

/** The replacement for a hole: UTF-16 range in the unedited text, and what stands there instead. */
export interface Filling {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Where the first line of tactics begins in `text`, and the column of all of them. */
  readonly first: number;
  readonly column: number;
}

/** After these a term goes on to the end of what encloses it, so that `by` needs no brackets. */
const TERM_FOLLOWS = new Set([":=", "=>", "from", "exact", "<|", "$", "then", "else", "by", "at"]);

/**
 * Puts tactics into a hole as Lean's layout asks for: each tactic of `tactics` begins a line (its own further lines keep their
 * indentation relative to the first), in the column of the hole's block or two to the right of the line it stands on.
 */
export function fillHole(place: Place, tactics: readonly string[]): Filling {
  const { text, tokens, hole } = place;
  const before = tokens[hole.token - 1]!;
  const token = tokens[hole.token]!;
  const indent = indentOf(text, hole.start);
  const single = tactics.length === 1 && !tactics[0]!.includes("\n");
  const after = tokens[hole.token + 1];
  const ends = after === undefined || after.first;
  if (hole.kind === "term") {
    const bare = TERM_FOLLOWS.has(before.text) && ends;
    const column = Math.max(indent + (token.first ? 4 : 2), itemOf(text, hole.start) + 2);
    const [open, close] = bare ? ["by", ""] : ["(by", ")"];
    if (single) return filling(hole, `${open} `, tactics, close, token.column + open.length + 1);
    return filling(hole, `${open}\n${" ".repeat(column)}`, tactics, close, column);
  }
  if (token.first || before.text === "·" || before.text === ".")
    return filling(hole, "", tactics, "", token.column);
  if (single && before.text !== "<;>") return filling(hole, "", tactics, "", token.column);
  if ((before.text === "by" || before.text === "=>") && ends) {
    const arm = /^[ \t]*(?:\||case\b|next\b)/.test(lineOf(text, hole.start)) ? 4 : 2;
    const deeper = before.text === "by" ? Math.max(indent + arm, itemOf(text, hole.start) + 2) : indent + arm;
    const gap = /[ \t]*$/.exec(text.slice(0, hole.start))![0].length;
    return filling(
      { start: hole.start - gap, end: hole.end },
      `\n${" ".repeat(deeper)}`,
      tactics,
      "",
      deeper,
    );
  }
  return filling(hole, "(", tactics, ")", token.column + 1);
}

function filling(
  { start, end }: { readonly start: number; readonly end: number },
  open: string,
  tactics: readonly string[],
  close: string,
  column: number,
): Filling {
  const margin = `\n${" ".repeat(column)}`;
  const lines = tactics.map((tactic) => tactic.split("\n").join(margin)).join(margin);
  return { start, end, text: `${open}${lines}${close}`, first: open.length, column };
}

/**
 * The column in which the item begins that a line holds behind bullets, arms and `calc`: Lean measures the layout from there. The
 * line's own indentation where a `by` is all that stands there.
 */
function itemOf(text: string, at: number): number {
  const line = lineOf(text, at);
  const led = /^[ \t]*(?:(?:[·.]|calc)[ \t]+|(?:\||case\b|next\b)[^=\n]*=>[ \t]*)*/.exec(line)![0].length;
  return /^by\b/.test(line.slice(led)) ? 0 : columnsIn(line.slice(0, led));
}

/** Blanks at the beginning of a line. */
function indentOf(text: string, at: number): number {
  return /^[ \t]*/.exec(lineOf(text, at))![0].length;
}

function lineOf(text: string, at: number): string {
  return text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
}
