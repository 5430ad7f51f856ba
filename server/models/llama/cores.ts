import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/**
 * Threads for a model: one core is left to the solver that checks what it says. llama.cpp's threads spin while they wait for the
 * slowest of them, so a thread that has to share its core slows all of them: measured on two cores with SmolLM2-135M, two
 * threads make 39 tokens a second alone and 6 to 17 beside one busy process; one thread makes 60, and 35 to 56.
 */
export function modelThreads(cores: number = availableCores()): number {
  return Math.max(1, cores - 1);
}

/** Cores that this process may really use: what the scheduler allows, and no more than the control group's quota. */
export function availableCores(): number {
  const quotas = quotaFiles().map(({ read }) => read());
  return Math.max(1, Math.min(availableParallelism(), ...quotas.map((quota) => Math.floor(quota) || 1)));
}

/** Cores by a cgroup v2 `cpu.max` (`QUOTA PERIOD`, microseconds, or `max`): kernel documentation, cgroup-v2, CPU interface files. */
export function coresOfCpuMax(text: string): number {
  const [quota, period = "100000"] = text.trim().split(/\s+/);
  return quota === "max" ? Number.POSITIVE_INFINITY : ratio(quota, period);
}

/** Cores by cgroup v1's `cpu.cfs_quota_us` and `cpu.cfs_period_us`; a negative quota is none. */
export function coresOfCfs(quota: string, period: string): number {
  return Number(quota) < 0 ? Number.POSITIVE_INFINITY : ratio(quota, period);
}

function ratio(quota: string | undefined, period: string): number {
  const cores = Number(quota) / Number(period);
  return Number.isFinite(cores) && cores > 0 ? cores : Number.POSITIVE_INFINITY;
}

function quotaFiles(): { read(): number }[] {
  const root = "/sys/fs/cgroup";
  const own = /^0::(\/.*)$/m.exec(readOr("/proc/self/cgroup", ""))?.[1] ?? "/";
  // A quota anywhere above binds, too.
  const parts = own.split("/").filter((part) => part !== "" && part !== "..");
  const folders = parts.map((_, i) => `${root}/${parts.slice(0, i + 1).join("/")}`);
  return [
    ...[root, ...folders].map((folder) => ({
      read: () => coresOfCpuMax(readOr(`${folder}/cpu.max`, "max")),
    })),
    {
      read: () =>
        coresOfCfs(
          readOr(`${root}/cpu/cpu.cfs_quota_us`, "-1"),
          readOr(`${root}/cpu/cpu.cfs_period_us`, "100000"),
        ),
    },
  ];
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return otherwise;
  }
}
