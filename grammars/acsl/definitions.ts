import type { IToken } from "chevrotain";
import type { Source } from "../c/source.ts";
import type { Span } from "../c/span.ts";
import { typeOfWords } from "../c/types.ts";
import type { Annotation } from "./annotation.ts";
import { toPredicate, toTerm } from "./classify.ts";
import { type Clause, splitClauses } from "./clauses.ts";
import { parseExpression } from "./read.ts";
import type { AcslPredicate, AcslTerm } from "./tree.ts";

/** A `predicate` or a `logic` function with its definition (ACSL 1.17, 2.6). */
export interface AcslDefinition {
  readonly name: string;
  readonly parameters: readonly AcslParameter[];
  readonly labels: readonly string[];
  readonly body:
    | { readonly kind: "predicate"; readonly predicate: AcslPredicate }
    | { readonly kind: "term"; readonly term: AcslTerm };
  readonly span: Span;
}

/** `type`: `integer`, a canonical C name, or what else is written; `pointer` when a star or brackets stand there. */
export interface AcslParameter {
  readonly name: string;
  readonly type: string;
  readonly pointer: boolean;
}

/** A `lemma`: taken for granted, and listed where it is used. */
export interface AcslLemma {
  readonly name: string;
  readonly predicate: AcslPredicate;
  readonly span: Span;
}

export interface Declared {
  readonly definitions: readonly AcslDefinition[];
  readonly lemmas: readonly AcslLemma[];
  /** What was read but is not reasoned about. */
  readonly rest: readonly Clause[];
}

/** What an annotation outside functions declares; problems go to the source. */
export function readDeclarations(annotation: Annotation, source: Source): Declared {
  const definitions: AcslDefinition[] = [];
  const lemmas: AcslLemma[] = [];
  const rest: Clause[] = [];
  for (const clause of splitClauses(annotation, source)) {
    const definition =
      clause.head === "predicate" || clause.head === "logic" ? readDefinition(clause, source) : null;
    const lemma = clause.head === "lemma" ? readLemma(clause, source) : null;
    if (definition !== null) definitions.push(definition);
    else if (lemma !== null) lemmas.push(lemma);
    else rest.push(clause);
  }
  return { definitions, lemmas, rest };
}

function readDefinition(clause: Clause, source: Source): AcslDefinition | null {
  const { body: tokens, head, span } = clause;
  const equals = tokens.findIndex((token) => token.image === "=");
  if (equals < 0) return null;
  const front = tokens.slice(0, equals);
  const open = front.findIndex((token) => /^[({]$/.test(token.image));
  const name = (open < 0 ? front.at(-1) : front[open - 1])?.image;
  if (name === undefined) return null;
  const brace = front.findIndex((token) => token.image === "{");
  const labels =
    brace < 0
      ? []
      : front
          .slice(
            brace + 1,
            front.findIndex((token) => token.image === "}"),
          )
          .flatMap((token) => (token.image === "," ? [] : [token.image]));
  const paren = front.findIndex((token) => token.image === "(");
  const parameters = paren < 0 ? [] : parametersOf(front.slice(paren + 1, -1), source);
  const expression = parameters && parseExpression(tokens.slice(equals + 1), source, span);
  if (!expression || parameters === null) return null;
  const body =
    head === "predicate"
      ? ({ kind: "predicate", predicate: toPredicate(expression) } as const)
      : ({ kind: "term", term: toTerm(expression) } as const);
  return { name, parameters, labels, body, span };
}

function parametersOf(tokens: readonly IToken[], source: Source): AcslParameter[] | null {
  const parts: IToken[][] = [[]];
  for (const token of tokens) {
    if (token.image === ",") parts.push([]);
    else parts.at(-1)!.push(token);
  }
  const parameters: AcslParameter[] = [];
  for (const part of parts.filter((one) => one.length > 0)) {
    const words = part.filter((token) => /^[A-Za-z_]\w*$/.test(token.image)).map((token) => token.image);
    const name = words.pop();
    if (name === undefined || words.length === 0) return null;
    const text = words.filter((word) => word !== "const").join(" ");
    const known = source.typedefs.get(text) ?? typeOfWords(text.split(" "));
    parameters.push({
      name,
      type: known?.kind === "integer" ? known.name : text,
      pointer: part.some((token) => token.image === "*" || token.image === "["),
    });
  }
  return parameters;
}

function readLemma(clause: Clause, source: Source): AcslLemma | null {
  const colon = clause.body.findIndex((token) => token.image === ":");
  if (colon < 1) return null;
  const expression = parseExpression(clause.body.slice(colon + 1), source, clause.span);
  if (expression === null) return null;
  return { name: clause.body[0]!.image, predicate: toPredicate(expression), span: clause.span };
}
