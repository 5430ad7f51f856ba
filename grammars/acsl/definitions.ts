import type { IToken } from "chevrotain";
import type { Source } from "../c/source.ts";
import type { Span } from "../c/span.ts";
import { typeOfWords } from "../c/types.ts";
import type { Annotation } from "./annotation.ts";
import { toPredicate, toTerm } from "./classify.ts";
import { blockStart, type Clause, splitClauses } from "./clauses.ts";
import { isInductiveCase } from "./inductive.ts";
import { parseExpression } from "./read.ts";
import type { AcslPredicate, AcslTerm } from "./tree.ts";

/** A `predicate` or a `logic` function (ACSL 1.17, 2.6). */
export interface AcslDefinition {
  readonly name: string;
  /** What a logic function returns, as `AcslParameter.type` says it; null for a predicate. */
  readonly returns: string | null;
  readonly parameters: readonly AcslParameter[];
  readonly labels: readonly string[];
  /** Null for one that is only declared: what is known of it is what axioms say. */
  readonly body:
    | { readonly kind: "predicate"; readonly predicate: AcslPredicate }
    | { readonly kind: "term"; readonly term: AcslTerm }
    | null;
  /** The memory that a declared one depends on; null where nothing is said. */
  readonly reads: readonly AcslTerm[] | null;
  readonly span: Span;
}

/** `type`: `integer`, a canonical C name, or what else is written; `pointer` when a star or brackets stand there. */
export interface AcslParameter {
  readonly name: string;
  readonly type: string;
  readonly pointer: boolean;
}

/** A `lemma`, an `axiom`, or a `case` of an inductive predicate: taken for granted, and listed where it is used. */
export interface AcslLemma {
  readonly kind: "lemma" | "axiom" | "case";
  readonly name: string;
  readonly labels: readonly string[];
  readonly predicate: AcslPredicate;
  readonly span: Span;
}

export interface Declared {
  readonly definitions: readonly AcslDefinition[];
  readonly lemmas: readonly AcslLemma[];
  /** What was read but is not reasoned about. */
  readonly rest: readonly Clause[];
}

/** What an annotation outside functions declares, axiomatics opened; problems go to the source. */
export function readDeclarations(annotation: Annotation, source: Source): Declared {
  const definitions: AcslDefinition[] = [];
  const lemmas: AcslLemma[] = [];
  const rest: Clause[] = [];
  const read = (tokens: readonly IToken[]): void => {
    for (const clause of splitClauses({ ...annotation, tokens }, source)) {
      const { body, head } = clause;
      switch (head) {
        case "predicate":
        case "logic":
          add(definitions, readDefinition(clause, source), clause);
          break;
        case "lemma":
        case "axiom":
        case "case":
          add(lemmas, readLemma(clause, head, source), clause);
          break;
        case "axiomatic":
          read(body.slice(blockStart(body, 0) + 1));
          break;
        case "inductive": {
          const open = blockStart(body, 0);
          const defined = readDefinition({ ...clause, body: body.slice(0, open) }, source);
          add(definitions, defined, clause);
          const before = lemmas.length;
          read(body.slice(open + 1));
          for (const one of lemmas.splice(before))
            if (defined !== null && isInductiveCase(one.predicate, defined.name)) lemmas.push(one);
            else
              source.error(
                `the case \`${one.name}\` is left out, since it defines nothing: it takes the form \`premises ==> ${defined?.name}(…)\`, with \`${defined?.name}\` under no negation; for others write an \`axiomatic\``,
                one.span,
              );
          break;
        }
        default:
          rest.push(clause);
      }
    }
  };
  const add = <One>(list: One[], one: One | null, clause: Clause) => {
    if (one === null) rest.push(clause);
    else list.push(one);
  };
  read(annotation.tokens);
  return { definitions, lemmas, rest };
}

/** `T name{L}(parameters)` and what follows: `= body`, `reads locations`, or nothing. */
function readDefinition(clause: Clause, source: Source): AcslDefinition | null {
  const { body: tokens, head, span } = clause;
  const behind = tokens.findIndex((token) => token.image === "=" || token.image === "reads");
  const front = behind < 0 ? tokens : tokens.slice(0, behind);
  const open = front.findIndex((token) => /^[({]$/.test(token.image));
  const at = open < 0 ? front.length - 1 : open - 1;
  const name = front[at]?.image;
  if (name === undefined) return null;
  const paren = front.findIndex((token) => token.image === "(");
  const parameters = paren < 0 ? [] : parametersOf(front.slice(paren + 1, -1), source);
  if (parameters === null) return null;
  const returns = head === "logic" ? typeText(front.slice(0, at), source) : null;
  const shape = { name, returns, parameters, labels: labelsIn(front.slice(at + 1)), span };
  if (behind < 0) return { ...shape, body: null, reads: null };
  const rest = tokens.slice(behind + 1);
  if (tokens[behind]!.image === "reads") {
    const reads = locationsIn(rest).map((one) =>
      one.length === 1 && one[0]!.image === "\\nothing" ? null : parseExpression(one, source, span),
    );
    return { ...shape, body: null, reads: reads.flatMap((one) => (one === null ? [] : [toTerm(one)])) };
  }
  const expression = parseExpression(rest, source, span);
  if (expression === null) return null;
  const body =
    head === "logic"
      ? ({ kind: "term", term: toTerm(expression) } as const)
      : ({ kind: "predicate", predicate: toPredicate(expression) } as const);
  return { ...shape, body, reads: null };
}

/** The names in the braces that these tokens begin with. */
function labelsIn(tokens: readonly IToken[]): string[] {
  if (tokens[0]?.image !== "{") return [];
  const end = tokens.findIndex((token) => token.image === "}");
  return tokens.slice(1, end).flatMap((token) => (token.image === "," ? [] : [token.image]));
}

/** Tokens between commas that stand in no brackets. */
function locationsIn(tokens: readonly IToken[]): IToken[][] {
  const parts: IToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (/^[([{]$/.test(token.image)) depth++;
    else if (/^[)\]}]$/.test(token.image)) depth--;
    if (token.image === "," && depth === 0) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
}

function typeText(words: readonly IToken[], source: Source): string {
  const text = words.map((word) => word.image).join(" ");
  const known = source.typedefs.get(text) ?? typeOfWords(text.split(" "));
  return known?.kind === "integer" ? known.name : text;
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

function readLemma(clause: Clause, kind: AcslLemma["kind"], source: Source): AcslLemma | null {
  const { body, span } = clause;
  const colon = body.findIndex((token) => token.image === ":");
  if (colon < 1) return null;
  const expression = parseExpression(body.slice(colon + 1), source, span);
  if (expression === null) return null;
  const labels = labelsIn(body.slice(1, colon));
  return { kind, name: body[0]!.image, labels, predicate: toPredicate(expression), span };
}
