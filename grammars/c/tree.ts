import type { AcslDefinition, AcslLemma } from "../acsl/definitions.ts";
import type { AcslClause, AcslContract, AcslLoopAnnotation } from "../acsl/tree.ts";
import type { Diagnostic, Span } from "./span.ts";

/** An integer type as written, after typedef names and `const` are gone. `_Bool` has 1 bit. */
export interface CIntegerType {
  readonly kind: "integer";
  /** Canonical C spelling: `_Bool`, `char`, `signed char`, `unsigned char`, `short`, …, `unsigned long long`. */
  readonly name: string;
}

/** A type; what is not reasoned about is `other` and carries its text, so that a message can name it. */
export type CType =
  | CIntegerType
  | { readonly kind: "void" }
  | { readonly kind: "pointer"; readonly to: CType }
  /** `size` is the expression in the brackets; null for `[]`. */
  | { readonly kind: "array"; readonly of: CType; readonly size: CExpression | null }
  /** A structure; its members stand in `CFile.structures` under the tag. */
  | { readonly kind: "structure"; readonly tag: string }
  | { readonly kind: "other"; readonly text: string };

export type CUnaryOperator = "+" | "-" | "~" | "!";
export type CBinaryOperator =
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
export type CAssignOperator = "=" | "+=" | "-=" | "*=" | "/=" | "%=" | "<<=" | ">>=" | "&=" | "|=" | "^=";

/** An expression. `unsupported` keeps what the front end can read but not yet reason about, named for the message. */
export type CExpression =
  /** `byWidth`: the type is unsigned because `int` has 32 bits, and not by a suffix. */
  | {
      readonly kind: "integer";
      readonly value: bigint;
      readonly type: CIntegerType;
      readonly byWidth?: true;
      readonly span: Span;
    }
  | { readonly kind: "name"; readonly name: string; readonly span: Span }
  | {
      readonly kind: "unary";
      readonly operator: CUnaryOperator;
      readonly argument: CExpression;
      readonly span: Span;
    }
  | {
      readonly kind: "step";
      readonly operator: "++" | "--";
      readonly prefix: boolean;
      readonly target: CExpression;
      readonly span: Span;
    }
  | {
      readonly kind: "binary";
      readonly operator: CBinaryOperator;
      readonly left: CExpression;
      readonly right: CExpression;
      readonly span: Span;
    }
  | {
      readonly kind: "assign";
      readonly operator: CAssignOperator;
      readonly target: CExpression;
      readonly value: CExpression;
      readonly span: Span;
    }
  | {
      readonly kind: "conditional";
      readonly condition: CExpression;
      readonly then: CExpression;
      readonly else: CExpression;
      readonly span: Span;
    }
  | { readonly kind: "cast"; readonly type: CType; readonly argument: CExpression; readonly span: Span }
  | { readonly kind: "comma"; readonly left: CExpression; readonly right: CExpression; readonly span: Span }
  | {
      readonly kind: "call";
      readonly callee: string;
      readonly arguments: readonly CExpression[];
      readonly span: Span;
    }
  | {
      readonly kind: "index";
      readonly array: CExpression;
      readonly index: CExpression;
      readonly span: Span;
    }
  | { readonly kind: "dereference" | "address"; readonly argument: CExpression; readonly span: Span }
  /** `object.name`, or `object->name` when `arrow`. */
  | {
      readonly kind: "member";
      readonly object: CExpression;
      readonly name: string;
      readonly arrow: boolean;
      readonly span: Span;
    }
  /** The size of a type, or of an expression's type. */
  | { readonly kind: "sizeof"; readonly of: CType | CExpression; readonly span: Span }
  /** A string literal: its bytes, the terminating zero not among them. */
  | { readonly kind: "string"; readonly bytes: readonly number[]; readonly span: Span }
  /** `{ … }` as an initialiser. */
  | { readonly kind: "list"; readonly items: readonly CInitializer[]; readonly span: Span }
  | { readonly kind: "unsupported"; readonly construct: string; readonly span: Span };

/** One item of an initialiser list, with the designators before it: `[2]`, `.x`. */
export interface CInitializer {
  readonly designators: readonly (CExpression | string)[];
  readonly value: CExpression;
}

/** A member of a structure. */
export interface CMember {
  readonly name: string;
  readonly type: CType;
  readonly span: Span;
}

/** One declared variable. */
export interface CDeclarator {
  readonly name: string;
  readonly type: CType;
  readonly initializer: CExpression | null;
  /** Set when the declaration says `const`: the variable keeps the value of its initialiser. */
  readonly constant?: true;
  /** Set for a global that says `extern`: it may be defined, with any value, elsewhere. */
  readonly external?: true;
  readonly span: Span;
}

/** What a loop statement carries besides its C part. */
export interface CLoopHeader {
  /** The annotation block in front of the loop, merged into one; null when there is none. */
  readonly annotation: AcslLoopAnnotation | null;
  /** The keyword `while`, `for` or `do`. */
  readonly keyword: Span;
}

export type CStatement =
  | { readonly kind: "declaration"; readonly declarators: readonly CDeclarator[]; readonly span: Span }
  | { readonly kind: "expression"; readonly expression: CExpression; readonly span: Span }
  | { readonly kind: "block"; readonly body: readonly CStatement[]; readonly span: Span }
  | {
      readonly kind: "if";
      readonly condition: CExpression;
      readonly then: CStatement;
      readonly else: CStatement | null;
      readonly span: Span;
    }
  | ({
      readonly kind: "while";
      readonly condition: CExpression;
      readonly body: CStatement;
      readonly span: Span;
    } & CLoopHeader)
  | ({
      readonly kind: "do";
      readonly condition: CExpression;
      readonly body: CStatement;
      readonly span: Span;
    } & CLoopHeader)
  | ({
      readonly kind: "for";
      /** A declaration, an expression statement, or null. */
      readonly init: CStatement | null;
      readonly condition: CExpression | null;
      readonly step: CExpression | null;
      readonly body: CStatement;
      readonly span: Span;
    } & CLoopHeader)
  | { readonly kind: "switch"; readonly value: CExpression; readonly body: CStatement; readonly span: Span }
  /** `case V:` and `default:` (value null) stand in the statement list before what they label. */
  | { readonly kind: "case"; readonly value: CExpression | null; readonly span: Span }
  | { readonly kind: "break"; readonly span: Span }
  | { readonly kind: "continue"; readonly span: Span }
  | { readonly kind: "return"; readonly value: CExpression | null; readonly span: Span }
  | {
      /** `check`: nothing rests on it; `admit`: it is taken for granted. */
      readonly kind: "acsl-assert";
      readonly how: "check" | "admit" | null;
      readonly clause: AcslClause;
      readonly span: Span;
    }
  /** Ghost code (ACSL 1.17, 2.12); its declarations reach as far as those of the block around it. */
  | { readonly kind: "ghost"; readonly body: readonly CStatement[]; readonly span: Span }
  | { readonly kind: "empty"; readonly span: Span }
  | { readonly kind: "unsupported"; readonly construct: string; readonly span: Span };

/** One function definition with its contract. */
export interface CFunction {
  readonly name: string;
  readonly returnType: CType;
  readonly parameters: readonly CDeclarator[];
  readonly contract: AcslContract | null;
  readonly body: readonly CStatement[];
  /** From the return type to the closing brace. */
  readonly span: Span;
  readonly nameSpan: Span;
}

/** A function whose text could not be read; the file's other functions still work. */
export interface CBrokenFunction {
  readonly name: string;
  readonly span: Span;
  readonly diagnostics: readonly Diagnostic[];
}

/** A source file as read. Offsets of all spans refer to `text`, unchanged. */
export interface CFile {
  readonly name: string;
  readonly text: string;
  readonly functions: readonly CFunction[];
  readonly broken: readonly CBrokenFunction[];
  /** Variables declared outside functions. */
  readonly globals: readonly CDeclarator[];
  /** Prototypes: a callee's name, its type and its contract. */
  readonly prototypes: readonly {
    readonly name: string;
    readonly returnType: CType;
    readonly parameters: readonly CDeclarator[];
    readonly contract: AcslContract | null;
    readonly span: Span;
  }[];
  /** Problems outside functions, and notes on lines skipped (`#include`). */
  readonly diagnostics: readonly Diagnostic[];
  /** Predicates and logic functions, by name. */
  readonly definitions: ReadonlyMap<string, AcslDefinition>;
  readonly lemmas: readonly AcslLemma[];
  /** Members of the file's structures, by tag. */
  readonly structures: ReadonlyMap<string, readonly CMember[]>;
  /** Whether members lie where they usually do: the sizes of structures are known, those of odd ones excepted. */
  readonly usualLayout: boolean;
  readonly oddStructures: ReadonlySet<string>;
  /** Enumeration constants. */
  readonly enumerators: ReadonlyMap<string, bigint>;
  /** Headers named by `#include` lines, without brackets or quotes: `assert.h`. */
  readonly includes: readonly string[];
}
