import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { pulledLean } from "../../server/install/lean.ts";
import { type Found, findTool, type Tool } from "../process/found.ts";

const lean: Tool = {
  name: "lean",
  variable: "TOUCHSTONE_LEAN",
  // `textDocument/waitForDiagnostics` answers, and `lake setup-file` exists, as of this version.
  minimum: "4.9.0",
  version: /version (\d+\.\d+\.\d+)/,
  advice: "run 'touchstone prover pull lean', or install elan, Lean's toolchain manager",
};

/** The Lean to use: by setting, on PATH or in elan's folder (the user's own comes first), then the pulled one. */
export async function findLean(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Found> {
  const elan = join(environment.ELAN_HOME || join(homedir(), ".elan"), "bin");
  const path = [environment.PATH ?? "", elan].join(delimiter);
  const found = await findTool(lean, { ...environment, PATH: path });
  if (found.kind === "found" || environment[lean.variable]) return found;
  const pulled = await pulledLean();
  if (pulled === null) return found;
  return { kind: "found", name: "lean", version: pulled.version, path: pulled.folder, how: "pulled" };
}
