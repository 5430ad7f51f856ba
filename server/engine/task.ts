import type { Span } from "../../grammars/c/span.ts";
import type { Program } from "../program/program.ts";

/** A document at one version: what a task was made for (safety.md 14). */
export interface Document {
  /** The name shown in messages; `-` is standard input. */
  readonly file: string;
  readonly text: string;
  /** The editor's version, or 0 for a file. */
  readonly version: number;
}

/** Loop invariants for one function; its loops are proved jointly (soundness.md 3). */
export interface InvariantsTask {
  readonly kind: "invariants";
  readonly document: Document;
  /** The function's name: the `group` of the output contract. */
  readonly group: string;
  readonly program: Program;
  readonly span: Span;
}

/** What is to be proved. Proof holes and axiom instances join this union with their issues. */
export type Task = InvariantsTask;
