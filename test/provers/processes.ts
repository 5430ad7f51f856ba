import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "../../provers/process/child.ts";
import type { SmtProgram } from "../../provers/smtlib/program.ts";

/** The path of a program under test/fixtures. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}

/** True while the process runs. One that has ended and that nobody has waited for is not running. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== "linux") return true;
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Resolves when the process is gone; the test's own limit ends the wait for one that stays. */
export async function goneOf(pid: number): Promise<true> {
  while (isRunning(pid)) await sleep(5);
  return true;
}

/** The same program, and every process that it started. */
export function observed<Program extends Pick<SmtProgram, "launch">>(
  program: Program,
): Program & { started: Child[] } {
  const started: Child[] = [];
  const launch = () => {
    const child = program.launch();
    started.push(child);
    return child;
  };
  return { ...program, launch, started };
}

/** A misbehaving solver from test/fixtures/solvers, with a record of its processes. */
export function misbehaving(name: string, megabytes = 500) {
  return observed({
    name,
    family: "fixture",
    preamble: "",
    limit: () => "",
    launch: () =>
      startChild({
        command: process.execPath,
        args: [fixture(`solvers/${name}.cjs`)],
        memory: { megabytes, of: "resident" },
      }),
  });
}
