import { readdirSync, readFileSync } from "node:fs";
import { findProgram } from "./find.ts";

export interface CommandLine {
  readonly command: string;
  readonly args: readonly string[];
}

let setpriv: string | null | undefined;

/**
 * The command line that starts a program under limits; the process id stays the program's own, since each step is an `exec`.
 * `addressSpaceMegabytes` becomes `ulimit -v` (RLIMIT_AS); not for programs that reserve far more than they use, as Node does.
 * With util-linux's `setpriv` the kernel kills the program when we die, even by SIGKILL.
 */
export function underLimits(line: CommandLine, addressSpaceMegabytes: number | null): CommandLine {
  if (process.platform === "win32") return line;
  const inner = boundToUs(line);
  if (addressSpaceMegabytes === null) return inner;
  const kilobytes = Math.ceil(addressSpaceMegabytes * 1024);
  // Where the system has no such limit (macOS) the shell's refusal is ignored and the solver's own limit remains.
  const script = `ulimit -v ${kilobytes} 2>/dev/null; exec "$@"`;
  return { command: "/bin/sh", args: ["-c", script, "sh", inner.command, ...inner.args] };
}

function boundToUs(line: CommandLine): CommandLine {
  if (setpriv === undefined) setpriv = process.platform === "linux" ? findProgram("setpriv") : null;
  if (setpriv === null) return line;
  return { command: setpriv, args: ["--pdeathsig", "KILL", "--", line.command, ...line.args] };
}

/**
 * Calls `exceeded` once when the process holds more than this much memory. For programs whose address space cannot be
 * limited; reads /proc, so it watches on Linux only. Returns the way to stop watching.
 */
export function watchResidentMemory(pid: number, megabytes: number, exceeded: () => void): () => void {
  if (process.platform !== "linux") return () => {};
  const timer = setInterval(() => {
    const resident = residentMegabytes(pid);
    if (resident === null || resident <= megabytes) return;
    clearInterval(timer);
    exceeded();
  }, 200);
  timer.unref();
  return () => clearInterval(timer);
}

/** Megabytes that a process holds now; null when it is gone. */
export function residentMegabytes(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

/**
 * Whether a thread of the process computes, would if it were its turn, or waits for a disk, at this moment: true however little of a
 * busy machine it gets. Null when it is gone, or not on Linux.
 */
export function isRunning(pid: number): boolean | null {
  try {
    return readdirSync(`/proc/${pid}/task`).some((thread) => {
      // The thread's name, in parentheses, may hold anything; the fields after it do not.
      const state = readFileSync(`/proc/${pid}/task/${thread}/stat`, "utf8").split(") ").at(-1)![0];
      return state === "R" || state === "D";
    });
  } catch {
    return null;
  }
}
