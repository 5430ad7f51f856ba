import type { Span } from "../../../grammars/c/span.ts";
import type { IntegerRange, IntegerType } from "../integer.ts";
import type { Variable } from "../program.ts";
import { integer, type Term } from "../term.ts";
import { visitTerm } from "../traverse.ts";
import type { Context, Entity } from "./context.ts";
import type { LogicPointer } from "./logic-memory.ts";
import { elementsOf } from "./pointed.ts";

/** Where an annotation stands: it decides which states its names denote (ACSL 1.17, 2.3.1 and 2.4.3). */
export type Place = "requires" | "ensures" | "statement";

/** What a name denotes while a term is read: the state here or the state at the function's entry. */
export interface Reader {
  readonly ctx: Context;
  readonly place: Place;
  /** `here`, `pre` (the function's entry), or for an axiom any of its labels. */
  readonly state: string;
  /** Variables that quantifiers, \\let and parameters bind, with what stands for them. */
  readonly bound: ReadonlyMap<string, Reading>;
  /** The same for parameters that are pointers. */
  readonly pointers: ReadonlyMap<string, LogicPointer>;
  /** Set when text of another place is read here: a callee's contract, a predicate's definition. It sees globals only. */
  readonly elsewhere: Elsewhere | null;
  /** How many definitions this text is inside of. */
  readonly depth?: number;
  /** The state that a label names; null after a message. */
  stateAt(label: string, span: Span): { readonly state: Reader["state"] } | null;
}

/** What differs for text of another place. */
export interface Elsewhere {
  /** The callee's result. */
  readonly result: Variable | null;
  /** The same where it is a pointer. */
  readonly returned?: LogicPointer;
  /** The variable that holds the value of a program variable in a state other than `here`; null for one that did not change. */
  before(name: string, state: string): string | null;
  /** Set for axioms and recursive definitions, which speak of their own variables alone: their place. */
  readonly closed?: Span;
  /** Set for definitions that the function's own annotations use: `pre` is its entry. */
  readonly own?: true;
}

/** What a name of the source stands for where the reader reads. */
export function resolveIn({ ctx, elsewhere }: Reader, name: string): Entity | null {
  if (elsewhere === null) return ctx.resolve(name);
  const entity = ctx.resolveGlobal(name);
  if (elsewhere.closed === undefined || entity === null || entity.kind === "constant") return entity;
  ctx.unsupported(
    `an axiom or a recursive definition that reads the global \`${name}\` is not supported yet; make it a parameter`,
    elsewhere.closed,
  );
  return null;
}

/**
 * An ACSL term is an unbounded integer. Its range, where known, serves bitwise operators and casts; `type` is the C type of a
 * variable that stands alone, whose values a cast to a type with no fewer keeps.
 */
export interface Reading {
  readonly term: Term;
  readonly range: IntegerRange | null;
  readonly type?: IntegerType;
}

/** The variable that holds the value of a parameter or global at entry. */
export function preName(name: string): string {
  return `\\at(${name}, Pre)`;
}

/** How text is read at a place of the function itself. */
export function reader(ctx: Context, place: Place, state: Reader["state"] = "here"): Reader {
  return {
    ctx,
    place,
    state,
    bound: new Map(),
    pointers: new Map(),
    elsewhere: null,
    stateAt(label, span) {
      const before = label === "Pre" || (label === "Old" && place === "ensures");
      if (before) return { state: "pre" };
      if (label === "Here" || (label === "Post" && place === "ensures")) return { state: "here" };
      ctx.unsupported(`the label ${label} in \\at is not supported yet; use Pre or Here`, span);
      return null;
    },
  };
}

/** Names of variables in what the names of the text stand for: no quantifier inside it may bind them again. */
export function namesAround({ bound, pointers }: Reader): Set<string> {
  const offsets = [...pointers.values()].flatMap((one) => elementsOf(one).map(({ offset }) => offset));
  const terms = [...[...bound.values()].map(({ term }) => term), ...offsets];
  return new Set(terms.flatMap((term) => [...namesIn(term)]));
}

/** Names of variables in a term, those included that a quantifier around it binds. */
export function namesIn(term: Term): Set<string> {
  const names = new Set<string>();
  visitTerm(term, (node) => {
    if (node.kind === "variable") names.add(node.name);
  });
  return names;
}

export function unsupportedText(construct: string): string {
  return `${construct} is not supported in annotations yet; state it with integer terms`;
}

export function constant(value: bigint): Reading {
  return { term: integer(value), range: { low: value, high: value } };
}

export function unbounded(term: Term): Reading {
  return term.kind === "integer" ? constant(term.value) : { term, range: null };
}
