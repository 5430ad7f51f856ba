import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fetchNpmPackage, npmFailure } from "../../../server/install/npm.ts";
import { sha256 } from "./archive.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "touchstone-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pinned = { name: "tiny", version: "1.0.0", sha256: sha256(Buffer.from("tiny\n")), bytes: 5 };

describe.runIf(process.platform !== "win32")("with an npm", () => {
  /** An npm that runs a script; `$4` is where the archive belongs. */
  function fetchIt(script: string) {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "npm"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, "npm"), 0o755);
    const environment = { PATH: [bin, "/usr/bin", "/bin"].join(delimiter), NPM_TOKEN: "word1234" };
    const into = join(folder, "into");
    mkdirSync(into);
    return fetchNpmPackage(pinned, { folder: into, signal: new AbortController().signal, environment });
  }

  test("the archive with the pinned hash is taken, and npm is given no key", async () => {
    const result = await fetchIt('[ -z "$NPM_TOKEN" ] && echo tiny > "$4/tiny-1.0.0.tgz"');
    expect(result).toMatchObject({ kind: "fetched", bytes: 5, sha256: pinned.sha256 });
    expect(readdirSync(join(folder, "into"))).toEqual(["archives"]);
  });

  test("another one is deleted", async () => {
    const result = await fetchIt('echo large > "$4/tiny-1.0.0.tgz"');
    expect(result).toMatchObject({ kind: "failed", reason: "hash-mismatch" });
    expect(readdirSync(join(folder, "into", "archives"))).toEqual([]);
  });

  test("a package that the registry does not have", async () => {
    const result = await fetchIt("echo 'npm error code E404' >&2; exit 1");
    expect(result).toMatchObject({ kind: "failed", reason: "not-found" });
    expect(result.kind === "failed" && result.message).toContain("tiny@1.0.0");
  });
});

test("no npm at all", async () => {
  const environment = { PATH: join(folder, "nowhere") };
  const result = await fetchNpmPackage(pinned, {
    folder,
    signal: new AbortController().signal,
    environment,
  });
  expect(result).toMatchObject({ kind: "failed", reason: "no-npm" });
});

test("what npm says of a network that is not there", () => {
  expect(npmFailure("tiny@1", "npm error code ENOTFOUND\nnpm error network x").reason).toBe("no-network");
  expect(npmFailure("tiny@1", "npm error code EWHAT\nnpm error something else").message).toContain(
    "something else",
  );
});
