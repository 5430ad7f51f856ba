import type { Child } from "../process/child.ts";

/** A program that reads SMT-LIB 2.6 on standard input and answers on standard output: how to start it and what sets it apart. */
export interface SmtProgram {
  /** As `SmtSolver.name`. */
  readonly name: string;
  /** As `SmtSolver.family`. */
  readonly family: string;
  /** Options that every process is given first. */
  readonly preamble: string;
  /** The command that limits the next query, in milliseconds; the solver then answers `unknown` by itself and keeps its state. */
  limit(milliseconds: number): string;
  launch(): Child;
}
