import { spawnSync } from "node:child_process";

/** Tests about permissions need an ordinary user: root is stopped by none. */

const NOBODY = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];

const isRoot = process.getuid?.() === 0;

/** True when a program can be run as somebody whom permissions stop. */
export function canDropRights(): boolean {
  if (process.platform === "win32") return false;
  return !isRoot || spawnSync("setpriv", [...NOBODY, "--", process.execPath, "--version"]).status === 0;
}

/** The command line that runs a program as an ordinary user. */
export function withoutRights(...command: readonly string[]): string[] {
  return isRoot ? ["setpriv", ...NOBODY, "--", ...command] : [...command];
}

/** True when a small file system can be mounted; asked by mounting one. */
export function canMount(folder: string): boolean {
  if (!isRoot || process.platform !== "linux") return false;
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", folder]).status !== 0) return false;
  return spawnSync("umount", [folder]).status === 0;
}
