import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { childEnvironment } from "./environment.ts";
import { dieWithUs, killGroup } from "./group.ts";
import { underLimits, watchResidentMemory } from "./limits.ts";

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Beside the allowlist of `childEnvironment`. */
  readonly env?: Readonly<Record<string, string>>;
  /** The limit, and what it counts: `address-space` is kept by the kernel; `resident` is watched, for programs that reserve
   * far more than they use. */
  readonly memory: { readonly megabytes: number; readonly of: "address-space" | "resident" };
  /** Kills the group at once when it aborts. */
  readonly signal?: AbortSignal;
}

/** How a child ended. */
export type Exit =
  | { readonly kind: "exited"; readonly status: number }
  | { readonly kind: "killed"; readonly signal: string }
  /** We killed it because it held too much memory. */
  | { readonly kind: "memory" }
  | { readonly kind: "notStarted"; readonly message: string };

/** A running program: a process group of its own in a scratch directory of its own, which goes with it. */
export interface Child {
  /** Undefined when it could not be started; then `exited` says why. */
  readonly pid: number | undefined;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly scratch: string;
  /** Resolves when the program is gone; never rejects. */
  readonly exited: Promise<Exit>;
  /** The last words on standard error, at most 4,000 characters. */
  stderrTail(): string;
  /** SIGKILL to the whole group, now. Idempotent. */
  kill(): void;
  /** SIGTERM to the group, SIGKILL after the grace; resolves when it is gone. */
  end(graceMs: number): Promise<Exit>;
  /** Whether this child keeps our event loop, and so our process, alive. */
  hold(keep: boolean): void;
}

const STDERR_TAIL = 4000;

/** Starts a program so that it can always be ended: by us, by the signal, by its memory limit, or by our own end. */
export function startChild(options: ChildOptions): Child {
  const { megabytes, of } = options.memory;
  const line = underLimits(options, of === "address-space" ? megabytes : null);
  const scratch = mkdtempSync(join(tmpdir(), "touchstone-"));
  const child = spawn(line.command, line.args, {
    cwd: scratch,
    env: childEnvironment(options.env),
    stdio: ["pipe", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  let gone = false;
  let tooLarge = false;
  const kill = () => {
    if (!gone && child.pid !== undefined) killGroup(child.pid, "SIGKILL");
  };
  const forget = child.pid === undefined ? () => {} : dieWithUs(child.pid, scratch);
  const unwatch =
    of === "resident" && child.pid !== undefined
      ? watchResidentMemory(child.pid, megabytes, () => {
          tooLarge = true;
          kill();
        })
      : () => {};
  options.signal?.addEventListener("abort", kill);

  const exited = new Promise<Exit>((resolve) => {
    const done = (exit: Exit) => {
      if (gone) return;
      // The leader is gone; what it started may not be.
      kill();
      gone = true;
      unwatch();
      forget();
      options.signal?.removeEventListener("abort", kill);
      rmSync(scratch, { recursive: true, force: true });
      resolve(exit);
    };
    child.once("error", (error) => {
      if (child.pid === undefined)
        done({ kind: "notStarted", message: `${options.command}: ${error.message}` });
    });
    child.once("exit", (status, signal) => {
      if (tooLarge) done({ kind: "memory" });
      else if (signal !== null) done({ kind: "killed", signal });
      else done({ kind: "exited", status: status ?? 1 });
    });
  });
  // A pipe breaks when the program dies while we write; `exited` tells that better.
  child.stdin.on("error", () => {});
  let tail = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    tail = (tail + text).slice(-STDERR_TAIL);
  });
  if (options.signal?.aborted) kill();
  return {
    pid: child.pid,
    stdin: child.stdin,
    stdout: child.stdout,
    scratch,
    exited,
    stderrTail: () => tail,
    kill,
    end: (graceMs) => end(child, exited, kill, graceMs),
    hold: (keep) => hold(child, keep),
  };
}

async function end(
  child: ChildProcess,
  exited: Promise<Exit>,
  kill: () => void,
  graceMs: number,
): Promise<Exit> {
  if (child.pid !== undefined) killGroup(child.pid, "SIGTERM");
  const timer = setTimeout(kill, graceMs);
  try {
    return await exited;
  } finally {
    clearTimeout(timer);
  }
}

function hold(child: ChildProcess, keep: boolean): void {
  const handles: readonly { ref?(): unknown; unref?(): unknown }[] = [
    child,
    child.stdin as object,
    child.stdout as object,
    child.stderr as object,
  ];
  for (const handle of handles) keep ? handle.ref?.() : handle.unref?.();
}
