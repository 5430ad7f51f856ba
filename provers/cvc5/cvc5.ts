import type { SmtSolver } from "../../server/engine/solver.ts";
import { startChild } from "../process/child.ts";
import type { SmtProgram } from "../smtlib/program.ts";
import { smtSolver } from "../smtlib/session.ts";

const DEFAULT_MEGABYTES = 2000;
const OPTIONS = [
  "--incremental",
  "--lang=smt2",
  "--produce-models",
  "--produce-unsat-assumptions",
  "--quiet",
];

/** A cvc5 as `findCvc5` finds it. */
export interface NativeCvc5 {
  readonly path: string;
  readonly version: string;
}

/** A second opinion. cvc5 ends at the first error; the session then starts another. */
export function cvc5(found: NativeCvc5, megabytes: number = DEFAULT_MEGABYTES): SmtSolver {
  return smtSolver(cvc5Program(found, megabytes));
}

export function cvc5Program(
  { path, version }: NativeCvc5,
  megabytes: number = DEFAULT_MEGABYTES,
): SmtProgram {
  return {
    name: `cvc5 ${version}`,
    family: "cvc5",
    preamble: "(set-logic ALL)",
    limit: (milliseconds) => `(set-option :tlimit-per ${milliseconds})`,
    launch: () =>
      // It has no limit of its own, so the kernel's is all there is; the program and its libraries take some 200 MB of it.
      startChild({
        command: path,
        args: OPTIONS,
        memory: { megabytes: megabytes + 256, of: "address-space" },
      }),
  };
}
