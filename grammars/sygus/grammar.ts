import { type Expression, headOf } from "../smtlib/expression.ts";
import { expressionText, integerOf, list, Malformed, type Sorted } from "../smtlib/problem.ts";

/** What a nonterminal stands for: any of these terms, in which nonterminals stand for terms again. */
export interface AnswerRule {
  readonly name: string;
  readonly sort: Expression;
  readonly alternatives: readonly Expression[];
}

/** The terms that may define what is synthesised (SyGuS-IF 2.1, section 2.10; version 1 has no list of nonterminals in front). */
export interface AnswerGrammar {
  readonly start: string;
  readonly rules: ReadonlyMap<string, AnswerRule>;
}

/** Reads what stands behind the parameters and the sort. Throws `Malformed` where it is no grammar, or has a `let`. */
export function readGrammar(items: readonly Expression[], name: string): AnswerGrammar {
  const rules = items.at(-1)!;
  const wrong = (at: Expression) =>
    new Malformed(`the grammar for '${name}' is a list of (nonterminal sort (term …))`, at.span);
  if (items.length > 2 || rules.kind !== "list" || rules.items.length === 0) throw wrong(rules);
  const read = rules.items.map((rule): AnswerRule => {
    const [symbol, sort, terms, ...more] = rule.kind === "list" ? rule.items : [];
    if (symbol?.kind !== "atom" || !sort || terms?.kind !== "list" || more.length > 0) throw wrong(rule);
    return { name: symbol.text, sort, alternatives: terms.items.map(withSigns) };
  });
  const first = items.length === 1 ? (read.find((one) => one.name === "Start") ?? read[0]!) : read[0]!;
  const declared = items.length === 2 && items[0]!.kind === "list" ? items[0]!.items : null;
  if (
    declared &&
    (declared.length !== read.length || !declared.every((one, i) => headOf(one) === read[i]!.name))
  )
    throw new Malformed(
      `the nonterminals of '${name}' are declared as others than those that have rules`,
      items[0]!.span,
    );
  if (first.sort.kind !== "atom" || first.sort.text !== "Bool")
    throw new Malformed(`'${first.name}' has to be Bool, as '${name}' is`, first.sort.span);
  return { start: first.name, rules: new Map(read.map((rule) => [rule.name, rule])) };
}

/** `-1` is `(- 1)`, as everywhere else. */
function withSigns(term: Expression): Expression {
  if (term.kind === "list") {
    if (headOf(term) === "let") throw new Malformed("'let' in a grammar is not supported", term.span);
    return { ...term, items: term.items.map(withSigns) };
  }
  if (!/^-\d+$/.test(term.text)) return term;
  return list(term.span, { ...term, text: "-" }, { ...term, text: term.text.slice(1) });
}

/** Whether a term is one of the grammar's. Nothing of how the answer was made has a part in it. */
export function derives(grammar: AnswerGrammar, parameters: readonly Sorted[], term: Expression): boolean {
  const known = new Map<string, boolean>();
  const from = (symbol: string, term: Expression): boolean => {
    const key = `${symbol} ${expressionText(term)}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    // A nonterminal that stands for itself derives nothing more by that.
    known.set(key, false);
    const found = grammar.rules.get(symbol)!.alternatives.some((pattern) => matches(pattern, term));
    known.set(key, found);
    return found;
  };
  const matches = (pattern: Expression, term: Expression): boolean => {
    if (pattern.kind === "atom" && grammar.rules.has(pattern.text)) return from(pattern.text, term);
    const any = anyOf(pattern, parameters, term);
    if (any !== null) return any;
    if (pattern.kind === "atom") return term.kind === "atom" && term.text === pattern.text;
    return (
      term.kind === "list" &&
      term.items.length === pattern.items.length &&
      pattern.items.every((one, i) => matches(one, term.items[i]!))
    );
  };
  return from(grammar.start, withSigns(term));
}

/** Whether a term is what `(Constant Int)` or `(Variable Int)` stands for; null where the pattern is none of these. */
export function anyOf(pattern: Expression, parameters: readonly Sorted[], term: Expression): boolean | null {
  if (pattern.kind !== "list" || pattern.items.length !== 2) return null;
  const sort = expressionText(pattern.items[1]!);
  switch (headOf(pattern)) {
    case "Constant":
      if (sort === "Bool") return term.kind === "atom" && /^(?:true|false)$/.test(term.text);
      return sort === "Int" && integerOf(term) !== null;
    case "Variable":
    case "InputVariable":
      return (
        term.kind === "atom" &&
        parameters.some((one) => one.name === term.text && expressionText(one.sort) === sort)
      );
    case "LocalVariable":
      return false;
    default:
      return null;
  }
}
