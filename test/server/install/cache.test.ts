import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cacheDirectory, cacheSize, clearCache } from "../../../server/install/cache.ts";
import { sha256File } from "../../../server/install/digest.ts";

describe("the cache directory", () => {
  it("is where the user or the platform says", () => {
    expect(cacheDirectory({ TOUCHSTONE_CACHE: "/big/disk", XDG_CACHE_HOME: "/x" }, "linux")).toBe(
      "/big/disk",
    );
    expect(cacheDirectory({ XDG_CACHE_HOME: "/x" }, "linux")).toBe(join("/x", "touchstone"));
    expect(cacheDirectory({}, "linux")).toBe(join(homedir(), ".cache", "touchstone"));
    expect(cacheDirectory({}, "darwin")).toBe(join(homedir(), "Library", "Caches", "touchstone"));
    expect(cacheDirectory({ LOCALAPPDATA: "/local" }, "win32")).toBe(join("/local", "touchstone", "cache"));
  });
});

describe("the cache", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "touchstone-test-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("is measured and cleared", async () => {
    mkdirSync(join(directory, "provers", "z3"), { recursive: true });
    writeFileSync(join(directory, "provers", "z3", "z3"), "12345");
    writeFileSync(join(directory, "model"), "123");
    expect(await cacheSize(directory)).toBe(8);
    expect(await clearCache(directory)).toBe(8);
    expect(await cacheSize(directory)).toBe(0);
    expect(existsSync(directory)).toBe(true);
  });

  it("need not exist", async () => {
    expect(await cacheSize(join(directory, "none"))).toBe(0);
    expect(await clearCache(join(directory, "none"))).toBe(0);
  });

  it("has files that are known by their hash", async () => {
    writeFileSync(join(directory, "abc"), "abc");
    // FIPS 180-2, appendix B.1.
    expect(await sha256File(join(directory, "abc"))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    await expect(sha256File(join(directory, "abc"), AbortSignal.abort())).rejects.toThrow("abort");
  });
});
