import type { IToken, TokenType } from "chevrotain";
import { type Annotation, type AnnotationKind, annotationKind } from "../acsl/annotation.ts";
import { lexAcsl } from "../acsl/lexer.ts";
import { lexC, problem } from "./lexer.ts";
import { type BodyLexer, expandMacros, type Macros } from "./macros.ts";
import { endOf, type Source } from "./source.ts";
import {
  AnnotationBlock,
  AnnotationLine,
  CodeAnnotation,
  ContractAnnotation,
  GhostClose,
  GhostOpen,
  GlobalAnnotation,
  LoopAnnotation,
} from "./tokens.ts";

const TYPES: Readonly<Record<AnnotationKind, TokenType>> = {
  loop: LoopAnnotation,
  code: CodeAnnotation,
  contract: ContractAnnotation,
  global: GlobalAnnotation,
};

/** Where a token of an included file comes from. */
export interface Header {
  readonly file: string;
  /** 1-based, in that file. */
  readonly line: number;
  /** Whether it came with the system. */
  readonly system: boolean;
}

/** A token that may be an included file's; it is placed at the `#include`. */
export interface PlacedToken extends IToken {
  header?: Header;
}

/**
 * Makes tokens of the ACSL comments in a row of `AnnotationBlock` and `AnnotationLine` tokens. Consecutive `//@` lines are one
 * annotation, unless a line begins one of another kind; assertions stay apart.
 */
export function readAnnotations(
  comments: readonly PlacedToken[],
  source: Source,
  macros: Macros,
  expand: (tokens: readonly IToken[], macros: Macros, lex: BodyLexer) => IToken[] = expandMacros,
): IToken[] {
  const groups: { kind: AnnotationKind; comments: IToken[]; tokens: IToken[] }[] = [];
  let previous: IToken | null = null;
  for (const comment of comments) {
    const tokens = comment.header === undefined ? tokensIn(comment, source.text) : includedTokens(comment);
    const kind = annotationKind(tokens);
    const last = groups.at(-1);
    const joins: boolean =
      last !== undefined &&
      previous?.tokenType === AnnotationLine &&
      comment.tokenType === AnnotationLine &&
      (kind === null || (kind === last.kind && kind !== "code")) &&
      /^[ \t\r\n]*$/.test(source.text.slice(endOf(previous), comment.startOffset));
    if (joins) {
      last!.comments.push(comment);
      for (const token of tokens) last!.tokens.push(token);
    } else groups.push({ kind: kind ?? "code", comments: [comment], tokens });
    previous = comment;
  }
  return groups
    .filter((group) => group.tokens.length > 0)
    .flatMap((group) => {
      const first = group.comments[0]!;
      const last = group.comments.at(-1)!;
      const type = TYPES[group.kind];
      const annotation: Annotation = {
        kind: group.kind,
        tokens: expand(group.tokens, macros, lexAcsl),
        blocks: group.comments.map((comment) => source.span(comment)),
        span: source.between(first, last),
      };
      const isGhost = group.tokens[0]!.image === "ghost" && group.comments.length === 1;
      if (isGhost && (first as PlacedToken).header === undefined)
        return ghostTokens(first, group.tokens[0]!, annotation, source, macros, expand);
      return {
        ...first,
        endOffset: last.endOffset!,
        tokenType: type,
        tokenTypeIdx: type.tokenTypeIdx!,
        payload: annotation,
      };
    });
}

/** The C tokens of a comment of ghost code, between marks; one that says why where its braces do not match. */
function ghostTokens(
  comment: IToken,
  head: IToken,
  annotation: Annotation,
  source: Source,
  macros: Macros,
  expand: typeof expandMacros,
): IToken[] {
  const mark = (type: TokenType): IToken => {
    return { ...comment, tokenType: type, tokenTypeIdx: type.tokenTypeIdx!, payload: annotation };
  };
  const end = endOf(comment) - (comment.tokenType === AnnotationBlock ? 2 : 0);
  // A gutter of `@` is no part of the code.
  const tokens = lexC(source.text, endOf(head), end).filter(({ image }) => image !== "@");
  let depth = 0;
  for (const { image } of tokens) {
    if (image === "{") depth++;
    else if (image === "}" && --depth < 0) break;
  }
  if (depth !== 0) return [problem(comment, "the braces of this ghost code do not match")];
  return [mark(GhostOpen), ...expand(tokens, macros, lexC), mark(GhostClose)];
}

/** The annotation that a token carries. */
export function annotationOf(token: IToken): Annotation {
  return token.payload as Annotation;
}

function tokensIn(comment: IToken, text: string): IToken[] {
  const end = endOf(comment);
  return lexAcsl(text, comment.startOffset + 3, comment.tokenType === AnnotationBlock ? end - 2 : end);
}

/** The annotation's text is that of the included file; its place is the `#include`. */
function includedTokens(comment: PlacedToken): PlacedToken[] {
  const { image, startOffset, endOffset, header } = comment;
  const end = comment.tokenType === AnnotationBlock ? image.length - 2 : image.length;
  return lexAcsl(image, 3, end).map((token) => ({
    ...token,
    startOffset,
    endOffset: endOffset!,
    header: header!,
  }));
}
