/**
 * A small language of its own for attacking the condition generator: its programs are printed as C with ACSL for the front end,
 * and executed by an interpreter that shares nothing with it (`oracle.ts`).
 */
export type Type = "int" | "unsigned int" | "short" | "signed char" | "unsigned char" | "_Bool";

export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "<<"
  | ">>"
  | "&"
  | "|"
  | "^"
  | "<"
  | "<="
  | ">"
  | ">="
  | "=="
  | "!="
  | "&&"
  | "||";

export type Expression =
  | { readonly kind: "literal"; readonly value: number; readonly unsigned?: boolean }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "unary"; readonly operator: "-" | "!" | "~"; readonly argument: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly then: Expression;
      readonly else: Expression;
    }
  | { readonly kind: "cast"; readonly type: Type; readonly argument: Expression }
  | {
      readonly kind: "assign";
      readonly name: string;
      readonly operator: "=" | "+=" | "-=" | "*=";
      readonly value: Expression;
    }
  | { readonly kind: "step"; readonly name: string; readonly operator: "++" | "--"; readonly prefix: boolean }
  | { readonly kind: "comma"; readonly left: Expression; readonly right: Expression }
  /** `unknown_bool()`: an input. */
  | { readonly kind: "flip" };

/** ACSL terms: integers of any size. */
export type Term =
  | { readonly kind: "literal"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "pre"; readonly name: string }
  | { readonly kind: "result" }
  | {
      readonly kind: "binary";
      readonly operator: "+" | "-" | "*" | "/" | "%";
      readonly left: Term;
      readonly right: Term;
    };

export type Predicate =
  | {
      readonly kind: "compare";
      readonly relation: "<" | "<=" | ">" | ">=" | "==" | "!=";
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly kind: "and" | "or" | "implies"; readonly left: Predicate; readonly right: Predicate }
  | { readonly kind: "not"; readonly argument: Predicate };

export type Statement =
  | {
      readonly kind: "declare";
      readonly type: Type;
      readonly name: string;
      readonly initial: Expression | null;
    }
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "block"; readonly body: readonly Statement[] }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: readonly Statement[];
      readonly else: readonly Statement[] | null;
    }
  | Loop
  | { readonly kind: "break" | "continue" }
  | { readonly kind: "switch"; readonly value: Expression; readonly cases: readonly Case[] }
  | { readonly kind: "return"; readonly value: Expression }
  | { readonly kind: "assert"; readonly predicate: Predicate }
  | { readonly kind: "assume"; readonly condition: Expression };

export interface Loop {
  readonly kind: "while" | "do" | "for";
  /** Index into the function's annotations. */
  readonly id: number;
  readonly initial: Statement | null;
  readonly condition: Expression;
  readonly step: Expression | null;
  readonly body: readonly Statement[];
}

export interface Case {
  /** null is `default`. */
  readonly label: number | null;
  readonly body: readonly Statement[];
  /** False where control falls through into the next case. */
  readonly breaks: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly type: Type;
  /** What `requires` allows; few values, so that all of them can be tried. */
  readonly low: number;
  readonly high: number;
}

/** A C function `f` that returns an int. */
export interface Routine {
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly requires: readonly Predicate[];
  readonly ensures: readonly Predicate[];
  readonly loops: number;
}

/** What stands at each loop of a function. */
export interface Annotation {
  readonly invariants: readonly Predicate[];
  /** Names listed by `loop assigns`; null where there is none. */
  readonly assigns: readonly string[] | null;
  readonly variant: Term | null;
}

export const NOTHING: Annotation = { invariants: [], assigns: null, variant: null };
