import type { IToken } from "chevrotain";
import { type Header, type PlacedToken, readAnnotations } from "./annotations.ts";
import { expandCalls } from "./calls.ts";
import { movesMembers, readDirective } from "./directive.ts";
import { type Layout, LINE_NAME, layOut, type Place } from "./layout.ts";
import { lexC, retype } from "./lexer.ts";
import type { Macro } from "./macros.ts";
import type { Source } from "./source.ts";
import type { Diagnostic } from "./span.ts";
import { AnnotationBlock, AnnotationLine, Directive, NumberWord } from "./tokens.ts";
import { markTwoNames } from "./two-names.ts";

/** What a preprocessor made of a text that was laid out for it, or why it could not. */
export type Expansion =
  | {
      readonly kind: "expanded";
      /** The text that it was made from, before it was laid out. */
      readonly of: string;
      /** With line markers, comments, and the macros as they are defined (`-CC -dD`). */
      readonly output: string;
      /** The name that the markers have for the text. */
      readonly name: string;
    }
  | { readonly kind: "failed"; readonly of: string; readonly diagnostics: readonly Diagnostic[] };

const MARKER = /^#(?:line)?[ \t]+(\d+)[ \t]+"((?:[^"\\]|\\[\s\S])*)"([ \t\d]*)$/;

/**
 * The tokens of a preprocessor's output, each placed where it comes from in the text: at the token itself, at the macro use that
 * made it, or at the `#include` that brought it. Macros within annotations are replaced here, since it leaves comments alone.
 */
export function readExpansion(
  source: Source,
  expansion: Expansion,
): { readonly tokens: readonly IToken[]; readonly includes: readonly string[] } {
  if (expansion.of !== source.text)
    throw new Error("An expansion belongs to the text that it was made from.");
  if (expansion.kind === "failed") {
    for (const one of expansion.diagnostics) source.report(one);
    return { tokens: [], includes: [] };
  }
  return new Reader(source, layOut(source.text), expansion.name).read(expansion.output);
}

class Reader {
  readonly #source: Source;
  readonly #layout: Layout;
  readonly #name: string;
  readonly #macros = new Map<string, Macro>();
  readonly #includes: string[] = [];
  readonly #tokens: IToken[] = [];
  #pending: PlacedToken[] = [];
  /** Of headers, until the marker behind them tells which `#include` it was. */
  #unplaced: PlacedToken[] = [];
  /** Lines of the layout of which something is left. */
  readonly #used = new Set<number>();
  #header: Header | null = null;
  #line = 1;

  constructor(source: Source, layout: Layout, name: string) {
    this.#source = source;
    this.#layout = layout;
    this.#name = name;
  }

  read(output: string): { readonly tokens: readonly IToken[]; readonly includes: readonly string[] } {
    let cursor = 0;
    const own: { readonly token: PlacedToken; readonly line: number }[] = [];
    for (const token of lexC(output, 0, output.length)) {
      this.#line += newlines(output, cursor, token.startOffset);
      cursor = token.startOffset;
      if (token.tokenType === Directive) {
        this.#directive(token);
        continue;
      }
      const placed: PlacedToken = token;
      if (this.#header !== null) {
        placed.header = { ...this.#header, line: this.#line };
        this.#unplaced.push(placed);
      } else {
        this.#used.add(this.#line);
        own.push({ token: placed, line: this.#line });
      }
      this.#pending.push(placed);
    }
    for (const { token, line } of own) this.#place(token, line);
    this.#flush();
    markTwoNames(output, this.#tokens);
    return { tokens: this.#tokens, includes: this.#includes };
  }

  #directive(token: IToken): void {
    const marker = MARKER.exec(token.image.trimEnd());
    if (marker !== null) {
      this.#enter(Number(marker[1]), marker[2]!, marker[3]!);
      return;
    }
    const reading = readDirective(token.image);
    if (reading.kind === "pragma" && movesMembers(reading.text)) this.#source.usualLayout = false;
    if (reading.kind !== "define" && reading.kind !== "undef") return;
    this.#pending.push(token);
  }

  /** What follows is line `line` of the file. */
  #enter(line: number, file: string, flags: string): void {
    // The line end behind the marker is still to come.
    this.#line = line - 1;
    if (file !== this.#name) {
      this.#header = { file, line, system: /\b3\b/.test(flags) };
      return;
    }
    this.#header = null;
    const include = this.#includeBefore(line);
    for (const token of this.#unplaced) move(token, include);
    this.#unplaced = [];
  }

  #includeBefore(line: number): Place {
    for (let index = line - 2; index >= 0; index--) {
      const place = this.#layout.places[index];
      if (place && /^#\s*include/.test(place.image)) return place;
    }
    return { start: 0, end: 0, image: "" };
  }

  #place(token: PlacedToken, line: number): void {
    const place = this.#layout.places[line - 1];
    if (!place) throw new Error(`The preprocessor's output names line ${line}, where no token stands.`);
    if (token.image === LINE_NAME) {
      token.image = String(this.#source.lines.span(place.start, place.end).line);
      retype(token, NumberWord);
    }
    move(token, token.image === place.image ? place : { ...place, end: this.#endOfCall(line, place) });
  }

  /** The end of a macro's arguments, of which nothing stands in the output by itself. */
  #endOfCall(line: number, name: Place): number {
    const { places } = this.#layout;
    let depth = 0;
    for (let index = line; index < places.length; index++) {
      if (this.#used.has(index + 1)) break;
      const place = places[index];
      if (!place) continue;
      if (place.image === "(") depth++;
      else if (depth === 0) break;
      else if (place.image === ")" && --depth === 0) return place.end;
    }
    return name.end;
  }

  /** Annotations become tokens, under the macros that are defined by then. */
  #flush(): void {
    let comments: PlacedToken[] = [];
    const end = () => {
      if (comments.length === 0) return;
      // NULL has a meaning of its own in annotations; its macro is a cast.
      const macros = new Map(this.#macros);
      macros.delete("NULL");
      for (const token of readAnnotations(comments, this.#source, macros, expandCalls))
        this.#tokens.push(token);
      comments = [];
    };
    for (const token of this.#pending) {
      if (token.tokenType === AnnotationBlock || token.tokenType === AnnotationLine) {
        comments.push(token);
        continue;
      }
      end();
      if (token.tokenType === Directive) this.#define(token);
      else this.#tokens.push(token);
    }
    end();
    for (const place of this.#layout.places) {
      if (!place || !/^#\s*include/.test(place.image)) continue;
      const reading = readDirective(place.image);
      if (reading.kind === "include") this.#includes.push(reading.header);
    }
  }

  #define(token: IToken): void {
    const reading = readDirective(token.image);
    if (reading.kind === "undef") this.#macros.delete(reading.name);
    else if (reading.kind === "define") {
      const { name, functionLike, body } = reading;
      this.#macros.set(name, { name, functionLike, body, span: null });
    }
  }
}

function move(token: IToken, { start, end }: Pick<Place, "start" | "end">): void {
  token.startOffset = start;
  token.endOffset = end - 1;
}

function newlines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", start); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
