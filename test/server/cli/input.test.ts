import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LARGEST_INPUT, readInput } from "../../../server/cli/input.ts";
import { canDropRights, withoutRights } from "./rights.ts";

const folder = mkdtempSync(join(tmpdir(), "touchstone-input-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function messageFor(path: string): Promise<string> {
  const result = await readInput(path);
  return result.kind === "error" ? result.message.replace(folder, "") : "no error";
}

describe("an input that is no C source is named with what to do", () => {
  it("missing", async () => {
    expect(await messageFor(join(folder, "none.c"))).toBe(
      "/none.c:1:1: there is no such file; check the name and the current directory",
    );
  });

  it("a directory", async () => {
    expect(await messageFor(folder)).toContain(":1:1: this is a directory; name its files");
  });

  it("binary", async () => {
    expect(await messageFor(file("a.o", Buffer.from([0x7f, 0x45, 0, 1])))).toBe(
      "/a.o:1:1: this is a binary file (byte 3 is zero); a C source file is needed",
    );
  });

  it("10 MB", async () => {
    const path = file("big.c", "int x;\n");
    truncateSync(path, 10_000_000);
    expect(await messageFor(path)).toMatch(/^\/big\.c:1:1: the input is larger than the 4 MB that are read/);
  });

  it("endless", async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(LARGEST_INPUT / 4, 32);
    }
    expect(await readInput("-", endless())).toMatchObject({
      kind: "error",
      message: expect.stringMatching(/^-:1:1: .*larger/),
    });
  });

  it.skipIf(!canDropRights())("without permission to read it", () => {
    const path = file("secret.c", "int x;\n");
    chmodSync(path, 0o000);
    chmodSync(folder, 0o755);
    const script = `const { readInput } = await import(${JSON.stringify(new URL("../../../server/cli/input.ts", import.meta.url).href)});
      console.log((await readInput(${JSON.stringify(path)})).message);`;
    const [command, ...args] = withoutRights(process.execPath, "--input-type=module", "-e", script);
    expect(execFileSync(command!, args, { encoding: "utf8" })).toContain(
      "secret.c:1:1: no permission to read it",
    );
  });
});

describe("a text is read so that it can be given back byte for byte", () => {
  it.each([
    ["UTF-8 with a byte order mark and mixed line endings", Buffer.from("\uFEFFint é;\r\nint y;\n"), "utf8"],
    ["Latin-1", Buffer.from([0x2f, 0x2f, 0xe9, 0x80, 0x0a]), "latin1"],
    ["without a newline at its end", Buffer.from("int x;"), "utf8"],
    ["empty", Buffer.alloc(0), "utf8"],
  ])("%s", async (name, bytes, encoding) => {
    const read = await readInput(file(`${name}.c`, bytes));
    if (read.kind === "error") throw new Error(read.message);
    expect(read.input.encoding).toBe(encoding);
    expect(Buffer.from(read.input.document.text, read.input.encoding)).toEqual(bytes);
  });

  it("standard input", async () => {
    async function* chunks() {
      yield Buffer.from([0xc3]);
      yield Buffer.from([0xa9]);
    }
    expect(await readInput("-", chunks())).toMatchObject({
      kind: "read",
      input: { document: { file: "-", text: "é" } },
    });
  });
});
