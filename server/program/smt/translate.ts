import type { Span } from "../../../grammars/c/span.ts";
import { type Expression, headOf } from "../../../grammars/smtlib/expression.ts";
import {
  and,
  compare,
  type Formula,
  implies,
  integer,
  not,
  or,
  quantified,
  type Relation,
  select,
  type Term,
  variable,
} from "../term.ts";
import { substituteFormula, variablesOf, variablesOfTerm } from "../traverse.ts";

/** The value of an SMT-LIB expression: an integer, a truth value, or an array of integers. */
export type Value =
  | { readonly sort: "Int"; readonly term: Term }
  | { readonly sort: "Array"; readonly term: Term }
  | { readonly sort: "Bool"; readonly formula: Formula };

/** A function that the text defines: the value of its body for the values of its arguments. */
export type Macro = (values: readonly Value[], at: Span) => Value;

/** Names in force. A name that is in neither is unknown. */
export interface Scope {
  readonly values: ReadonlyMap<string, Value>;
  readonly macros: ReadonlyMap<string, Macro>;
}

/** What an expression holds that has no translation, and where. Thrown, and caught by whoever reads the text. */
export class Untranslatable extends Error {
  override name = "Untranslatable";
  readonly span: Span;
  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}

const RELATIONS: Readonly<Record<string, Relation>> = { "<": "<", "<=": "<=", ">": ">", ">=": ">=" };
/** A text may share its parts without end; its translation does not. */
const MOST_NODES = 50_000;

/**
 * Translates expressions over integers, truth values and arrays of integers (SMT-LIB 2.6, theories Core, Ints and ArraysEx, with `let`,
 * `ite` and quantifiers over integers). An equality of arrays is a comparison; whoever executes it makes it an assignment.
 */
export class Translator {
  readonly #sizes = new WeakMap<object, number>();
  readonly #weaken: boolean;
  #bound = 0;
  /** Binders around the place that is being translated. */
  #depth = 0;

  /** `weakenExists`: an existential becomes what follows from it without its variable; for ideas, never for what is checked. */
  constructor(options: { readonly weakenExists?: boolean } = {}) {
    this.#weaken = options.weakenExists ?? false;
  }

  value(expression: Expression, scope: Scope): Value {
    const value = this.#value(expression, scope);
    const size = this.#size(value.sort === "Bool" ? value.formula : value.term);
    if (size <= MOST_NODES) return value;
    throw new Untranslatable("this is too large when its parts are written out", expression.span);
  }

  /** Nodes of the tree; what is shared counts as often as it stands there. */
  #size(node: object): number {
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    let size = 1;
    for (const child of Object.values(node)) {
      if (typeof child === "object" && child !== null) size += this.#size(child);
    }
    this.#sizes.set(node, size);
    return size;
  }

  #value(expression: Expression, scope: Scope): Value {
    if (expression.kind === "atom") return this.#atom(expression.text, scope, expression.span);
    const head = headOf(expression);
    const items = expression.items.slice(1);
    if (head === null) throw new Untranslatable("a function's name is missing here", expression.span);
    if (head === "let") return this.#let(expression, scope);
    if (head === "!") return this.value(needed(items[0], expression), scope);
    if (head === "exists" && this.#weaken) return { sort: "Bool", formula: this.#exists(expression, scope) };
    if (head === "exists" || head === "forall")
      return { sort: "Bool", formula: this.#quantified(head, expression, scope) };
    const macro = scope.macros.get(head);
    if (macro)
      return macro(
        items.map((item) => this.value(item, scope)),
        expression.span,
      );
    return this.#apply(head, items, expression, scope);
  }

  formula(expression: Expression, scope: Scope): Formula {
    const value = this.value(expression, scope);
    if (value.sort === "Bool") return value.formula;
    throw new Untranslatable("a truth value is needed here, and this is none", expression.span);
  }

  term(expression: Expression, scope: Scope): Term {
    const value = this.value(expression, scope);
    if (value.sort === "Int") return value.term;
    throw new Untranslatable("an integer is needed here, and this is none", expression.span);
  }

  #array(expression: Expression, scope: Scope): Term {
    const value = this.value(expression, scope);
    if (value.sort === "Array") return value.term;
    throw new Untranslatable("an array is needed here, and this is none", expression.span);
  }

  #atom(text: string, scope: Scope, span: Span): Value {
    if (/^\d+$/.test(text)) return { sort: "Int", term: integer(BigInt(text)) };
    if (/^-\d+$/.test(text)) return { sort: "Int", term: integer(BigInt(text)) };
    const known = scope.values.get(text);
    if (known) return known;
    if (text === "true" || text === "false")
      return { sort: "Bool", formula: { kind: "truth", value: text === "true" } };
    const macro = scope.macros.get(text);
    if (macro) return macro([], span);
    throw new Untranslatable(`'${text.slice(0, 60)}' is not declared`, span);
  }

  #let(expression: Expression & { kind: "list" }, scope: Scope): Value {
    const [, bindings, body] = expression.items;
    if (bindings?.kind !== "list" || !body)
      throw new Untranslatable("a 'let' needs bindings and a body", expression.span);
    const values = new Map(scope.values);
    for (const binding of bindings.items) {
      const [name, value] = binding.kind === "list" ? binding.items : [];
      if (name?.kind !== "atom" || !value)
        throw new Untranslatable("a binding is (name value)", binding.span);
      values.set(name.text, this.value(value, scope));
    }
    return this.value(body, { ...scope, values });
  }

  /** Bound names are told apart by how deep their binders stand, so that what is put under a binder keeps its meaning. */
  #quantified(kind: "forall" | "exists", expression: Expression & { kind: "list" }, scope: Scope): Formula {
    const [, binders, body] = expression.items;
    if (binders?.kind !== "list" || !body)
      throw new Untranslatable("a quantifier needs variables and a body", expression.span);
    const values = new Map(scope.values);
    const variables = binders.items.map((binder) => {
      const [name, sort] = binder.kind === "list" ? binder.items : [];
      if (name?.kind !== "atom" || sort?.kind !== "atom" || sort.text !== "Int")
        throw new Untranslatable("only integers may be bound here", binder.span);
      const bound = `?${name.text.replace(/\W/g, "_")}${this.#depth === 0 ? "" : `!${this.#depth}`}`;
      values.set(name.text, { sort: "Int", term: variable(bound) });
      return bound;
    });
    this.#depth++;
    try {
      return quantified(kind, variables, this.formula(body, { ...scope, values }));
    } finally {
      this.#depth--;
    }
  }

  /** Variables that an equality defines are replaced; conjuncts that mention others are dropped. */
  #exists(expression: Expression & { kind: "list" }, scope: Scope): Formula {
    const [, binders, body] = expression.items;
    if (binders?.kind !== "list" || !body)
      throw new Untranslatable("an 'exists' needs variables and a body", expression.span);
    const values = new Map(scope.values);
    const bound = new Set<string>();
    for (const binder of binders.items) {
      const [name, sort] = binder.kind === "list" ? binder.items : [];
      if (name?.kind !== "atom" || sort?.kind !== "atom" || sort.text !== "Int")
        throw new Untranslatable("only integers may be bound here", binder.span);
      const fresh = `exists ${this.#bound++}`;
      bound.add(fresh);
      values.set(name.text, { sort: "Int", term: variable(fresh) });
    }
    let formula = this.formula(body, { ...scope, values });
    for (let found = definitionIn(formula, bound); found; found = definitionIn(formula, bound)) {
      const { name, term } = found;
      bound.delete(name);
      formula = substituteFormula(formula, (one) => (one === name ? term : null));
    }
    const parts = formula.kind === "and" ? formula.arguments : [formula];
    return and(...parts.filter((part) => ![...variablesOf(part)].some((name) => bound.has(name))));
  }

  #apply(head: string, items: readonly Expression[], whole: Expression, scope: Scope): Value {
    const formulas = () => items.map((item) => this.formula(item, scope));
    const terms = () => items.map((item) => this.term(item, scope));
    const bool = (formula: Formula): Value => ({ sort: "Bool", formula });
    const int = (term: Term): Value => ({ sort: "Int", term });
    switch (head) {
      case "and":
        return bool(and(...formulas()));
      case "or":
        return bool(or(...formulas()));
      case "not":
        return bool(not(this.formula(needed(items[0], whole), scope)));
      case "=>":
        return bool(formulas().reduceRight((right, left) => implies(left, right)));
      case "xor":
        return bool(formulas().reduce((left, right) => not({ kind: "iff", left, right })));
      case "ite":
        return this.#choose(items, whole, scope);
      case "=":
        return bool(this.#equal(items, whole, scope));
      case "distinct":
        return bool(this.#distinct(items, whole, scope));
      case "+":
        return int(folded("add", terms(), whole));
      case "*":
        return int(folded("multiply", terms(), whole));
      case "-": {
        const parts = terms();
        if (parts.length === 1) return int(negated(parts[0]!));
        return int(folded("subtract", parts, whole));
      }
      case "div":
      case "mod":
        return int(euclidean(head, terms(), whole));
      case "select":
        return int(
          select(this.#array(needed(items[0], whole), scope), this.term(needed(items[1], whole), scope)),
        );
      case "store": {
        const array = this.#array(needed(items[0], whole), scope);
        const [index, value] = [items[1], items[2]].map((item) => this.term(needed(item, whole), scope));
        return { sort: "Array", term: stored(array, index!, value!) };
      }
      case "abs": {
        const term = this.term(needed(items[0], whole), scope);
        return int({
          kind: "choose",
          condition: compare(">=", term, integer(0)),
          then: term,
          else: negated(term),
        });
      }
      default: {
        const relation = RELATIONS[head];
        if (!relation) throw new Untranslatable(`'${head.slice(0, 60)}' is not supported here`, whole.span);
        return bool(chained(relation, terms()));
      }
    }
  }

  #choose(items: readonly Expression[], whole: Expression, scope: Scope): Value {
    const condition = this.formula(needed(items[0], whole), scope);
    const then = this.value(needed(items[1], whole), scope);
    const otherwise = this.value(needed(items[2], whole), scope);
    if (then.sort === "Int" && otherwise.sort === "Int")
      return { sort: "Int", term: { kind: "choose", condition, then: then.term, else: otherwise.term } };
    if (then.sort === "Array" && otherwise.sort === "Array")
      return { sort: "Array", term: { kind: "choose", condition, then: then.term, else: otherwise.term } };
    if (then.sort === "Bool" && otherwise.sort === "Bool") {
      const formula = or(and(condition, then.formula), and(not(condition), otherwise.formula));
      return { sort: "Bool", formula };
    }
    throw new Untranslatable("both sides of an 'ite' have one sort", whole.span);
  }

  #equal(items: readonly Expression[], whole: Expression, scope: Scope): Formula {
    const values = items.map((item) => this.value(item, scope));
    return and(...values.slice(1).map((right, i) => equality(values[i]!, right, whole.span)));
  }

  #distinct(items: readonly Expression[], whole: Expression, scope: Scope): Formula {
    const values = items.map((item) => this.value(item, scope));
    const pairs = values.flatMap((left, i) =>
      values.slice(i + 1).map((right) => not(equality(left, right, whole.span))),
    );
    return and(...pairs);
  }
}

/** A conjunct x = t for a bound x that t does not mention. */
function definitionIn(formula: Formula, bound: ReadonlySet<string>): { name: string; term: Term } | null {
  for (const part of formula.kind === "and" ? formula.arguments : [formula]) {
    if (part.kind !== "compare" || part.relation !== "==") continue;
    for (const [side, other] of [
      [part.left, part.right],
      [part.right, part.left],
    ] as const) {
      if (side.kind !== "variable" || !bound.has(side.name)) continue;
      if (!variablesOfTerm(other).has(side.name)) return { name: side.name, term: other };
    }
  }
  return null;
}

function needed(item: Expression | undefined, whole: Expression): Expression {
  if (!item) throw new Untranslatable("an argument is missing here", whole.span);
  return item;
}

/** That two values are the same. */
export function equality(left: Value, right: Value, span: Span): Formula {
  if (left.sort === "Int" && right.sort === "Int") return compare("==", left.term, right.term);
  if (left.sort === "Bool" && right.sort === "Bool")
    return { kind: "iff", left: left.formula, right: right.formula };
  if (left.sort === "Array" && right.sort === "Array") return sameArray(left.term, right.term);
  throw new Untranslatable("values of two sorts are compared", span);
}

/** Choices between arrays stay outermost, where an equality takes them apart. */
function stored(array: Term, index: Term, value: Term): Term {
  if (array.kind !== "choose") return { kind: "store", array, indices: [index], value };
  const [then, otherwise] = [array.then, array.else].map((one) => stored(one, index, value));
  return { ...array, then: then!, else: otherwise! };
}

/** Where one is one of two arrays, each is compared under its condition. */
function sameArray(left: Term, right: Term): Formula {
  if (right.kind === "choose") {
    const { condition } = right;
    return or(and(condition, sameArray(left, right.then)), and(not(condition), sameArray(left, right.else)));
  }
  return left.kind === "choose" ? sameArray(right, left) : compare("==", left, right);
}

function folded(kind: "add" | "subtract" | "multiply", terms: readonly Term[], whole: Expression): Term {
  if (terms.length === 0) throw new Untranslatable("an argument is missing here", whole.span);
  return terms.reduce((left, right): Term => ({ kind, left, right }));
}

function negated(term: Term): Term {
  return term.kind === "integer" ? integer(-term.value) : { kind: "negate", argument: term };
}

function chained(relation: Relation, terms: readonly Term[]): Formula {
  return and(...terms.slice(1).map((right, i) => compare(relation, terms[i]!, right)));
}

/** SMT-LIB's `mod` is never negative; by a positive constant that is C's remainder moved up where it is below zero. */
function euclidean(head: "div" | "mod", terms: readonly Term[], whole: Expression): Term {
  const [left, right] = terms;
  if (!left || right?.kind !== "integer" || right.value <= 0n || terms.length !== 2)
    throw new Untranslatable(`'${head}' is supported by a positive number only`, whole.span);
  const remainder: Term = { kind: "mod", left, right };
  const positive: Term = {
    kind: "choose",
    condition: compare("<", remainder, integer(0)),
    then: { kind: "add", left: remainder, right },
    else: remainder,
  };
  if (head === "mod") return positive;
  return { kind: "div", left: { kind: "subtract", left, right: positive }, right };
}
