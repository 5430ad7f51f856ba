import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { goneOf } from "../../../provers/processes.ts";
import { Running, workplace } from "./spawned.ts";

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.remove());

/** Process ids of everything that a process started. */
function descendants(pid: number): number[] {
  const listed = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).stdout;
  const pairs = listed
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found: number[] = [];
  for (const [child, parent] of pairs) if (parent === pid) found.push(child!, ...descendants(child!));
  return found;
}

const hard = (...args: string[]) =>
  new Running(place.folder, ["suggest", "--model", "none", "--timeout", "60s", ...args, "hard.c"]).input("");

describe.skipIf(process.platform === "win32")("Ctrl-C", () => {
  it.each([300, 900, 2000])(
    "after %i ms ends the command and all that it started",
    { timeout: 60_000 },
    async (ms) => {
      const running = hard("--json");
      await sleep(ms);
      const started = descendants(running.child.pid!);
      running.child.kill("SIGINT");
      const { status, stdout, stderr } = await running.ended;
      expect(stderr).not.toContain("internal error");
      // Before it listens the shell's own meaning stands.
      if (status === null) expect(running.child.signalCode).toBe("SIGINT");
      else expect(status).toBe(130);
      for (const line of stdout.split("\n"))
        if (line !== "") expect(JSON.parse(line).status).not.toBe("proved");
      for (const pid of started) expect(await goneOf(pid)).toBe(true);
    },
  );

  it("prints what was found before", { timeout: 60_000 }, async () => {
    const running = new Running(place.folder, [
      ...["suggest", "--model", "none", "--timeout", "60s", "--json", "count.c", "hard.c"],
    ]).input("");
    while (!running.stdout.includes("\n")) await sleep(20);
    running.child.kill("SIGINT");
    const { status, stdout } = await running.ended;
    expect(status).toBe(130);
    expect(JSON.parse(stdout.split("\n")[0]!)).toMatchObject({ file: "count.c", status: "proved" });
  });

  it("a reader that goes away ends it too", { timeout: 60_000 }, async () => {
    const running = new Running(place.folder, [
      ...["suggest", "--model", "none", "--timeout", "20s", "--json", "count.c", "count.c", "hard.c"],
    ]).input("");
    running.child.stdout!.destroy();
    const { status, stderr } = await running.ended;
    expect(stderr).not.toMatch(/internal error|EPIPE/);
    expect(status).toBe(141);
  });
});
