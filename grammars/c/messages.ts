import {
  EOF,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  tokenLabel,
} from "chevrotain";
import { NestingTooDeep } from "./nesting.ts";
import { endOf, type Source, shorten } from "./source.ts";
import type { Diagnostic, Span } from "./span.ts";
import {
  CodeAnnotation,
  ContractAnnotation,
  GhostClose,
  GhostOpen,
  GlobalAnnotation,
  Identifier,
  LoopAnnotation,
  RightParen,
  Semicolon,
} from "./tokens.ts";

const PLACES = new Map([
  [LoopAnnotation, "a loop annotation must stand directly before a loop"],
  [CodeAnnotation, "an annotation can stand only between statements"],
  [ContractAnnotation, "a contract must stand directly before a function"],
  [GhostOpen, "ghost code can stand only between statements"],
  [GhostClose, "the ghost code ends here, in the middle of a statement"],
  [GlobalAnnotation, "a global annotation can stand only outside functions"],
]);

/** Messages that name the construct, in the manner of C compilers; `nouns` says what each rule stands for. */
export function createMessages(nouns: Readonly<Record<string, string>>): IParserErrorMessageProvider {
  return {
    buildMismatchTokenMessage: ({ expected, actual, previous }) => {
      const misplaced = PLACES.get(actual.tokenType);
      if (misplaced !== undefined) return misplaced;
      if (previous?.tokenType === Identifier && actual.tokenType === Identifier) {
        return `expected an operator or ${tokenLabel(expected)} between '${previous.image}' and '${actual.image}', or '${previous.image}' is an unknown type name`;
      }
      return `expected ${tokenLabel(expected)} before ${nameToken(actual)}`;
    },
    buildNoViableAltMessage: ({ actual, ruleName }) =>
      PLACES.get(actual[0]!.tokenType) ??
      `expected ${nouns[ruleName] ?? "something else"} before ${nameToken(actual[0]!)}`,
    buildEarlyExitMessage: ({ actual, ruleName }) =>
      `expected ${nouns[ruleName] ?? "something"} before ${nameToken(actual[0]!)}`,
    buildNotAllInputParsedMessage: ({ firstRedundant }) =>
      PLACES.get(firstRedundant.tokenType) ?? `${nameToken(firstRedundant)} cannot stand here`,
  };
}

function nameToken(token: IToken): string {
  return token.tokenType === EOF ? "the end" : `'${shorten(token.image)}'`;
}

/**
 * A parser's error as a diagnostic. A missing `;` or `)` is shown where it belongs, behind the token before. `end` is the place
 * to name when the text stops too early.
 */
export function diagnose(
  error: IRecognitionException | NestingTooDeep,
  source: Source,
  end: Span,
): Diagnostic {
  const message = error.message;
  if (error instanceof NestingTooDeep) return { severity: "error", message, span: source.span(error.token) };
  const { token } = error;
  const previous = "previousToken" in error ? (error.previousToken as IToken | undefined) : undefined;
  const closes = [Semicolon, RightParen].some((type) =>
    message.startsWith(`expected ${tokenLabel(type)} before`),
  );
  const known = previous !== undefined && !Number.isNaN(previous.startOffset);
  if (closes && known) {
    return { severity: "error", message, span: source.lines.span(endOf(previous), endOf(previous)) };
  }
  return {
    severity: "error",
    message,
    span: Number.isNaN(token.startOffset) || token.tokenType === EOF ? end : source.span(token),
  };
}
