import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readOutline } from "../../grammars/coq/outline.ts";
import { nativeCoq } from "../provers/coq/available.ts";

const folder = fileURLToPath(new URL("../../examples/coq", import.meta.url));
const expected: Record<string, Record<string, string>> = JSON.parse(
  readFileSync(join(folder, "expected.json"), "utf8"),
);

test("every file is listed with its holes, and nothing else is", () => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".v"));
  expect(Object.keys(expected)).toEqual(files.sort());
  for (const file of files) {
    const { holes, rest } = readOutline(readFileSync(join(folder, file), "utf8"));
    expect(rest).toBeNull();
    expect([file, [...new Set(holes.map(({ theorem }) => theorem.name))]]).toEqual([
      file,
      Object.keys(expected[file]!),
    ]);
  }
});

test.skipIf(nativeCoq === null)("every file compiles as it stands", { timeout: 120_000 }, () => {
  const out = mkdtempSync(join(tmpdir(), "touchstone-examples-"));
  try {
    for (const file of Object.keys(expected))
      execFileSync(nativeCoq!.coqc, ["-q", "-o", join(out, `${file}o`), join(folder, file)], {
        stdio: "pipe",
      });
  } finally {
    rmSync(out, { recursive: true });
    for (const left of readdirSync(folder).filter((name) => /\.(?:glob|vok|vos|aux)$/.test(name)))
      rmSync(join(folder, left));
  }
});

const nightly = process.env.TOUCHSTONE_NIGHTLY !== undefined && nativeCoq !== null;

if (nightly)
  describe("touchstone fill, a minute a theorem", () => {
    test.each(Object.keys(expected))("%s comes out as expected", { timeout: 600_000 }, async (file) => {
      const main = fileURLToPath(new URL("../../server/cli/main.ts", import.meta.url));
      const args = [main, "fill", join(folder, file), "--json", "--model", "none", "--timeout", "60s"];
      const printed = await new Promise<string>((resolve) => {
        execFile(process.execPath, args, (_, stdout) => resolve(stdout));
      });
      const lines = printed.trim().split("\n");
      const statuses = Object.fromEntries(
        lines.map((line) => JSON.parse(line)).map(({ group, status }) => [group, status]),
      );
      expect(statuses).toEqual(expected[file]);
    });
  });
