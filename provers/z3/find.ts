import { join } from "node:path";
import { PULLED_Z3_VERSION, pulledZ3 } from "../../server/install/solvers.ts";
import { type Found, findTool, type Tool } from "../process/found.ts";
import { compareVersions } from "../process/version.ts";
import { wasmZ3Build } from "./wasm.ts";

/** The environment variable that names a Z3 outright. */
export const Z3_VARIABLE = "TOUCHSTONE_Z3";

const z3: Tool = {
  name: "z3",
  variable: Z3_VARIABLE,
  // Debian 12's.
  minimum: "4.8.12",
  version: /Z3 version (\d+\.\d+\.\d+)/,
  advice: "run 'touchstone prover pull z3', or set TOUCHSTONE_Z3 to a newer one",
};

/** The native Z3 to use: by setting, then the newer of the one on PATH and the pulled one. */
export async function findZ3(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Found> {
  const found = await findTool(z3, environment);
  if (environment[z3.variable]) return found;
  if (found.kind === "found" && compareVersions(found.version, PULLED_Z3_VERSION) >= 0) return found;
  const path = await pulledZ3();
  if (path === null) return found;
  return { kind: "found", name: "z3", version: PULLED_Z3_VERSION, path, how: "pulled" };
}

/** The Z3 that comes with Touchstone, for the report of what there is. */
export function bundledZ3(): Found {
  const { directory, version } = wasmZ3Build();
  return { kind: "found", name: "z3", version, path: join(directory, "z3-built.wasm"), how: "bundled" };
}
