import type { IToken } from "chevrotain";
import { diagnose } from "../c/messages.ts";
import { MAX_TREE_DEPTH, NestingTooDeep, treeDepth } from "../c/nesting.ts";
import { Source } from "../c/source.ts";
import type { Diagnostic, Span } from "../c/span.ts";
import { Problem } from "../c/tokens.ts";
import { standardTypedefs } from "../c/types.ts";
import { beginsClause } from "./annotation.ts";
import { toPredicate, toTerm } from "./classify.ts";
import type { AcslExpression } from "./expression.ts";
import { lexAcsl } from "./lexer.ts";
import { AcslParser } from "./parser.ts";
import { TypeName, Word } from "./tokens.ts";
import type { AcslPredicate, AcslTerm } from "./tree.ts";

export type PredicateReading =
  | { readonly kind: "ok"; readonly predicate: AcslPredicate }
  | { readonly kind: "error"; readonly diagnostics: readonly Diagnostic[] };

export type TermReading =
  | { readonly kind: "ok"; readonly term: AcslTerm }
  | { readonly kind: "error"; readonly diagnostics: readonly Diagnostic[] };

/** Reads a text that is one ACSL predicate; spans are offsets into `text`. */
export function readAcslPredicate(text: string): PredicateReading {
  const { expression, diagnostics } = readAlone(text);
  return expression === null
    ? { kind: "error", diagnostics }
    : { kind: "ok", predicate: toPredicate(expression) };
}

/** Reads a text that is one ACSL term; spans are offsets into `text`. */
export function readAcslTerm(text: string): TermReading {
  const { expression, diagnostics } = readAlone(text);
  return expression === null ? { kind: "error", diagnostics } : { kind: "ok", term: toTerm(expression) };
}

/** Texts longer than this are no predicate that a person or a model means. */
const MAX_LENGTH = 100_000;

function readAlone(text: string): { expression: AcslExpression | null; diagnostics: readonly Diagnostic[] } {
  const source = new Source(text.slice(0, MAX_LENGTH), standardTypedefs());
  const everything = source.lines.span(0, 0);
  if (text.length > MAX_LENGTH) {
    source.error(`the text is longer than ${MAX_LENGTH} characters`, everything);
    return { expression: null, diagnostics: source.take() };
  }
  const expression = parseExpression(
    lexAcsl(text, 0, text.length),
    source,
    source.lines.span(text.length, text.length),
  );
  return { expression, diagnostics: source.take() };
}

let parser: AcslParser | null = null;

/**
 * Parses tokens as one expression; null when it cannot be read, and then the source has the problems. `end` is where a text that
 * stops too early is reported.
 */
export function parseExpression(tokens: readonly IToken[], source: Source, end: Span): AcslExpression | null {
  const problems = tokens.filter((token) => token.tokenType === Problem);
  for (const token of problems) source.error(token.payload, source.span(token));
  if (problems.length > 0) return null;
  parser ??= new AcslParser({ skipValidations: true } as object);
  const typed = tokens.map((token) =>
    token.tokenType === Word && source.typedefs.has(token.image)
      ? { ...token, tokenType: TypeName, tokenTypeIdx: TypeName.tokenTypeIdx! }
      : token,
  );
  return run(parser, typed, source, end);
}

function run(parser: AcslParser, tokens: IToken[], source: Source, end: Span): AcslExpression | null {
  const before = source.count;
  try {
    parser.start(source, tokens);
    const expression = parser.expression();
    const error = parser.errors[0];
    if (error === undefined) {
      if (source.count > before) return null;
      if (treeDepth(expression, MAX_TREE_DEPTH) <= MAX_TREE_DEPTH) return expression;
      source.error(`the expression is too long: its tree is deeper than ${MAX_TREE_DEPTH}`, expression.span);
      return null;
    }
    if (error.name === "NotAllInputParsedException" && beginsClause(error.token.image)) {
      error.message = `expected ';' before '${error.token.image}'`;
    }
    source.report(diagnose(error, source, end));
  } catch (error) {
    if (!(error instanceof NestingTooDeep)) throw error;
    source.report(diagnose(error, source, end));
  }
  return null;
}
