import type { IToken } from "chevrotain";
import { problem } from "./lexer.ts";
import type { Span } from "./span.ts";

/** An object-like macro, or the name of a function-like one. */
export interface Macro {
  readonly name: string;
  readonly body: string;
  readonly functionLike: boolean;
  /** The directive; null when a standard header defines it. */
  readonly span: Span | null;
}

/** Names to macros, as they stand at one place of the file. */
export type Macros = ReadonlyMap<string, Macro>;

/** Reads a macro's body in the language of the place where it is used, C or ACSL. */
export type BodyLexer = (text: string, start: number, end: number) => IToken[];

/** A use may grow to so many tokens, through so many macros: doubling definitions would otherwise fill the memory. */
const MAX_EXPANSION = 10_000;
const MAX_EXPANSION_DEPTH = 100;

/**
 * Replaces macros by their bodies (C11 6.10.3). Every token of a body stands where the macro's name stands in the file. A macro
 * inside its own expansion stays a name; a function-like macro that is called becomes a `Problem`.
 */
export function expandMacros(tokens: readonly IToken[], macros: Macros, lex: BodyLexer): IToken[] {
  if (macros.size === 0) return [...tokens];
  const expanded: IToken[] = [];
  tokens.forEach((token, index) => {
    const macro = macros.get(token.image);
    if (macro === undefined) expanded.push(token);
    else if (macro.functionLike)
      expanded.push(tokens[index + 1]?.image === "(" ? called(token, macro) : token);
    else {
      const use: IToken[] = [];
      const fits = substitute(macro, token, { macros, lex, active: new Set(), out: use });
      if (fits) for (const one of use) expanded.push(one);
      else expanded.push(problem(token, `the macro '${macro.name}' expands to more than can be read`));
    }
  });
  return expanded;
}

interface Expansion {
  readonly macros: Macros;
  readonly lex: BodyLexer;
  readonly active: Set<string>;
  readonly out: IToken[];
}

function substitute(macro: Macro, use: IToken, expansion: Expansion): boolean {
  const { macros, lex, active, out } = expansion;
  if (active.size >= MAX_EXPANSION_DEPTH) return false;
  active.add(macro.name);
  for (const token of lex(macro.body, 0, macro.body.length)) {
    if (out.length >= MAX_EXPANSION) return false;
    const inner = active.has(token.image) ? undefined : macros.get(token.image);
    const placed = { ...token, startOffset: use.startOffset, endOffset: use.endOffset! };
    if (inner === undefined) out.push(placed);
    else if (inner.functionLike) out.push(called(placed, inner));
    else if (!substitute(inner, use, expansion)) return false;
  }
  active.delete(macro.name);
  return true;
}

function called(token: IToken, macro: Macro): IToken {
  const where = macro.span === null ? "" : ` (defined at line ${macro.span.line})`;
  return problem(
    token,
    `the function-like macro '${macro.name}'${where} is not supported yet: write its expansion`,
  );
}
