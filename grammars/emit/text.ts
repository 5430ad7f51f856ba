/** Lines and columns are 1-based; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The position of an offset in a text. */
export function position(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** Where a text begins and ends without the white space around it. */
export function inner(text: string): readonly [start: number, end: number] {
  let start = 0;
  let end = text.length;
  while (start < end && " \t\r\n".includes(text.charAt(start))) start += 1;
  while (end > start && " \t\r\n".includes(text.charAt(end - 1))) end -= 1;
  return [start, end];
}
