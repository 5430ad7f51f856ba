import type { Span } from "../c/span.ts";

/**
 * ACSL terms and predicates (ACSL 1.17, sections 2.2 and 2.3), over mathematical integers.
 * Where a predicate may stand for a term or the other way round (`a == b` as a value) the reader keeps what was written;
 * lowering decides.
 */
export type AcslTerm =
  | { readonly kind: "integer"; readonly value: bigint; readonly span: Span }
  | { readonly kind: "name"; readonly name: string; readonly span: Span }
  | { readonly kind: "result"; readonly span: Span }
  /** `\old(t)`, `\at(t, Pre)`: label `Pre`; `\at(t, L)` otherwise keeps its label. */
  | { readonly kind: "at"; readonly label: string; readonly term: AcslTerm; readonly span: Span }
  | {
      readonly kind: "unary";
      readonly operator: "-" | "+" | "~";
      readonly argument: AcslTerm;
      readonly span: Span;
    }
  | {
      readonly kind: "binary";
      readonly operator: "+" | "-" | "*" | "/" | "%" | "<<" | ">>" | "&" | "|" | "^";
      readonly left: AcslTerm;
      readonly right: AcslTerm;
      readonly span: Span;
    }
  | {
      readonly kind: "conditional";
      readonly condition: AcslPredicate;
      readonly then: AcslTerm;
      readonly else: AcslTerm;
      readonly span: Span;
    }
  /** A cast in a term: `(unsigned char)t`; `type` is the canonical C name, or `integer`. */
  | { readonly kind: "cast"; readonly type: string; readonly argument: AcslTerm; readonly span: Span }
  | {
      readonly kind: "let";
      readonly name: string;
      readonly value: AcslTerm;
      readonly body: AcslTerm;
      readonly span: Span;
    }
  | { readonly kind: "index"; readonly array: AcslTerm; readonly index: AcslTerm; readonly span: Span }
  | { readonly kind: "dereference" | "address"; readonly argument: AcslTerm; readonly span: Span }
  | {
      readonly kind: "member";
      readonly object: AcslTerm;
      readonly name: string;
      readonly arrow: boolean;
      readonly span: Span;
    }
  /** A logic function or predicate, or a built-in (`\\max`, `\\valid`), with its labels. */
  | {
      readonly kind: "apply";
      readonly name: string;
      readonly labels: readonly string[];
      readonly arguments: readonly AcslTerm[];
      readonly span: Span;
    }
  /** `low .. high` in a set of locations, either end open. */
  | {
      readonly kind: "range";
      readonly low: AcslTerm | null;
      readonly high: AcslTerm | null;
      readonly span: Span;
    }
  /** Read but not yet reasoned about; `construct` names it: "\\lambda", "string", … */
  | { readonly kind: "unsupported"; readonly construct: string; readonly span: Span };

/** A variable that a quantifier binds; `type` is `integer`, a canonical C name, or the text of what is not supported. */
export interface AcslBinder {
  readonly name: string;
  readonly type: string;
  /** Set for a pointer to, or an array of, what `type` names. */
  readonly pointer?: true;
}

export type AcslRelation = "<" | "<=" | ">" | ">=" | "==" | "!=";

export type AcslPredicate =
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  /** `t1 R t2`; a chain `a <= b < c` becomes an `and` of these. */
  | {
      readonly kind: "relation";
      readonly relation: AcslRelation;
      readonly left: AcslTerm;
      readonly right: AcslTerm;
      readonly span: Span;
    }
  | { readonly kind: "not"; readonly argument: AcslPredicate; readonly span: Span }
  | {
      readonly kind: "and" | "or" | "xor" | "implies" | "iff";
      readonly left: AcslPredicate;
      readonly right: AcslPredicate;
      readonly span: Span;
    }
  | {
      readonly kind: "conditional";
      readonly condition: AcslPredicate;
      readonly then: AcslPredicate;
      readonly else: AcslPredicate;
      readonly span: Span;
    }
  | {
      readonly kind: "quantified";
      readonly quantifier: "forall" | "exists";
      readonly binders: readonly AcslBinder[];
      readonly body: AcslPredicate;
      readonly span: Span;
    }
  | {
      readonly kind: "let";
      readonly name: string;
      readonly value: AcslTerm;
      readonly body: AcslPredicate;
      readonly span: Span;
    }
  /** A predicate of the file or a built-in one, or a function whose value is not zero: lowering knows which. */
  | {
      readonly kind: "apply";
      readonly name: string;
      readonly labels: readonly string[];
      readonly arguments: readonly AcslTerm[];
      readonly span: Span;
    }
  /** A term used as a predicate: true when not zero. */
  | { readonly kind: "term"; readonly term: AcslTerm; readonly span: Span }
  | { readonly kind: "unsupported"; readonly construct: string; readonly span: Span };

/** A clause's predicate with the text as written between keyword and semicolon, trimmed. */
export interface AcslClause {
  readonly predicate: AcslPredicate;
  readonly text: string;
  /** Set where it is taken for granted: `admit`. */
  readonly admitted?: true;
  /** The behaviors that it is stated for, where `for` lists some: it binds where one of them applies. */
  readonly behaviors?: readonly string[];
  readonly span: Span;
}

/** `assigns` of a contract or a loop; `nothing` gives an empty list. */
export interface AcslAssigns {
  readonly locations: readonly string[];
  /** The same locations, read; aligned with `locations`. */
  readonly terms: readonly AcslTerm[];
  /** Set when `\from` says where values come from, which is not read: nothing rests on it, and it is not proved. */
  readonly dependencies?: true;
  readonly span: Span;
}

/** A function contract. */
export interface AcslContract {
  /** What the function relies on. */
  readonly requires: readonly AcslClause[];
  /** What callers rely on. */
  readonly ensures: readonly AcslClause[];
  /** What callers, and what the function itself, have to prove without anybody relying on it. */
  readonly checks: { readonly requires: readonly AcslClause[]; readonly ensures: readonly AcslClause[] };
  /** Its behaviors, with what each assumes, read at the entry; null: nothing. */
  readonly behaviors: readonly { readonly name: string; readonly premise: AcslPredicate | null }[];
  /** Whatever behavior applies; for a contract without such a clause, what those behaviors may assign that are said to be complete. */
  readonly assigns: AcslAssigns | null;
  /** The `assigns` of behaviors: each binds where its premise, read at the entry, holds. Null: always. */
  readonly behaviorAssigns: readonly {
    readonly name: string;
    readonly premise: AcslPredicate | null;
    readonly assigns: AcslAssigns;
  }[];
  /** `complete` and `disjoint` behaviors: what each of the named ones assumes. */
  readonly claims: readonly {
    readonly kind: "complete" | "disjoint";
    readonly parts: readonly AcslPredicate[];
    readonly span: Span;
  }[];
  /** The measure of a recursive function. */
  readonly decreases: { readonly term: AcslTerm; readonly text: string; readonly span: Span } | null;
  /** Clauses read but not supported, named: `behavior`, `decreases`, … */
  readonly unsupported: readonly { readonly construct: string; readonly span: Span }[];
  /** Clauses that are read past, by their keywords: nothing rests on them, and they are not proved. */
  readonly unproved: readonly string[];
  readonly span: Span;
}

/** A loop annotation; several adjacent blocks are read as one, `blocks` keeps the comments they came from. */
export interface AcslLoopAnnotation {
  readonly invariants: readonly AcslClause[];
  /** `check` and `admit loop invariant`: proved at each arrival and relied on by nothing; and taken for granted. */
  readonly checks: readonly AcslClause[];
  readonly admits: readonly AcslClause[];
  readonly assigns: AcslAssigns | null;
  readonly variant: { readonly term: AcslTerm; readonly text: string; readonly span: Span } | null;
  readonly unsupported: readonly { readonly construct: string; readonly span: Span }[];
  /** The whole comments, delimiters included, in order. */
  readonly blocks: readonly Span[];
  readonly span: Span;
}
