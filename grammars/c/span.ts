/**
 * A piece of a source text. `start` and `end` are UTF-16 offsets into the text as it was read (half open);
 * `line` and `column` are 1-based and belong to `start`.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** `file:line:column`, the form in which every message names a place. */
export function place(file: string, span: Span): string {
  return `${file}:${span.line}:${span.column}`;
}

/** A problem with an input that its author can act on: what, where, what to do. */
export interface Diagnostic {
  readonly severity: "error" | "warning" | "note";
  /** What is wrong and what to do about it, one sentence, no trailing newline. */
  readonly message: string;
  readonly span: Span;
}

/** The smallest span that covers both. */
export function cover(first: Span, last: Span): Span {
  return { start: first.start, end: Math.max(first.end, last.end), line: first.line, column: first.column };
}
