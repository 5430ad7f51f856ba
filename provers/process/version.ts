import { execFile } from "node:child_process";
import { childEnvironment } from "./environment.ts";

/** What a program prints when asked for its version, or null when it does not answer within 10 s. Runs without secrets. */
export function askVersion(path: string, args: readonly string[] = ["--version"]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      path,
      args,
      {
        env: childEnvironment(),
        timeout: 10_000,
        killSignal: "SIGKILL",
        maxBuffer: 1 << 16,
        windowsHide: true,
      },
      (error, stdout) => resolve(error === null ? stdout : null),
    );
  });
}

/** Compares dotted versions by their numbers: negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const left = a.split(".").map(Number);
  const right = b.split(".").map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
