import type { IToken } from "chevrotain";
import { beginsLine, readDirective, withoutComments } from "./directive.ts";
import { lexC } from "./lexer.ts";
import { Lines } from "./lines.ts";
import { endOf } from "./source.ts";
import { Directive } from "./tokens.ts";

/** What stands on one line of a text that was laid out. */
export interface Place {
  /** Offsets into the text as it was read. */
  readonly start: number;
  readonly end: number;
  /** The token, directive or annotation as it is written there. */
  readonly image: string;
}

/** A text for a preprocessor: one token a line, so that the lines it reports tell each token's offset. */
export interface Layout {
  readonly text: string;
  /** By line, from 0; null for lines of our own, and for those within an annotation. */
  readonly places: readonly (Place | null)[];
}

/** The name that stands for the number of the line, which the layout changes. */
export const LINE_NAME = "__touchstone_line__";

/**
 * Line markers name lines and no columns. With each token on a line of its own they name tokens: whatever a macro makes of one
 * is reported on its line. Comments are left out, ACSL's excepted.
 */
export function layOut(text: string): Layout {
  const lines: string[] = [];
  const places: (Place | null)[] = [];
  const put = (line: string, place: Place | null) => {
    const parts = line.split(/\r\n|\r|\n/);
    for (const [index, part] of parts.entries()) {
      lines.push(part);
      places.push(index === 0 ? place : null);
    }
  };
  const where = new Lines(text);
  for (const token of lexC(text, text.charCodeAt(0) === 0xfeff ? 1 : 0, text.length)) {
    const place = { start: token.startOffset, end: endOf(token), image: token.image };
    if (token.tokenType !== Directive) put(token.image, place);
    else if (beginsLine(text, token.startOffset)) {
      const { line } = where.span(place.start, place.end);
      putDirective(token, line, (one) => put(one, place), put);
    }
    // Alone on its line it would become a directive.
    else lines.push(`${lines.pop() ?? ""} ${withoutComments(token.image)}`);
  }
  return { text: `${lines.join("\n")}\n`, places };
}

function putDirective(
  token: IToken,
  number: number,
  put: (line: string) => void,
  own: (line: string, place: null) => void,
): void {
  const line = withoutComments(token.image);
  // Places are told in the text itself, wherever it may have come from.
  if (/^#\s*(?:line\b|\d)/.test(line)) return;
  // A condition cannot wait for the number until the output is read.
  put(/^#\s*(?:el)?if\b/.test(line) ? line.replace(/\b__LINE__\b/g, String(number)) : line);
  const directive = readDirective(line);
  if (directive.kind !== "include") return;
  // The library's `assert` is a macro that aborts; what is asserted is to be proved.
  const defined = directive.header === "assert.h" ? "1" : "(defined _ASSERT_H || defined _ASSERT_H_)";
  for (const one of [`#if ${defined} && !defined NDEBUG`, "#undef assert", "#endif"]) own(one, null);
}
