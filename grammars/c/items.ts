import type { IToken } from "chevrotain";
import type { Source } from "./source.ts";
import type { Diagnostic } from "./span.ts";
import * as t from "./tokens.ts";

/** One external declaration, found by matching braces so that a mistake in one does not spoil the next. */
export interface Item {
  /** Annotations in front of it. */
  readonly annotations: readonly IToken[];
  readonly tokens: readonly IToken[];
  /** `end`: only annotations are left at the end of the file or before a stray `;`. */
  readonly kind: "function" | "declaration" | "stray" | "end";
  /** The function's name, or ""; for messages about what could not be parsed. */
  readonly name: string;
  /** What is wrong with its braces. */
  readonly problem: Diagnostic | null;
}

const ANNOTATIONS = new Set([t.LoopAnnotation, t.CodeAnnotation, t.ContractAnnotation, t.GlobalAnnotation]);

/** Cuts the file's tokens into items. */
export function splitItems(tokens: readonly IToken[], source: Source): Item[] {
  const items: Item[] = [];
  let index = 0;
  while (index < tokens.length) {
    const first = index;
    while (index < tokens.length && ANNOTATIONS.has(tokens[index]!.tokenType)) index++;
    let annotations = tokens.slice(first, index);
    if (tokens[index]?.tokenType === t.GhostOpen) {
      // Ghost code outside functions is an annotation that cannot stand there.
      annotations = [...annotations, tokens[index]!];
      while (index < tokens.length && tokens[index]!.tokenType !== t.GhostClose) index++;
      items.push({ annotations, tokens: [], kind: "end", name: "", problem: null });
      index++;
      continue;
    }
    const token = tokens[index];
    if (token === undefined || token.tokenType === t.Semicolon) {
      if (annotations.length > 0)
        items.push({ annotations, tokens: [], kind: "end", name: "", problem: null });
      index++;
    } else if (token.tokenType === t.RightBrace) {
      items.push({ annotations, tokens: [token], kind: "stray", name: "", problem: null });
      index++;
    } else {
      const item = scanItem(tokens, index, source);
      items.push({
        annotations,
        tokens: tokens.slice(index, item.end),
        kind: item.kind,
        name: item.name,
        problem: item.problem,
      });
      index = item.end;
    }
  }
  return items;
}

interface Scanned {
  readonly end: number;
  readonly kind: "function" | "declaration";
  readonly name: string;
  readonly problem: Diagnostic | null;
}

function scanItem(tokens: readonly IToken[], start: number, source: Source): Scanned {
  const head = new Head();
  let braces = 0;
  let parens = 0;
  for (let index = start; index < tokens.length; index++) {
    const token = tokens[index]!;
    const type = token.tokenType;
    if (braces === 0) {
      if (index > start && (type === t.ContractAnnotation || type === t.GlobalAnnotation))
        return declaration(index, head);
      if (type === t.LeftBrace && head.isFunction()) return scanBody(tokens, index, head.name, source);
      if (type === t.Semicolon && !(parens === 0 && head.hasOldParameters(tokens[index + 1])))
        return declaration(index + 1, head);
      if (parens === 0) head.see(token, tokens[index - 1], tokens[index + 1]);
    }
    if (type === t.LeftParen) parens++;
    else if (type === t.RightParen) parens = Math.max(0, parens - 1);
    else if (type === t.LeftBrace) braces++;
    else if (type === t.RightBrace && --braces < 0) return declaration(index, head);
  }
  return declaration(tokens.length, head);
}

function declaration(end: number, head: Head): Scanned {
  return { end, kind: "declaration", name: head.name, problem: null };
}

/** What the tokens outside parentheses say about the item so far. */
class Head {
  name = "";
  #equals = false;
  #parameters = false;
  #behindParameters = 0;
  #onlyNames = false;

  see(token: IToken, previous: IToken | undefined, next: IToken | undefined): void {
    if (token.tokenType === t.Equals) this.#equals = true;
    if (token.tokenType === t.LeftParen) {
      if (previous?.tokenType === t.Identifier && this.name === "") {
        this.name = previous.image;
        this.#parameters = true;
        this.#onlyNames = next?.tokenType === t.Identifier;
      } else if (previous !== undefined && [t.Star, t.TypeWord, t.TypeName].includes(previous.tokenType)) {
        // `int (*f(void))(int) {`
        this.#parameters = true;
      }
    } else if (this.#parameters && token.tokenType !== t.RightParen) this.#behindParameters++;
  }

  isFunction(): boolean {
    return this.#parameters && !this.#equals;
  }

  /** In `int f(a) int a; {` the semicolon ends no item. */
  hasOldParameters(next: IToken | undefined): boolean {
    const goesOn = next !== undefined && [t.LeftBrace, t.TypeWord, t.TypeName].includes(next.tokenType);
    return this.isFunction() && this.#onlyNames && this.#behindParameters > 0 && goesOn;
  }
}

function scanBody(tokens: readonly IToken[], open: number, name: string, source: Source): Scanned {
  let braces = 0;
  for (let index = open; index < tokens.length; index++) {
    const type = tokens[index]!.tokenType;
    if (type === t.LeftBrace) braces++;
    else if (type === t.RightBrace && --braces === 0)
      return { end: index + 1, kind: "function", name, problem: null };
  }
  const cut = nestedDefinition(tokens, open + 1);
  const place = tokens[cut] ?? tokens.at(-1)!;
  const where = source.span(tokens[open]!);
  const before = cut < tokens.length ? "before the next function" : "at the end of the file";
  const message = `a '{' of the body of '${name}', which opens at ${where.line}:${where.column}, is never closed: expected '}' ${before}`;
  return {
    end: cut,
    kind: "function",
    name,
    problem: { severity: "error", message, span: source.span(place) },
  };
}

const SPECIFIERS = new Set([t.TypeWord, t.TypeName, t.Storage, t.Qualifier, t.Tag]);

/** C has no functions inside functions: where one begins, a brace is missing before. The tokens' end when there is none. */
function nestedDefinition(tokens: readonly IToken[], start: number): number {
  for (let index = start; index < tokens.length; index++) {
    const previous = tokens[index - 1]!.tokenType;
    const begins = [t.Semicolon, t.RightBrace, t.LeftBrace].includes(previous) || ANNOTATIONS.has(previous);
    if (!begins || !SPECIFIERS.has(tokens[index]!.tokenType) || !definesFunction(tokens, index)) continue;
    let cut = index;
    while (cut > start && ANNOTATIONS.has(tokens[cut - 1]!.tokenType)) cut--;
    return cut;
  }
  return tokens.length;
}

function definesFunction(tokens: readonly IToken[], start: number): boolean {
  let index = start;
  while (
    index < tokens.length &&
    (SPECIFIERS.has(tokens[index]!.tokenType) || tokens[index]!.tokenType === t.Star)
  )
    index++;
  if (tokens[index]?.tokenType !== t.Identifier || tokens[index + 1]?.tokenType !== t.LeftParen) return false;
  let parens = 0;
  for (index++; index < tokens.length; index++) {
    const type = tokens[index]!.tokenType;
    if (type === t.LeftParen) parens++;
    else if (type === t.RightParen && --parens === 0) return tokens[index + 1]?.tokenType === t.LeftBrace;
    else if (type === t.Semicolon || type === t.LeftBrace) return false;
  }
  return false;
}
