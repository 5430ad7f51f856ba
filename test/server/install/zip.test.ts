import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, expect, test } from "vitest";
import { unpackArchive, unpackMember } from "../../../server/install/zip.ts";
import { noise, zip } from "./archive.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "touchstone-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = noise(200_000);

async function unpack(archive: Buffer, member: string): Promise<Buffer> {
  const path = join(folder, "archive.zip");
  const target = join(folder, "member");
  writeFileSync(path, archive);
  await unpackMember(path, member, target);
  return readFileSync(target);
}

test.each([{ stored: true }, { stored: false }])("unpacks a file: %j", async (how) => {
  expect((await unpack(zip({ "a/b.bin": bytes, c: Buffer.from("c") }, how), "a/b.bin")).equals(bytes)).toBe(
    true,
  );
});

const python = await execa("python3", ["--version"], { reject: false });

test.skipIf(python.failed)("reads what Python writes", async () => {
  const source = join(folder, "source");
  writeFileSync(source, bytes);
  const archive = join(folder, "python.zip");
  const script =
    "import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)\nz.write(sys.argv[2],'deep/name')\nz.comment=b'with a comment'\nz.close()";
  await execa("python3", ["-c", script, archive, source]);
  expect((await unpack(readFileSync(archive), "deep/name")).equals(bytes)).toBe(true);
});

test("a member that is not there", async () => {
  await expect(unpack(zip({ a: bytes }), "b")).rejects.toThrow("has no file b");
});

test.each<[string, Buffer]>([
  ["is empty", Buffer.alloc(0)],
  ["is no archive", noise(1000)],
  ["is cut off in front", zip({ a: bytes }).subarray(100)],
  ["is cut off at the end", zip({ a: bytes }).subarray(0, -30)],
])("an archive that %s", async (_, archive) => {
  await expect(unpack(archive, "a")).rejects.toMatchObject({ name: "ZipError" });
});

test("a member larger than the archive says is not unpacked to its end", async () => {
  const archive = zip({ a: Buffer.alloc(1_000_000) });
  const directory = archive.lastIndexOf(Buffer.from("PK\x01\x02"));
  archive.writeUInt32LE(1000, directory + 24);
  await expect(unpack(archive, "a")).rejects.toThrow("longer than the archive says");
});

test("an abort stops it", async () => {
  const path = join(folder, "archive.zip");
  writeFileSync(path, zip({ a: bytes }));
  await expect(unpackMember(path, "a", join(folder, "member"), AbortSignal.abort())).rejects.toThrow(
    /abort/i,
  );
});

test("unpacks every file with its folders, and nothing outside", async () => {
  const archive = join(folder, "all.zip");
  writeFileSync(archive, zip({ "a/b/c.bin": bytes, d: Buffer.from("d") }, { stored: false }));
  await unpackArchive(archive, join(folder, "all"));
  expect(readFileSync(join(folder, "all", "a", "b", "c.bin")).equals(bytes)).toBe(true);
  expect(readFileSync(join(folder, "all", "d"), "utf8")).toBe("d");
  writeFileSync(archive, zip({ "../outside": Buffer.from("x") }, { stored: true }));
  await expect(unpackArchive(archive, join(folder, "all"))).rejects.toThrow("../outside");
  expect(existsSync(join(folder, "outside"))).toBe(false);
});
