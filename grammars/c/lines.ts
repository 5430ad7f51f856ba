import type { Span } from "./span.ts";

/**
 * Turns offsets into lines and columns. A line ends at `\n`, `\r\n` or a lone `\r`, as in the Language Server Protocol;
 * a tab counts as one column, a byte order mark as none.
 */
export class Lines {
  readonly #starts: number[];

  constructor(text: string) {
    const starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
    for (let offset = 0; offset < text.length; offset++) {
      const code = text.charCodeAt(offset);
      if (code === 10 || (code === 13 && text.charCodeAt(offset + 1) !== 10)) starts.push(offset + 1);
    }
    this.#starts = starts;
  }

  /** The span of `[start, end)`. */
  span(start: number, end: number): Span {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= start) low = middle;
      else high = middle - 1;
    }
    return { start, end, line: low + 1, column: Math.max(start - this.#starts[low]!, 0) + 1 };
  }
}
