import type { SmtSolver } from "../../server/engine/solver.ts";
import { findZ3 } from "./find.ts";
import { nativeZ3 } from "./native.ts";
import { wasmZ3 } from "./wasm.ts";

/** Which build of Z3: `auto` takes a native one where it is found. */
export type SolverChoice = "auto" | "native" | "wasm";

/** A solver was asked for by name and cannot be had; the message says what to do. */
export class SolverMissing extends Error {
  override name = "SolverMissing";
}

/** The Z3 to search and judge with. Throws `SolverMissing` when only a native one will do and none is found. */
export async function chooseZ3(choice: SolverChoice): Promise<SmtSolver> {
  if (choice === "wasm") return wasmZ3();
  const found = await findZ3();
  if (found.kind === "found") return nativeZ3(found);
  if (choice === "auto") return wasmZ3();
  throw new SolverMissing(found.message);
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
