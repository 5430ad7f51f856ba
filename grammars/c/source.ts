import type { IToken } from "chevrotain";
import { Lines } from "./lines.ts";
import type { Diagnostic, Span } from "./span.ts";
import type { CMember, CType } from "./tree.ts";

/** A source text while it is being read: where its tokens stand, which names are types, what is wrong with it. */
export class Source {
  readonly text: string;
  readonly lines: Lines;
  /** Typedef names known so far. */
  readonly typedefs: Map<string, CType>;
  /** Those of them that say `const`. */
  readonly constantTypes = new Set<string>();
  /** Structures read so far, by tag. */
  readonly structures = new Map<string, readonly CMember[]>();
  /** Enumeration constants read so far. */
  readonly enumerators = new Map<string, bigint>();
  /** Whether an enumeration has a negative constant, by `enum tag`. */
  readonly negativeEnums = new Map<string, boolean>();
  /** False where a pragma or a typedef places members otherwise than usual: then no size of a structure is known. */
  usualLayout = true;
  /** Tags of structures whose own attributes do. */
  readonly oddStructures = new Set<string>();
  /** How many such attributes were read, those of structures apart. */
  layoutAttributes = 0;
  /** Problems found since `take` was called last. */
  #problems: Diagnostic[] = [];

  constructor(text: string, typedefs: Map<string, CType>) {
    this.text = text;
    this.lines = new Lines(text);
    this.typedefs = typedefs;
  }

  span(token: IToken): Span {
    return this.between(token, token);
  }

  between(first: IToken, last: IToken): Span {
    const start = first.startOffset;
    return this.lines.span(start, Math.max(start, endOf(last)));
  }

  /** The text of a span on one line, shortened so that it fits a message. */
  quote(span: Span): string {
    return `'${shorten(this.text.slice(span.start, span.end))}'`;
  }

  error(message: string, span: Span): void {
    this.#problems.push({ severity: "error", message, span });
  }

  report(problem: Diagnostic): void {
    this.#problems.push(problem);
  }

  /** How many problems were found since `take`. */
  get count(): number {
    return this.#problems.length;
  }

  /** The problems found since the last call. */
  take(): Diagnostic[] {
    const taken = this.#problems;
    this.#problems = [];
    return taken;
  }
}

/** The offset behind a token. */
export function endOf(token: IToken): number {
  return token.endOffset! + 1;
}

/** Text as one line of at most 40 characters, for a message. */
export function shorten(text: string): string {
  const line = text.slice(0, 400).replace(/\s+/g, " ").trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
