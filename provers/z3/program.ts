import type { SmtProgram } from "../smtlib/program.ts";

/** Memory that Z3 may use for one session where nobody says otherwise. */
export const DEFAULT_MEGABYTES = 2000;

/** What both builds of Z3 have in common. */
export function z3Program(name: string): Omit<SmtProgram, "launch"> {
  return {
    name,
    family: "z3",
    preamble: "(set-option :produce-unsat-assumptions true)",
    limit: (milliseconds) => `(set-option :timeout ${milliseconds})`,
  };
}
