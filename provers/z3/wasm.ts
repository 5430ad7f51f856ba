import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SmtSolver } from "../../server/engine/solver.ts";
import { startChild } from "../process/child.ts";
import { sandboxArguments } from "../process/sandbox.ts";
import type { SmtProgram } from "../smtlib/program.ts";
import { smtSolver } from "../smtlib/session.ts";
import { DEFAULT_MEGABYTES, z3Program } from "./program.ts";

const host = fileURLToPath(new URL("./wasm-host.cjs", import.meta.url));

/** Where the npm package z3-solver keeps its build, and its version. */
export function wasmZ3Build(): { readonly directory: string; readonly version: string } {
  const directory = dirname(createRequire(import.meta.url).resolve("z3-solver"));
  const { version } = JSON.parse(readFileSync(join(directory, "..", "package.json"), "utf8"));
  return { directory, version };
}

/**
 * The Z3 that comes with us: WebAssembly in a sandboxed Node child. It has 2 GB of memory at most; `megabytes` may lower that.
 * About 130 ms to the first answer, then some 0.3 ms a small query more than the native build.
 */
export function wasmZ3(megabytes: number = DEFAULT_MEGABYTES): SmtSolver {
  return smtSolver(wasmZ3Program(megabytes));
}

export function wasmZ3Program(megabytes: number = DEFAULT_MEGABYTES): SmtProgram {
  const { directory, version } = wasmZ3Build();
  const args = [
    // The functions of a 35 MB module are validated when they are first called: 50 ms less to the first answer.
    "--wasm-lazy-validation",
    ...sandboxArguments({ read: [directory, dirname(host)], workers: true, heapMegabytes: 256 }),
    host,
    directory,
    String(Math.min(megabytes, 2000)),
  ];
  return {
    ...z3Program(`z3 ${version} (wasm)`),
    launch: () =>
      startChild({ command: process.execPath, args, memory: { megabytes: megabytes + 600, of: "resident" } }),
  };
}
