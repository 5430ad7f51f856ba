import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findZ3 } from "../../../../provers/z3/find.ts";
import { fixture } from "../../../provers/processes.ts";

const MAIN = join(import.meta.dirname, "../../../../server/cli/main.ts");

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A function that is proved in a moment. */
export const COUNT = `/*@ requires n >= 0; ensures \\result == n; */
int f(int n) {
  int i = 0;
  while (i < n)
    i++;
  return i;
}
`;

/** A function on which a search spends all the time it is given. */
export const HARD = `int f(int a, int b, int c, int d) {
  int x = a, y = b, z = c, w = d;
  while (x * y != z * w + 7) {
    x = x * y - z; y = y * y + w; z = z + x * 3; w = w * w - y;
  }
  //@ assert x * x * x + y * y * y != 42 * z;
  return x;
}
`;

/** A folder with a copy of `count.c` and `hard.c` for one test; `remove` it at the end. */
export function workplace() {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-cli-"));
  writeFileSync(join(folder, "count.c"), COUNT);
  writeFileSync(join(folder, "hard.c"), HARD);
  return {
    folder,
    path: (name: string) => join(folder, name),
    write: (name: string, text: string | Uint8Array) => writeFileSync(join(folder, name), text),
    read: (name: string) => readFileSync(join(folder, name), "utf8"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A command that runs, as a person would start it. */
export class Running {
  readonly child: ChildProcess;
  stdout = "";
  stderr = "";
  readonly ended: Promise<Ended>;

  constructor(folder: string, args: readonly string[], environment: Record<string, string> = {}) {
    this.child = spawn(process.execPath, [MAIN, ...args], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1", ...environment },
    });
    this.child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve) => {
      this.child.on("close", (status) => resolve({ status, stdout: this.stdout, stderr: this.stderr }));
    });
  }

  input(text: string | Uint8Array): this {
    this.child.stdin!.end(text);
    return this;
  }
}

/** Runs a command to its end with nothing on standard input. */
export function command(
  folder: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ended> {
  return new Running(folder, args, environment).input("").ended;
}

/** An executable that is Z3 until its `count`-th check; null where there is no native Z3. */
export async function faultyZ3(
  folder: string,
  fault: "killed" | "stopped" | "memory",
  count: number,
): Promise<string | null> {
  const z3 = await findZ3();
  if (z3.kind !== "found") return null;
  const path = join(folder, `z3-${fault}`);
  const words = [process.execPath, fixture("solvers/z3-until.cjs"), fault, `${count}`, z3.path];
  writeFileSync(path, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(" ")} "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
