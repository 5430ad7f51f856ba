import type { HornSolver, SmtSolver } from "../../server/engine/solver.ts";
import type { SmtProgram } from "../smtlib/program.ts";
import { smtSolver } from "../smtlib/session.ts";
import { findZ3, Z3_VARIABLE } from "./find.ts";
import { nativeZ3, nativeZ3Program } from "./native.ts";
import { spacer } from "./spacer.ts";
import { wasmZ3, wasmZ3Program } from "./wasm.ts";

/** Which build of Z3: `auto` takes a native one where it is found. */
export type SolverChoice = "auto" | "native" | "wasm";

/** A program was asked for by name and cannot be had: by which option or variable, and what to do. */
export class SolverMissing extends Error {
  override name = "SolverMissing";
}

/** The Z3 to search and judge with. Throws `SolverMissing` when only a native one will do and none is found. */
export async function chooseZ3(choice: SolverChoice): Promise<SmtSolver> {
  return smtSolver(await chooseProgram(choice));
}

/** Spacer, in the same build. Throws as `chooseZ3` does. */
export async function chooseSpacer(choice: SolverChoice): Promise<HornSolver> {
  return spacer(await chooseProgram(choice));
}

async function chooseProgram(choice: SolverChoice): Promise<SmtProgram> {
  if (choice === "wasm") return wasmZ3Program();
  const found = await findZ3();
  if (found.kind === "found") return nativeZ3Program(found);
  // A variable that names no solver is a mistake that somebody wants to know of, and not a reason to take another one.
  if (choice === "auto" && !process.env[Z3_VARIABLE]) return wasmZ3Program();
  throw new SolverMissing(choice === "auto" ? found.message : `--solver ${choice}: ${found.message}`);
}

/** The other build of Z3, as a second opinion: it counts as one where the versions differ (soundness.md 10). */
export async function otherZ3(than: SmtSolver): Promise<SmtSolver | null> {
  const bundled = wasmZ3();
  if (than.name !== bundled.name) return version(than.name) === version(bundled.name) ? null : bundled;
  const found = await findZ3();
  if (found.kind !== "found" || found.version === version(bundled.name)) return null;
  return nativeZ3(found);
}

function version(name: string): string | undefined {
  return /\d+\.\d+\.\d+/.exec(name)?.[0];
}
