import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sandboxArguments } from "../../../provers/process/sandbox.ts";
import { fixture } from "../processes.ts";

describe("a sandboxed Node program", () => {
  const outside = mkdtempSync(join(tmpdir(), "touchstone-test-"));
  const program = fixture("programs/tries-everything.cjs");
  writeFileSync(join(outside, "secret"), "secret");
  afterAll(() => rmSync(outside, { recursive: true }));

  function managed(flags: readonly string[], file = program): string[] {
    const run = spawnSync(process.execPath, [...flags, file, outside, outside], { encoding: "utf8" });
    return JSON.parse(run.stdout);
  }

  it("can do all that without the sandbox", () => {
    const free = managed([]);
    for (const deed of ["write", "read", "spawn", "connect", "listen", "datagram", "resolve", "freeWorker"]) {
      expect(free).toContain(deed);
    }
    rmSync(join(outside, "written"));
  });

  it.each([false, true])(
    "cannot write, reach the network, start programs or escape (workers: %s)",
    (workers) => {
      const flags = sandboxArguments({ read: [dirname(program)], workers, heapMegabytes: 64 });
      expect(managed(flags)).toEqual([]);
      expect(existsSync(join(outside, "written"))).toBe(false);
    },
  );

  it("cannot get out through a worker either", () => {
    const flags = sandboxArguments({ read: [dirname(program)], workers: true, heapMegabytes: 64 });
    expect(managed(flags, fixture("programs/tries-everything-in-a-worker.cjs"))).toEqual([]);
  });
});
