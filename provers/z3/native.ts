import type { SmtSolver } from "../../server/engine/solver.ts";
import { startChild } from "../process/child.ts";
import type { SmtProgram } from "../smtlib/program.ts";
import { smtSolver } from "../smtlib/session.ts";
import { DEFAULT_MEGABYTES, z3Program } from "./program.ts";

/** A native Z3 as `findZ3` finds it. */
export interface NativeZ3 {
  readonly path: string;
  readonly version: string;
}

export function nativeZ3(found: NativeZ3, megabytes: number = DEFAULT_MEGABYTES): SmtSolver {
  return smtSolver(nativeZ3Program(found, megabytes));
}

/** Beyond `megabytes` it answers `unknown(memory)`; at half as much again the kernel refuses more. */
export function nativeZ3Program(
  { path, version }: NativeZ3,
  megabytes: number = DEFAULT_MEGABYTES,
): SmtProgram {
  return {
    ...z3Program(`z3 ${version}`),
    launch: () =>
      startChild({
        command: path,
        args: ["-in", `-memory:${megabytes}`],
        memory: { megabytes: megabytes * 1.5 + 256, of: "address-space" },
      }),
  };
}
