import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readInput } from "../../../server/cli/input.ts";
import { writeBack } from "../../../server/cli/write.ts";
import { canDropRights, canMount, withoutRights } from "./rights.ts";

const folder = mkdtempSync(join(tmpdir(), "touchstone-write-"));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true }));

const mountPoint = join(folder, "mount");
mkdirSync(mountPoint);
const mountable = canMount(mountPoint);

async function change(path: string, text: string) {
  const read = await readInput(path);
  if (read.kind === "error") throw new Error(read.message);
  return writeBack(read.input, text);
}

/** The same in another process, as a user whom permissions stop. */
function changeWithoutRights(path: string, text: string): { kind: string; message?: string } {
  const module = (name: string) =>
    JSON.stringify(new URL(`../../../server/cli/${name}`, import.meta.url).href);
  const script = `const { readInput } = await import(${module("input.ts")});
    const { writeBack } = await import(${module("write.ts")});
    const { input } = await readInput(${JSON.stringify(path)});
    console.log(JSON.stringify(await writeBack(input, ${JSON.stringify(text)})));`;
  const [command, ...args] = withoutRights(process.execPath, "--input-type=module", "-e", script);
  return JSON.parse(execFileSync(command!, args, { encoding: "utf8" }));
}

describe("writing a file back", () => {
  it("replaces its content, keeps its mode, and leaves nothing behind", async () => {
    const home = mkdtempSync(join(folder, "plain-"));
    const path = join(home, "a.c");
    writeFileSync(path, "old");
    chmodSync(path, 0o750);
    expect(await change(path, "new")).toEqual({ kind: "written" });
    expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777, readdirSync(home)]).toEqual([
      "new",
      0o750,
      ["a.c"],
    ]);
  });

  it("goes through a symbolic link and keeps it", async () => {
    const home = mkdtempSync(join(folder, "link-"));
    writeFileSync(join(home, "target.c"), "old");
    symlinkSync("target.c", join(home, "link.c"));
    expect(await change(join(home, "link.c"), "new")).toEqual({ kind: "written" });
    expect(lstatSync(join(home, "link.c")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(home, "target.c"), "utf8")).toBe("new");
  });

  it("writes Latin-1 back as Latin-1", async () => {
    const path = join(mkdtempSync(join(folder, "latin-")), "a.c");
    writeFileSync(path, Buffer.from([0x2f, 0x2f, 0xe9, 0x0a]));
    const read = await readInput(path);
    if (read.kind === "error") throw new Error(read.message);
    await writeBack(read.input, `${read.input.document.text}int x;\n`);
    expect(readFileSync(path)).toEqual(
      Buffer.concat([Buffer.from([0x2f, 0x2f, 0xe9, 0x0a]), Buffer.from("int x;\n")]),
    );
  });
});

describe("a file stays as it was, and the message says what to do", () => {
  it("when it was changed since it was read", async () => {
    const home = mkdtempSync(join(folder, "changed-"));
    const path = join(home, "a.c");
    writeFileSync(path, "old");
    const read = await readInput(path);
    if (read.kind === "error") throw new Error(read.message);
    writeFileSync(path, "somebody else's");
    expect(await writeBack(read.input, "new")).toMatchObject({
      kind: "error",
      message: expect.stringContaining("was changed while the proof was searched"),
    });
    expect([readFileSync(path, "utf8"), readdirSync(home)]).toEqual(["somebody else's", ["a.c"]]);
  });

  it.skipIf(!canDropRights())("when it may not be written", () => {
    const home = mkdtempSync(join(folder, "readonly-"));
    chmodSync(home, 0o777);
    const path = join(home, "a.c");
    writeFileSync(path, "old");
    chmodSync(path, 0o444);
    expect(changeWithoutRights(path, "new")).toMatchObject({
      kind: "error",
      message: expect.stringContaining("no permission to write it"),
    });
    expect([readFileSync(path, "utf8"), readdirSync(home)]).toEqual(["old", ["a.c"]]);
  });

  it.skipIf(!canDropRights())("when its folder may not be written", () => {
    const home = mkdtempSync(join(folder, "folder-"));
    const path = join(home, "a.c");
    writeFileSync(path, "old");
    chmodSync(path, 0o666);
    chmodSync(home, 0o555);
    expect(changeWithoutRights(path, "new")).toMatchObject({
      kind: "error",
      message: expect.stringContaining("nothing was changed"),
    });
    expect([readFileSync(path, "utf8"), readdirSync(home)]).toEqual(["old", ["a.c"]]);
  });

  // Needs root, for a file system of 16 kB.
  it.skipIf(!mountable)("when the disk is full", async () => {
    expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", mountPoint]).status).toBe(0);
    try {
      const path = join(mountPoint, "a.c");
      writeFileSync(path, "old");
      expect(await change(path, "x".repeat(100_000))).toMatchObject({
        kind: "error",
        message: expect.stringContaining("the disk is full"),
      });
      expect([readFileSync(path, "utf8"), readdirSync(mountPoint)]).toEqual(["old", ["a.c"]]);
    } finally {
      spawnSync("umount", [mountPoint]);
    }
  });

  it.skipIf(!mountable)("when the file system is read-only", async () => {
    expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", mountPoint]).status).toBe(0);
    try {
      const path = join(mountPoint, "a.c");
      writeFileSync(path, "old");
      spawnSync("mount", ["-o", "remount,ro", mountPoint]);
      expect(await change(path, "new")).toMatchObject({
        kind: "error",
        message: expect.stringContaining("read-only"),
      });
      expect(readFileSync(path, "utf8")).toBe("old");
    } finally {
      spawnSync("umount", [mountPoint]);
    }
  });
});
