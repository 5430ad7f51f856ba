import { readdirSync, readFileSync } from "node:fs";

/** A running process as /proc tells of it. */
export interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All processes that a process started, directly or not. Linux only: it reads /proc. */
export function descendants(root: number): Running[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => read(Number(name)))
    .filter((one) => one !== null);
  const found: Running[] = [];
  let parents = new Set([root]);
  while (parents.size > 0) {
    const children = all.filter(({ parent }) => parents.has(parent));
    found.push(...children);
    parents = new Set(children.map(({ pid }) => pid));
  }
  return found;
}

/** The solvers below a process, native or in WebAssembly. */
export function solvers(root: number): Running[] {
  return descendants(root).filter(({ command }) => /(?:^|\/)(?:z3|cvc5)\b|wasm-host/.test(command));
}

/** Megabytes that a process holds. */
export function residentMegabytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
}

function read(pid: number): Running | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [, state, parent] = /\) (\S) (\d+) /.exec(stat)!;
    if (state === "Z" || state === "X") return null;
    return {
      pid,
      parent: Number(parent),
      command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " "),
    };
  } catch {
    return null;
  }
}
