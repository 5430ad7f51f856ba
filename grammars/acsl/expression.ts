import type { Span } from "../c/span.ts";
import type { AcslBinder, AcslRelation } from "./tree.ts";

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "<<" | ">>" | "&" | "|" | "^";
export type LogicalKind = "and" | "or" | "xor" | "implies" | "iff";

/**
 * What the parser builds before terms and predicates are told apart: ACSL's two grammars overlap (`(x)` may begin either), so
 * one grammar reads both and `classify.ts` decides.
 */
export type AcslExpression =
  | { readonly kind: "integer"; readonly value: bigint; readonly span: Span }
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "name"; readonly name: string; readonly span: Span }
  | { readonly kind: "result"; readonly span: Span }
  | { readonly kind: "unsupported"; readonly construct: string; readonly span: Span }
  | { readonly kind: "at"; readonly label: string; readonly argument: AcslExpression; readonly span: Span }
  | {
      readonly kind: "unary";
      readonly operator: "-" | "+" | "~" | "!";
      readonly argument: AcslExpression;
      readonly span: Span;
    }
  | {
      readonly kind: "binary";
      readonly operator: ArithmeticOperator;
      readonly left: AcslExpression;
      readonly right: AcslExpression;
      readonly span: Span;
    }
  | {
      readonly kind: "logical";
      readonly operator: LogicalKind;
      readonly left: AcslExpression;
      readonly right: AcslExpression;
      readonly span: Span;
    }
  /** `t₀ r₀ t₁ r₁ t₂ …`: one operand more than relations. */
  | {
      readonly kind: "chain";
      readonly operands: readonly AcslExpression[];
      readonly relations: readonly AcslRelation[];
      readonly span: Span;
    }
  | {
      readonly kind: "conditional";
      readonly condition: AcslExpression;
      readonly then: AcslExpression;
      readonly else: AcslExpression;
      readonly span: Span;
    }
  | { readonly kind: "cast"; readonly type: string; readonly argument: AcslExpression; readonly span: Span }
  | {
      readonly kind: "quantified";
      readonly quantifier: "forall" | "exists";
      readonly binders: readonly AcslBinder[];
      readonly body: AcslExpression;
      readonly span: Span;
    }
  | {
      readonly kind: "let";
      readonly name: string;
      readonly value: AcslExpression;
      readonly body: AcslExpression;
      readonly span: Span;
    }
  | {
      readonly kind: "index";
      readonly array: AcslExpression;
      readonly index: AcslExpression;
      readonly span: Span;
    }
  | { readonly kind: "dereference" | "address"; readonly argument: AcslExpression; readonly span: Span }
  | {
      readonly kind: "member";
      readonly object: AcslExpression;
      readonly name: string;
      readonly arrow: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: "apply";
      readonly name: string;
      readonly labels: readonly string[];
      readonly arguments: readonly AcslExpression[];
      readonly span: Span;
    }
  /** `low .. high`, either end open. */
  | {
      readonly kind: "range";
      readonly low: AcslExpression | null;
      readonly high: AcslExpression | null;
      readonly span: Span;
    }
  /** Parentheses end a chain: `(a < b) < c` compares a truth value. */
  | { readonly kind: "parentheses"; readonly inner: AcslExpression; readonly span: Span };
