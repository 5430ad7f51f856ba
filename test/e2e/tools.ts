import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findProgram } from "../../provers/process/find.ts";

const here = dirname(fileURLToPath(import.meta.url));
export const root = dirname(dirname(here));

/**
 * Where the tools of this test are installed: outside the checkout, since they take half a gigabyte, and under the hash of their
 * lockfile. `TOUCHSTONE_E2E_TOOLS` names another folder for them.
 */
export function toolsFolder(): string {
  const lock = createHash("sha256")
    .update(readFileSync(join(here, "package-lock.json")))
    .digest("hex")
    .slice(0, 12);
  const base =
    process.env.TOUCHSTONE_E2E_TOOLS ??
    join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "touchstone-e2e");
  return join(base, lock);
}

/** Installs the tools unless they are there. */
export function installTools(): string {
  const folder = toolsFolder();
  const done = join(folder, "node_modules/code-server/lib/vscode/node_modules");
  if (existsSync(done)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(here, file), join(folder, file));
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm, "ci"]] : ["npm", ["ci"]];
  execFileSync(command, [...args, "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
  return folder;
}

/** The browser to drive; null when there is none. */
export function chromium(): string | null {
  return process.env.CHROMIUM ?? findProgram("chromium") ?? findProgram("google-chrome");
}
