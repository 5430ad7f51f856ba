/** How a file writes its annotations, so that an insertion looks as if its author had made it. */
export interface AnnotationStyle {
  /** The line ending of the file's majority. */
  readonly eol: "\n" | "\r\n";
  /** `line` (`//@ …`, all clauses on one line) when the file's loop annotations are written so; else `block`. */
  readonly form: "block" | "line";
  /** What stands between a loop's indentation and a clause on the second and later lines of a block: `  @ `. */
  readonly gutter: string;
  /** What closes a block on a line of its own, with what stands between the indentation and it. */
  readonly close: string;
}

interface Comment {
  readonly start: number;
  readonly text: string;
}

const DEFAULT_GUTTER = "  @ ";
const DEFAULT_CLOSE = "  @*/";

/** Reads the style off the whole file; without any annotation it is ACSL's usual block with a gutter of `@`. */
export function annotationStyle(text: string): AnnotationStyle {
  const annotations = comments(text).filter(({ text }) => /^\/[/*]@/.test(text));
  const ofLoops = annotations.filter(({ text }) => /^\/[/*]@[\s@*]*loop\b/.test(text));
  const lines = ofLoops.filter(({ text }) => text.startsWith("//")).length;
  // What stands in the braces of an axiomatic is indented once more.
  const flat = annotations.filter(({ text }) => !/^\/\*@[\s@]*(?:axiomatic|inductive)\b/.test(text));
  const shape = flat.map((comment) => blockShape(text, comment)).find((found) => found !== null);
  return {
    eol: lineEnding(text),
    form: lines > ofLoops.length - lines ? "line" : "block",
    gutter: shape?.gutter ?? DEFAULT_GUTTER,
    close: shape?.close ?? DEFAULT_CLOSE,
  };
}

/** The majority of line endings; a tie, or a text of one line, is `\n`. */
export function lineEnding(text: string): "\n" | "\r\n" {
  const all = text.split("\n").length - 1;
  const crlf = text.split("\r\n").length - 1;
  return crlf > all - crlf ? "\r\n" : "\n";
}

/** The whitespace before the first other character of the line on which `offset` lies. */
export function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))![0];
}

/** The offset of the first character of the line on which `offset` lies; a byte order mark is no part of a line. */
export function lineStart(text: string, offset: number): number {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return start === 0 && text.startsWith("\uFEFF") ? Math.min(1, offset) : start;
}

/** Gutter and closing of a block of several lines, relative to the block's own indentation; null for other comments. */
function blockShape(text: string, comment: Comment): { gutter: string; close: string } | null {
  const lines = comment.text.split(/\r?\n/);
  const second = lines[1];
  if (!comment.text.startsWith("/*") || second === undefined) return null;
  const indent = indentationAt(text, comment.start);
  const relative = (line: string) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart());
  const closing = /^[ \t]*@?[ \t]*\*\/$/.exec(relative(lines.at(-1)!));
  const gutter = /^[ \t]*(?:@[ \t]*)?/.exec(relative(second))![0];
  const hasClause = lines.length > 2 || closing === null;
  if (!hasClause) return null;
  const close = closing?.[0] ?? (gutter.includes("@") ? DEFAULT_CLOSE : "*/");
  return { gutter: /[@ \t]$/.test(gutter) ? gutter.replace(/@$/, "@ ") : DEFAULT_GUTTER, close };
}

/** All comments of a C text; string and character literals are stepped over. */
function comments(text: string): Comment[] {
  const token = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?/g;
  const found: Comment[] = [];
  for (const match of text.matchAll(token)) {
    if (match[0].startsWith("/")) found.push({ start: match.index, text: match[0].trimEnd() });
  }
  return found;
}
