import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export interface Sandbox {
  /** Directories and files that the program may read. Nothing may be written. */
  readonly read: readonly string[];
  /** Threads; each is bound by the same sandbox. */
  readonly workers: boolean;
  /** Limit of the JavaScript heap. */
  readonly heapMegabytes: number;
}

const preload = fileURLToPath(new URL("./sandbox-preload.cjs", import.meta.url));

/**
 * Node's arguments for a program of ours that runs foreign code: no writing, no reading elsewhere, no programs, no add-ons
 * (permission model), no network and no escape through workers (sandbox-preload.cjs).
 */
export function sandboxArguments({ read, workers, heapMegabytes }: Sandbox): string[] {
  const readable = new Set([dirname(preload), ...read].flatMap((path) => [path, realpathSync(path)]));
  return [
    "--permission",
    ...[...readable].map((path) => `--allow-fs-read=${path}`),
    ...(workers ? ["--allow-worker"] : []),
    `--max-old-space-size=${heapMegabytes}`,
    "--disable-warning=SecurityWarning",
    "--require",
    preload,
  ];
}
