import { spawnSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canMount } from "../rights.ts";
import { COUNT, command, Running, workplace } from "./spawned.ts";

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.remove());

const suggest = (...args: string[]) => command(place.folder, ["suggest", "--model", "none", ...args]);

describe("an input that is no C source", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["empty.c", "", "empty.c:1:1: there is no function in this file"],
    ["binary.c", Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), "binary.c:1:1: this is a binary file"],
    ["large.c", `${COUNT}/* ${"x".repeat(10_000_000)} */\n`, "large.c:1:1: the input is larger than"],
    ["prose.c", "Dear Sir,\n\nplease prove this.\n", "prose.c:1:"],
    ["open.c", "int f(int n) { while (n > 0) {", "open.c:1:"],
  ])("%s", async (name, content, message) => {
    place.write(name, content);
    const { status, stdout, stderr } = await suggest(name);
    expect(status).toBe(2);
    expect(stdout + stderr).toContain(message);
    expect(stderr).not.toContain("internal error");
  });

  it.each([
    ["suggest", "proof.lean", "'touchstone fill' looks for the proofs"],
    ["verify", "proof.v", "'touchstone fill' looks for the proofs"],
    ["verify", "problem.sl", "'touchstone suggest' looks for one"],
    ["fill", "count.c", "'touchstone suggest' looks for loop invariants"],
  ])("that %s does not read: %s", async (name, file, message) => {
    if (file !== "count.c") place.write(file, "(check-synth)\n");
    const { status, stderr } = await command(place.folder, [name, file]);
    expect(status).toBe(2);
    expect(stderr).toContain(`${file}:1:1: `);
    expect(stderr).toContain(message);
  });

  it("a directory, and a file that is not there", async () => {
    mkdirSync(place.path("folder.c"));
    expect(await suggest("folder.c")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("folder.c:1:1: this is a directory"),
    });
    expect(await suggest("none.c")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("none.c:1:1: there is no such file"),
    });
  });

  it("one of several does not spoil the others", async () => {
    const { status, stdout, stderr } = await suggest("none.c", "count.c");
    expect(status).toBe(2);
    expect(stderr).toContain("none.c:1:1");
    expect(stdout).toContain("count.c:2: f: proved");
  });
});

describe("standard input", () => {
  it("is read as `-`, and its answer says so", async () => {
    const running = new Running(place.folder, ["suggest", "--model", "none", "--json", "-"]).input(COUNT);
    const { status, stdout, stderr } = await running.ended;
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ file: "-", line: 4, group: "f", status: "proved" });
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  });

  it("cannot be written back", async () => {
    const { status, stderr } = await suggest("--write", "-");
    expect([status, stderr]).toEqual([2, "error: --write cannot change standard input; use --diff\n"]);
  });
});

describe("--events", () => {
  it("records every step as a line of JSON, the last one `finished`", async () => {
    expect((await suggest("--events", "events.jsonl", "count.c")).status).toBe(0);
    const events = place
      .read("events.jsonl")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ type: "started", group: "f", loops: [4] });
    expect(events.at(-1)).toMatchObject({ type: "finished", outcome: { kind: "proved" } });
  });

  it("in a folder that is not there is a mistake, told before any work", async () => {
    const { status, stdout, stderr } = await suggest("--events", "nowhere/events.jsonl", "count.c");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("nowhere/events.jsonl: not written");
  });
});

const mounts = canMount(workplaceForProbe());
function workplaceForProbe(): string {
  const probe = workplace();
  process.once("exit", probe.remove);
  return probe.folder;
}

describe("--write", () => {
  it("changes the file, and nothing of it but the insertion", async () => {
    place.write("crlf.c", COUNT.replaceAll("\n", "\r\n"));
    expect((await suggest("--write", "crlf.c")).status).toBe(0);
    const text = place.read("crlf.c");
    expect(text).toContain("loop invariant i <= n;");
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const without = text.replace(/ *\/\*@ loop[\s\S]*?\*\/\r\n/, "");
    expect(without).toBe(COUNT.replaceAll("\n", "\r\n"));
    // What was written holds as it stands, and a second run adds nothing.
    expect((await command(place.folder, ["verify", "crlf.c"])).status).toBe(0);
    expect((await suggest("--write", "crlf.c")).status).toBe(0);
    expect(place.read("crlf.c")).toBe(text);
  });

  const skipped = mounts ? "" : " (skipped: no file system can be mounted here)";
  const mount = (options: string) =>
    spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", place.path("disk")]);
  const onDisk = async (prepare: () => void) => {
    mkdirSync(place.path("disk"));
    mount("size=16k");
    try {
      place.write("disk/count.c", COUNT);
      prepare();
      const ended = await suggest("--write", "disk/count.c");
      expect(place.read("disk/count.c")).toBe(COUNT);
      return ended;
    } finally {
      spawnSync("umount", [place.path("disk")]);
    }
  };

  it.skipIf(!mounts)(`on a full disk leaves the file as it was${skipped}`, async () => {
    const { status, stderr } = await onDisk(() => {
      try {
        place.write("disk/full", new Uint8Array(20_000));
      } catch {
        expect(statSync(place.path("disk/full")).size).toBeGreaterThan(0);
      }
    });
    expect(status).toBe(2);
    expect(stderr).toContain("disk/count.c:1:1: not written, nothing was changed: the disk is full");
  });

  it.skipIf(!mounts)(`without permission says what else can be done${skipped}`, async () => {
    const { status, stdout, stderr } = await onDisk(() => {
      spawnSync("mount", ["-o", "remount,ro", place.path("disk")]);
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/disk\/count\.c:1:1: not written, nothing was changed: .*use --diff/);
    expect(stdout).toContain("proved");
  });
});
