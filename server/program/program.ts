import type { Span } from "../../grammars/c/span.ts";
import type { IntegerReading, IntegerType } from "./integer.ts";
import type { Location } from "./lower/assigns.ts";
import type { Formula, Term } from "./term.ts";

/**
 * One function as a control-flow graph over integer variables: what is executed, unrolled, and turned into verification
 * conditions. Expressions are pure; the order of C's side effects is the order of commands.
 */
export interface Program {
  readonly name: string;
  readonly reading: IntegerReading;
  /** In the benchmark dialect an uninitialised variable is arbitrary; in C reading it is an obligation (soundness.md 6). */
  readonly dialect: "c" | "benchmark";
  readonly variables: readonly Variable[];
  /** Indexed by `Block.id`. */
  readonly blocks: readonly Block[];
  readonly entry: number;
  /** In source order; `loops[i].id === i`. */
  readonly loops: readonly Loop[];
  /**
   * Set when the function calls others by contract: a run of this program is then no run of the real one (a callee's result is
   * anything that its contract allows), and whether the callees end is not known.
   */
  readonly callees?: readonly string[];
  /** Logic functions that the program mentions and what is supposed of them: axioms, lemmas, recursive definitions. */
  readonly theory?: Theory;
  /** What the verdict rests on beyond the text: each is shown to the user (soundness.md 4). Sentences without a full stop. */
  readonly assumptions: readonly string[];
}

export interface Theory {
  readonly functions: readonly LogicFunction[];
  readonly axioms: readonly Axiom[];
}

/** A variable that an axiom binds: an integer, or an array with so many dimensions. Its name begins with `?`. */
export interface TheoryVariable {
  readonly name: string;
  readonly dimensions: number;
}

export interface LogicFunction {
  readonly name: string;
  readonly parameters: readonly TheoryVariable[];
  /** What a recursive one is defined as, over its parameters; a predicate as 1 or 0. Null for one that is only declared. */
  readonly body: Term | null;
}

/** What is supposed for all values of its variables. It is an assumption of every verdict (soundness.md 4 and 12). */
export interface Axiom {
  /** As messages call it: `axiom sum_empty at line 7`. */
  readonly text: string;
  readonly variables: readonly TheoryVariable[];
  readonly body: Formula;
}

export interface Variable {
  /** Unique in the program; the source name unless that is shadowed (`x`, `x#2`). */
  readonly name: string;
  readonly type: IntegerType;
  /**
   * `parameter`s and `global`s have arbitrary values at entry (in their type's range); `pre` holds what `\at(x, Pre)` means;
   * `result` is `\result`; `temporary` and `flag` (1 once a variable has been initialised) cannot be named in the source.
   */
  readonly role: "parameter" | "global" | "local" | "pre" | "result" | "temporary" | "flag";
  /** How an annotation in the source refers to it (`x`, `\at(x, Pre)`); null when it cannot. */
  readonly text: string | null;
  readonly span: Span;
  /** How an `assigns` clause lists it, where that is not its text: the pointer that it is a part of. */
  readonly assigned?: string;
  /** Set for an array, whose elements have `type`. */
  readonly array?: ArrayShape;
}

/** How an array variable is indexed. */
export interface ArrayShape {
  /** Number of elements in each dimension; the first is null where only `bounds` says what may be accessed. */
  readonly sizes: readonly (bigint | null)[];
  /**
   * Names of the variables that hold the first valid index and the one after the last: the extent of the memory block that a
   * pointer parameter points into. Null for an array that the source declares.
   */
  readonly bounds: { readonly low: string; readonly high: string; readonly writable: string } | null;
}

export type AssertionKind =
  | "assertion" // assert(e), //@ assert e, __VERIFIER_assert(e), reach_error()
  | "ensures"
  | "assigns" // something is assigned that the contract's or the loop's assigns does not list
  | "division" // divisor not zero
  | "overflow" // no signed overflow (readings 32 and 64)
  | "shift" // 0 <= amount < width, left operand not negative where C requires it
  | "range" // operand of a bitwise operator lies in its type (reading math)
  | "initialised" // read before it is written
  | "memory" // index in range, pointer valid, written only where that is allowed
  | "requires" // a callee's precondition
  | "decreases"; // a recursive call's measure

export type Command =
  | { readonly kind: "assign"; readonly target: string; readonly value: Term; readonly span: Span }
  /** An arbitrary value; within the variable's type where that has a range under the reading. */
  | {
      readonly kind: "havoc";
      readonly target: string;
      readonly span: Span;
      /** For an array of which a callee changes a part: the part, which a frame assumed behind the command respects. */
      readonly within?: readonly Location[];
    }
  | {
      readonly kind: "assume";
      readonly condition: Formula;
      /** `type`: what holds of every value of a C type or of every memory block; never the user's words. `contract`: a callee's. */
      readonly because: "requires" | "assume" | "type" | "contract";
      readonly span: Span;
    }
  | {
      readonly kind: "assert";
      readonly condition: Formula;
      readonly what: AssertionKind;
      /** The source text of what must hold, for names and messages. */
      readonly text: string;
      /** Set for what is proved without being relied on behind it. */
      readonly check?: true;
      readonly span: Span;
    };

export type Jump =
  | { readonly kind: "goto"; readonly to: number }
  | {
      readonly kind: "branch";
      readonly condition: Formula;
      readonly then: number;
      readonly else: number;
      readonly span: Span;
    }
  /** The function's end: every `ensures` was asserted before it. */
  | { readonly kind: "return" };

export interface Block {
  readonly id: number;
  readonly commands: readonly Command[];
  readonly jump: Jump;
}

/** A formula from the source together with its text. */
export interface Clause {
  readonly formula: Formula;
  readonly text: string;
  readonly span: Span;
}

export interface Loop {
  readonly id: number;
  /** The block at which invariants hold: before the condition of `while` and `for`, before the body of `do`. */
  readonly head: number;
  /** All blocks of the loop, the head and those of inner loops included. */
  readonly blocks: readonly number[];
  /** The innermost enclosing loop. */
  readonly parent: number | null;
  /** Variables that some command of the loop's blocks may change: the frame, taken from the program text (soundness.md 3). */
  readonly modified: readonly string[];
  /** Names of the program variables that an annotation of this loop may mention, outermost declaration first. */
  readonly scope: readonly string[];
  /** Names of the variables that hold where the pointers in scope point, as far as no annotation can mention them. */
  readonly pointers?: readonly string[];
  /** The condition under which another iteration starts, when it is pure; null for `while (unknown())` and for side effects. */
  readonly guard: Formula | null;
  readonly invariants: readonly Clause[];
  /** What an existing `loop assigns` lists; null when there is none. */
  readonly assigns: { readonly locations: readonly Location[]; readonly span: Span } | null;
  /** How a suggested `loop assigns` lists the array variables that the loop changes. */
  readonly extents?: ReadonlyMap<string, string>;
  readonly variant: { readonly term: Term; readonly text: string; readonly span: Span } | null;
  /** The keyword; its line is the loop's line in every output. */
  readonly span: Span;
  /** The comments of the existing annotation, in order. */
  readonly annotationBlocks: readonly Span[];
}
