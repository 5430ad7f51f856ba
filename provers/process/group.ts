import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";

/** A child that is still running, and the directory that goes with it. */
interface Living {
  readonly pid: number;
  readonly scratch: string;
}

const living = new Set<Living>();
let watching = false;

/** Ends a whole process group. A group that is already gone is no error. */
export function killGroup(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // EPERM is what macOS answers for a group of zombies.
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

/** From now on the group dies with us, however we end. Call the result when the group is gone. */
export function dieWithUs(pid: number, scratch: string): () => void {
  watch();
  const entry = { pid, scratch };
  living.add(entry);
  return () => living.delete(entry);
}

function watch(): void {
  if (watching) return;
  watching = true;
  process.on("exit", killAll);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    const onSignal = () => {
      // Somebody else handles it: they cancel their work, and `exit` does the rest.
      if (process.listenerCount(signal) > 1) return;
      killAll();
      process.removeListener(signal, onSignal);
      process.kill(process.pid, signal);
    };
    process.on(signal, onSignal);
  }
}

function killAll(): void {
  for (const { pid, scratch } of living) {
    killGroup(pid, "SIGKILL");
    rmSync(scratch, { recursive: true, force: true });
  }
  living.clear();
}
