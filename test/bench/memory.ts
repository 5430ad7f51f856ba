import { readdirSync, readFileSync } from "node:fs";

const EVERY_MS = 100;

/** Watches how much memory (resident, in MB) the processes that this one started hold together; Linux only, null elsewhere. */
export function watchMemory(): { stop(): number | null } {
  let peak = 0;
  let works = true;
  const timer = setInterval(() => {
    try {
      peak = Math.max(
        peak,
        descendants(process.pid).reduce((sum, pid) => sum + residentMegabytes(pid), 0),
      );
    } catch {
      works = false;
      clearInterval(timer);
    }
  }, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return works ? peak : null;
    },
  };
}

/** What this process itself holds, in MB. */
export function ownMegabytes(): number {
  return process.memoryUsage.rss() / 1e6;
}

function descendants(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => childrenOf(pid, task));
  return children.flatMap((child) => [child, ...safely(() => descendants(child), [])]);
}

function childrenOf(pid: number, task: string): number[] {
  const text = safely(() => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8"), "");
  return text
    .split(" ")
    .filter((word) => word.trim() !== "")
    .map(Number);
}

function residentMegabytes(pid: number): number {
  const status = safely(() => readFileSync(`/proc/${pid}/status`, "utf8"), "");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1000;
}

/** A process may end while it is looked at. */
function safely<Result>(look: () => Result, otherwise: Result): Result {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
