import type { IToken, TokenType } from "chevrotain";
import { type Annotation, type AnnotationKind, annotationKind } from "../acsl/annotation.ts";
import { lexAcsl } from "../acsl/lexer.ts";
import { expandMacros, type Macros } from "./macros.ts";
import { endOf, type Source } from "./source.ts";
import {
  AnnotationBlock,
  AnnotationLine,
  CodeAnnotation,
  ContractAnnotation,
  GlobalAnnotation,
  LoopAnnotation,
} from "./tokens.ts";

const TYPES: Readonly<Record<AnnotationKind, TokenType>> = {
  loop: LoopAnnotation,
  code: CodeAnnotation,
  contract: ContractAnnotation,
  global: GlobalAnnotation,
};

/**
 * Makes tokens of the ACSL comments in a row of `AnnotationBlock` and `AnnotationLine` tokens. Consecutive `//@` lines are one
 * annotation, unless a line begins one of another kind; assertions stay apart.
 */
export function readAnnotations(comments: readonly IToken[], source: Source, macros: Macros): IToken[] {
  const groups: { kind: AnnotationKind; comments: IToken[]; tokens: IToken[] }[] = [];
  let previous: IToken | null = null;
  for (const comment of comments) {
    const [start, end] = inside(comment);
    const tokens = lexAcsl(source.text, start, end);
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
    .map((group) => {
      const first = group.comments[0]!;
      const last = group.comments.at(-1)!;
      const type = TYPES[group.kind];
      const annotation: Annotation = {
        kind: group.kind,
        tokens: expandMacros(group.tokens, macros, lexAcsl),
        blocks: group.comments.map((comment) => source.span(comment)),
        span: source.between(first, last),
      };
      return {
        ...first,
        endOffset: last.endOffset!,
        tokenType: type,
        tokenTypeIdx: type.tokenTypeIdx!,
        payload: annotation,
      };
    });
}

/** The annotation that a token carries. */
export function annotationOf(token: IToken): Annotation {
  return token.payload as Annotation;
}

function inside(comment: IToken): [number, number] {
  const end = endOf(comment);
  return [comment.startOffset + 3, comment.tokenType === AnnotationBlock ? end - 2 : end];
}
