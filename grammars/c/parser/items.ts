import type { IToken } from "chevrotain";
import { retype } from "../lexer.ts";
import { diagnose } from "../messages.ts";
import { MAX_TREE_DEPTH, NestingTooDeep, treeDepth } from "../nesting.ts";
import type { Source } from "../source.ts";
import { Goto, Identifier, Member, Tag, TypeName } from "../tokens.ts";
import type { Declaration } from "./declarations.ts";
import { CParser } from "./statements.ts";

/** A function definition as parsed. */
export type Definition = ReturnType<CParser["definition"]>;

let parser: CParser | null = null;

/** Parses the tokens of one function; null when they make none, and then the source has the problems. */
export function parseDefinition(tokens: readonly IToken[], source: Source): Definition | null {
  return parse(tokens, source, (rules) => rules.definition());
}

/** Parses the tokens of one declaration outside functions; null as above. */
export function parseDeclaration(tokens: readonly IToken[], source: Source): Declaration | null {
  return parse(tokens, source, (rules) => rules.declaration());
}

function parse<Tree>(
  tokens: readonly IToken[],
  source: Source,
  rule: (parser: CParser) => Tree,
): Tree | null {
  parser ??= new CParser({ skipValidations: true } as object);
  markTypeNames(tokens, source);
  const last = source.span(tokens.at(-1)!);
  const end = source.lines.span(last.end, last.end);
  try {
    parser.start(source, [...tokens]);
    const tree = rule(parser);
    const error = parser.errors[0];
    if (error === undefined) {
      if (treeDepth(tree, MAX_TREE_DEPTH) <= MAX_TREE_DEPTH) return tree;
      source.error(
        `an expression is too long: the tree is deeper than ${MAX_TREE_DEPTH}, split it`,
        source.span(tokens[0]!),
      );
    } else source.report(diagnose(error, source, end));
  } catch (error) {
    if (!(error instanceof NestingTooDeep)) throw error;
    source.report(diagnose(error, source, end));
  }
  return null;
}

/** Typedef names look like variables; only the declarations before tell (C11 6.7.8). Members, labels and tags have their own names. */
function markTypeNames(tokens: readonly IToken[], source: Source): void {
  tokens.forEach((token, index) => {
    if (token.tokenType !== Identifier || !source.typedefs.has(token.image)) return;
    const previous = tokens[index - 1]?.tokenType;
    if (previous !== Member && previous !== Goto && previous !== Tag) retype(token, TypeName);
  });
}
