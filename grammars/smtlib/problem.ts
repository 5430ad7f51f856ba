import type { Span } from "../c/span.ts";
import type { AnswerGrammar } from "../sygus/grammar.ts";
import { type Expression, symbolText } from "./expression.ts";

/** A name with its sort, as an expression: `Int`, `Bool`, `(Array Int Int)`. */
export interface Sorted {
  readonly name: string;
  readonly sort: Expression;
}

/** What is to be found: a predicate over these parameters. */
export interface Predicate {
  readonly name: string;
  readonly parameters: readonly Sorted[];
  /** The formulas that may define it; all where there is none. */
  readonly grammar?: AnswerGrammar;
  readonly span: Span;
}

/** A predicate applied, in a clause. */
export interface Application {
  readonly predicate: string;
  readonly arguments: readonly Expression[];
  readonly span: Span;
}

/**
 * One condition on the predicates. `formula` is what must be valid for all values of `variables`, as the text has it; `body` and
 * `constraint` imply `head` says the same, where the text has the shape of a clause (null else).
 */
export interface Condition {
  readonly kind: "initiation" | "consecution" | "use";
  readonly text: string;
  readonly span: Span;
  readonly variables: readonly Sorted[];
  readonly formula: Expression;
  readonly clause: {
    readonly body: readonly Application[];
    readonly constraint: readonly Expression[];
    /** Null where the clause concludes `goal`, or false. */
    readonly head: Application | null;
    /** What must hold, where the text says that positively (a postcondition). */
    readonly goal: Expression | null;
  } | null;
}

/** An invariant problem of another tool's format: SyGuS (invariant track) or constrained Horn clauses. */
export interface ExchangeProblem {
  readonly notation: "sygus" | "horn";
  readonly predicates: readonly Predicate[];
  /** The text's own definitions and declarations, in order. */
  readonly definitions: readonly Expression[];
  readonly conditions: readonly Condition[];
}

export type ReadProblem =
  | { readonly kind: "read"; readonly problem: ExchangeProblem }
  | { readonly kind: "error"; readonly message: string; readonly span: Span };

/** A text that is no problem of the format; caught by the format's reader. */
export class Malformed extends Error {
  override name = "Malformed";
  readonly span: Span;
  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}

export function atom(text: string, span: Span): Expression {
  return { kind: "atom", text, span };
}

export function list(span: Span, ...items: readonly Expression[]): Expression {
  return { kind: "list", items, span };
}

/** `((x Int) (y Int))`. */
export function sortedVariables(expression: Expression | undefined, whole: Expression): Sorted[] {
  if (expression?.kind !== "list")
    throw new Malformed("parameters are missing here: ((x Int) …)", whole.span);
  return expression.items.map((item) => {
    const [name, sort, ...more] = item.kind === "list" ? item.items : [];
    if (name?.kind !== "atom" || !sort || more.length > 0)
      throw new Malformed("a parameter is (name sort)", item.span);
    return { name: name.text, sort };
  });
}

export function nameOf(expression: Expression | undefined, whole: Expression): string {
  if (expression?.kind === "atom") return expression.text;
  throw new Malformed("a name is missing here", expression?.span ?? whole.span);
}

/** SMT-LIB text; `-1`, which SyGuS has and SMT-LIB has not, becomes `(- 1)`. */
export function expressionText(expression: Expression): string {
  if (expression.kind === "list") return `(${expression.items.map(expressionText).join(" ")})`;
  const { text } = expression;
  if (/^-\d+$/.test(text)) return `(- ${text.slice(1)})`;
  return /^["#:]|^\d/.test(text) ? text : symbolText(text);
}

/** The sort's name where it is a plain one. */
export function plainSort({ sort }: Sorted): string | null {
  return sort.kind === "atom" ? sort.text : null;
}

/** The value of an integer literal, `3` or `(- 3)`; null for any other expression. */
export function integerOf(expression: Expression): bigint | null {
  const digits = /^(?:(\d+)|\(- (\d+)\))$/.exec(expressionText(expression));
  return digits ? (digits[1] ? BigInt(digits[1]) : -BigInt(digits[2]!)) : null;
}
