/** A place as the Language Server Protocol counts it: from 0, in UTF-16 units (LSP 3.17, Position). */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** The position of an offset. A byte order mark, which editors do not show, is not counted. */
export function positionAt(text: string, offset: number): Position {
  const from = text.startsWith("\uFEFF") ? 1 : 0;
  // An offset between CR and LF is the end of its line.
  const end = text[offset] === "\n" && text[offset - 1] === "\r" ? offset - 1 : offset;
  const lines = text.slice(from, Math.max(from, end)).split(/\r\n|\n|\r/);
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

/** The 1-based line of an offset, as the front end counts lines. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
