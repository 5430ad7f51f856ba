import { type Expression, headOf } from "../smtlib/expression.ts";
import { expressionText, type Sorted } from "../smtlib/problem.ts";
import { type AnswerGrammar, anyOf, derives } from "./grammar.ts";
import { rewritten } from "./rewrite.ts";

/** Steps of the search; a grammar in which a formula has no place is found out long before. */
const STEPS = 5_000;
/** How often one term is rewritten before a part of it has to fit. */
const DEPTH = 4;
/** Rewriting makes no term longer than so many times the answer, and so much. */
const GROWTH = 3;
const SLACK = 200;

/** A term of the grammar that says the same as this one, or null where none was found. */
export function fitted(
  grammar: AnswerGrammar,
  parameters: readonly Sorted[],
  term: Expression,
): Expression | null {
  const known = new Map<string, Expression | null>();
  const open = new Set<string>();
  const longest = GROWTH * expressionText(term).length + SLACK;
  let steps = 0;
  let cuts = 0;
  const from = (symbol: string, term: Expression, depth: number): Expression | null => {
    const text = expressionText(term);
    if (text.length > longest) return null;
    const key = `${symbol} ${depth} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (open.has(key) || ++steps > STEPS) {
      cuts++;
      return null;
    }
    open.add(key);
    const cutsBefore = cuts;
    const found = within(symbol, term, depth);
    open.delete(key);
    // What was not found because a search for the same is under way may be found from elsewhere.
    if (found || cuts === cutsBefore) known.set(key, found);
    return found;
  };
  const within = (symbol: string, term: Expression, depth: number): Expression | null => {
    const asItIs = () =>
      first(grammar.rules.get(symbol)!.alternatives, (pattern) => match(pattern, term, depth));
    const otherwise = () =>
      depth === 0 ? null : first(rewritten(term), (other) => from(symbol, other, depth - 1));
    // What is denied reads better turned round than with its own denial inside.
    return headOf(term) === "not" ? (otherwise() ?? asItIs()) : (asItIs() ?? otherwise());
  };
  const match = (pattern: Expression, term: Expression, depth: number): Expression | null => {
    if (pattern.kind === "atom" && grammar.rules.has(pattern.text)) return from(pattern.text, term, depth);
    const any = anyOf(pattern, parameters, term);
    if (any !== null) return any ? term : null;
    if (pattern.kind === "atom") return term.kind === "atom" && term.text === pattern.text ? term : null;
    if (term.kind !== "list" || term.items.length !== pattern.items.length) return null;
    const items: Expression[] = [];
    for (const [i, one] of pattern.items.entries()) {
      const found = match(one, term.items[i]!, DEPTH);
      if (!found) return null;
      items.push(found);
    }
    return { ...term, items };
  };
  const found = from(grammar.start, term, DEPTH);
  return found && derives(grammar, parameters, found) ? found : null;
}

function first<T>(of: readonly T[], found: (one: T) => Expression | null): Expression | null {
  for (const one of of) {
    const result = found(one);
    if (result) return result;
  }
  return null;
}
