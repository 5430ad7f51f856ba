import type { Expansion } from "../../grammars/c/expansion.ts";
import type { Diagnostic, Span } from "../../grammars/c/span.ts";
import type { ExchangeProblem } from "../../grammars/smtlib/problem.ts";
import type { Program } from "../program/program.ts";

/** A document at one version: what a task was made for (safety.md 14). */
export interface Document {
  /** The name shown in messages; `-` is standard input. */
  readonly file: string;
  readonly text: string;
  /** The editor's version, or 0 for a file. */
  readonly version: number;
  /** What a C preprocessor made of the text, where one is used. */
  readonly expansion?: Expansion;
}

/** Loop invariants for one function; its loops are proved jointly (soundness.md 3). */
export interface InvariantsTask {
  readonly kind: "invariants";
  readonly document: Document;
  /** The function's name: the `group` of the output contract. */
  readonly group: string;
  readonly program: Program;
  readonly span: Span;
  /** Set for a problem of another tool's format (SyGuS, Horn clauses): the program was made from it, answers are judged on it. */
  readonly exchange?: Exchange;
}

/** The sorts that a program is made of; `Array` is `(Array Int Int)`. */
export type ExchangeSort = "Int" | "Bool" | "Array";

export interface Exchange {
  readonly problem: ExchangeProblem;
  /** By predicate, the program's variables that its parameters are; null where the problem is no program. */
  readonly parameters: ReadonlyMap<
    string,
    readonly { readonly variable: string; readonly text: string; readonly sort: ExchangeSort }[]
  > | null;
}

/** The holes in the proof of one theorem: `admit.`, `Admitted.`, `sorry`. They are filled together or not at all (soundness.md 14). */
export interface ProofHoleTask {
  readonly kind: "proofHole";
  readonly document: Document;
  /** The theorem's name: the `group` of the output contract. */
  readonly group: string;
  readonly language: "coq" | "lean";
  /** Where the theorem is stated. */
  readonly span: Span;
  /** What the answer replaces: a sentence or a term each, in the order of the text, at least one. */
  readonly holes: readonly Span[];
  /** The statement as the source writes it, keyword and name included. */
  readonly statement: string;
  /** Coq's `Admitted.` that becomes `Qed.` with the holes filled; it is the hole itself where nothing else marks one. */
  readonly admitted: Span | null;
}

/**
 * Loop annotations as text for one function that our own front end does not read: of it nothing is known but where its loops
 * stand. Frama-C reads it, and is its only checker (soundness.md 9); there is no program that anything else could reason about.
 */
export interface AnnotationsTask {
  readonly kind: "annotations";
  readonly document: Document;
  readonly group: string;
  readonly span: Span;
  /** In the order of their keywords. */
  readonly loops: readonly TextLoop[];
  /** What our own front end said of the function. */
  readonly beyond: readonly Diagnostic[];
}

/** Where a loop stands in the text. */
export interface PlacedLoop {
  /** Index into the task's loops. */
  readonly id: number;
  /** The innermost enclosing loop. */
  readonly parent: number | null;
  /** The keyword. */
  readonly span: Span;
}

/** A loop as tokens tell it. */
export interface TextLoop extends PlacedLoop {
  /** Offset after its last token. */
  readonly end: number;
  /** The comments of the existing annotation, in order. */
  readonly annotationBlocks: readonly Span[];
  /** Names that the invariant grammar may use: variables declared before the loop with a number's type. */
  readonly scope: readonly string[];
  /** Those of them whose type is one of integers. */
  readonly integers: readonly string[];
}

/** What has loops to annotate. */
export type LoopTask = InvariantsTask | AnnotationsTask;

/** The loops of a task, wherever they are known from. */
export function loopsOf(task: LoopTask): readonly PlacedLoop[] {
  return task.kind === "annotations" ? task.loops : task.program.loops;
}

/** What is to be proved. */
export type Task = InvariantsTask | AnnotationsTask | ProofHoleTask;
