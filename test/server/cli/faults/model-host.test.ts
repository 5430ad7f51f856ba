import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { pulledPath } from "../../../../server/install/models.ts";
import { defaultModel } from "../../../../server/models/registry.ts";
import { Running, workplace } from "./spawned.ts";

const pulled = process.platform === "linux" && (await pulledPath(defaultModel, process.env)) !== null;
const skipped = pulled ? "" : " (skipped: the default model has not been pulled)";

/** The process below `pid` whose command line names the model host. */
function hostOf(pid: number): number | null {
  const listed = spawnSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).stdout.split("\n");
  const rows = listed.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)).filter((row) => row !== null);
  const below = new Set([pid]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [, child, parent] of rows) {
      if (!below.has(Number(parent)) || below.has(Number(child))) continue;
      below.add(Number(child));
      grew = true;
    }
  }
  const host = rows.find(([, child, , args]) => below.has(Number(child)) && /llama[\\/]host/.test(args!));
  return host ? Number(host[1]) : null;
}

describe(`the model's host is killed${skipped}`, () => {
  it.skipIf(!pulled)("one line says so, and the command ends by itself", { timeout: 120_000 }, async () => {
    const place = workplace();
    const options = ["--json", "--only", "model", "--timeout", "60s", "--model", defaultModel.name];
    const running = new Running(place.folder, ["suggest", ...options, "count.c"]).input("");
    let killed = 0;
    try {
      // A host that dies while it loads is started once more, without a GPU: that one is killed too.
      while (running.child.exitCode === null) {
        await sleep(50);
        const host = hostOf(running.child.pid!);
        if (host === null) continue;
        try {
          process.kill(host, "SIGKILL");
          killed++;
        } catch {
          // It has just ended by itself.
        }
      }
      const { status, stdout, stderr } = await running.ended;
      expect(killed).toBeGreaterThan(0);
      expect(stderr).toMatch(/^note: the model host was killed \(SIGKILL\)/);
      expect(status).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({ status: "unknown", answer: null });
    } finally {
      running.child.kill("SIGKILL");
      place.remove();
    }
  });
});
