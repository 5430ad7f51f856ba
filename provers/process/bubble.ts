import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { findProgram } from "./find.ts";
import type { CommandLine } from "./limits.ts";

let bwrap: string | null | undefined;

/** The path of a bubblewrap that works here; null where there is none, or where namespaces are not allowed. */
export function findBubblewrap(): string | null {
  if (bwrap !== undefined) return bwrap;
  bwrap = process.platform === "linux" ? findProgram("bwrap") : null;
  if (bwrap !== null) {
    const tried = spawnSync(bwrap, [...NAMESPACES, "--ro-bind", "/", "/", "--proc", "/proc", "--", "true"], {
      stdio: "ignore",
      timeout: 5_000,
    });
    if (tried.status !== 0) bwrap = null;
  }
  return bwrap;
}

const NAMESPACES = ["--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--die-with-parent"];

/**
 * The command line that runs a native program in bubblewrap: no network, no other process in sight, nothing to write but its own
 * scratch directory (the working directory at its start), and of the home directory and /tmp only what is in `read`.
 * What is in `write` may be changed. Where bubblewrap does not work the line is left as it is, and limits are all there is.
 */
export function inBubble(
  line: CommandLine,
  read: readonly string[],
  write: readonly string[] = [],
): CommandLine {
  const program = findBubblewrap();
  if (program === null) return line;
  const hidden = ["/tmp", "/run", homedir()].filter((path) => path !== "/" && existsSync(path));
  // Bound where they really are and where they are said to be: links may lead anywhere.
  const readable = new Set(read.filter(existsSync).flatMap((path) => [path, realpathSync(path)]));
  const args = [
    ...NAMESPACES,
    ...["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"],
    ...hidden.flatMap((path) => ["--tmpfs", path]),
    ...[...readable].flatMap((path) => ["--ro-bind", path, path]),
    ...write.flatMap((path) => ["--bind", path, path]),
  ];
  // The scratch directory comes last, over whatever hides it: bubblewrap mounts in the order of its arguments.
  const script = `exec ${[program, ...args].map(quoted).join(" ")} --bind "$PWD" "$PWD" --chdir "$PWD" -- "$@"`;
  return { command: "/bin/sh", args: ["-c", script, "sh", line.command, ...line.args] };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * Sends a signal to the program that a child's process runs in the end, past the bubblewrap around it (which would die of it and
 * take the program along).
 */
export function signalInside(pid: number, signal: "SIGINT"): void {
  let inner = pid;
  for (let child = childOf(inner); child !== null; child = childOf(inner)) inner = child;
  try {
    process.kill(inner, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function childOf(pid: number): number | null {
  if (findBubblewrap() === null) return null;
  try {
    const first = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")[0];
    return first ? Number(first) : null;
  } catch {
    return null;
  }
}
