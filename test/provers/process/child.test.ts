import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Child, type ChildOptions, startChild } from "../../../provers/process/child.ts";
import { findProgram } from "../../../provers/process/find.ts";
import { fixture, goneOf, isRunning } from "../processes.ts";

const memory = { megabytes: 1000, of: "resident" } as const;

function start(name: string, options: Partial<ChildOptions> = {}): Child {
  return startChild({ command: process.execPath, args: [fixture(name)], memory, ...options });
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  const [chunk] = await once(stream, "data");
  return String(chunk).trim();
}

afterEach(() => vi.unstubAllEnvs());

describe("a child", () => {
  it("knows no secrets, and works in a scratch directory that goes with it", async () => {
    vi.stubEnv("OPENAI_API_KEY", "sk-0123456789");
    vi.stubEnv("GITHUB_TOKEN", "0123456789");
    vi.stubEnv("HOME_SECRET", "0123456789");
    const child = start("programs/prints-environment.cjs", { env: { EXTRA: "1" } });
    const { names, directory } = JSON.parse(await text(child.stdout));
    expect(await child.exited).toEqual({ kind: "exited", status: 0 });
    const allowed = ["PATH", "HOME", "LANG", "TMPDIR", "EXTRA", "SystemRoot", "TEMP", "USERPROFILE"];
    expect(names.filter((name: string) => !allowed.includes(name) && !/^__/.test(name))).toEqual([]);
    expect(names).toContain("EXTRA");
    expect(directory).toContain("touchstone-");
    expect(existsSync(directory)).toBe(false);
  });

  it("is ended with all that it started", async () => {
    const child = start("programs/has-a-child.cjs");
    const [pid, grandchild] = (await firstLine(child.stdout)).split(" ").map(Number);
    expect(pid).toBe(child.pid);
    child.kill();
    expect(await child.exited).toEqual({ kind: "killed", signal: "SIGKILL" });
    expect(await goneOf(grandchild!)).toBe(true);
  });

  it("that ends by itself leaves nothing behind", async () => {
    const child = start("programs/has-a-child.cjs");
    const [, grandchild] = (await firstLine(child.stdout)).split(" ").map(Number);
    expect(isRunning(grandchild!)).toBe(true);
    child.stdin.write("end\n");
    expect(await child.exited).toEqual({ kind: "exited", status: 0 });
    expect(await goneOf(grandchild!)).toBe(true);
  });

  it("is asked to end before it is killed", async () => {
    const obliging = start("programs/has-a-child.cjs");
    await firstLine(obliging.stdout);
    expect(await obliging.end(10_000)).toEqual({ kind: "killed", signal: "SIGTERM" });
    const stubborn = start("solvers/never-answers.cjs");
    stubborn.stdin.write('(echo "ready")\n');
    await firstLine(stubborn.stdout);
    expect(await stubborn.end(50)).toEqual({ kind: "killed", signal: "SIGKILL" });
  });

  it("ends with its signal, also one that aborted before", async () => {
    const cancel = new AbortController();
    const child = start("solvers/never-answers.cjs", { signal: cancel.signal });
    cancel.abort();
    expect(await child.exited).toEqual({ kind: "killed", signal: "SIGKILL" });
    const late = start("solvers/never-answers.cjs", { signal: AbortSignal.abort() });
    expect(await late.exited).toEqual({ kind: "killed", signal: "SIGKILL" });
  });

  it.skipIf(process.platform !== "linux")("is killed when it holds too much memory", async () => {
    const child = start("solvers/wants-all-memory.cjs", { memory: { megabytes: 150, of: "resident" } });
    child.stdin.write("(check-sat)\n");
    expect(await child.exited).toEqual({ kind: "memory" });
  });

  it.skipIf(process.platform === "win32" || findProgram("python3") === null)(
    "is refused address space beyond its limit (needs python3)",
    async () => {
      const limited = (megabytes: number) =>
        startChild({
          command: findProgram("python3")!,
          args: ["-c", "x = bytearray(300 << 20); print(len(x) >> 20)"],
          memory: { megabytes, of: "address-space" },
        });
      const enough = limited(2000);
      expect((await text(enough.stdout)).trim()).toBe("300");
      const little = limited(200);
      expect(await little.exited).toEqual({ kind: "exited", status: 1 });
      expect(little.stderrTail()).toContain("MemoryError");
    },
  );

  it("that does not exist says so", async () => {
    const child = startChild({ command: "/no/such/program", args: [], memory });
    const exit = await child.exited;
    const words = exit.kind === "notStarted" ? exit.message : child.stderrTail();
    expect(exit.kind === "exited" ? exit.status : "notStarted").not.toBe(0);
    expect(words).toContain("/no/such/program");
  });

  it("may not be given a secret by name", () => {
    expect(() => start("programs/prints-environment.cjs", { env: { MY_TOKEN: "x" } })).toThrow("MY_TOKEN");
  });
});

describe.skipIf(process.platform === "win32")("when our own process ends", () => {
  const ways = ["exit", "throw", "interrupt", "terminate"];
  // Nobody can act on SIGKILL: there the kernel does it, through util-linux's setpriv.
  if (findProgram("setpriv") !== null) ways.push("kill");
  it.each(ways)("by %s, its children are gone", async (way) => {
    const parent = spawn(process.execPath, [fixture("programs/starts-a-solver.ts"), way], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const ended = once(parent, "exit");
    const [pid, scratch] = (await firstLine(parent.stdout)).split(" ");
    await ended;
    expect(await goneOf(Number(pid))).toBe(true);
    // After SIGKILL nobody is left to tidy up.
    if (way === "kill") rmSync(scratch!, { recursive: true });
    else expect(existsSync(scratch!)).toBe(false);
  });
});
