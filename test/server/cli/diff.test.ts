import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unifiedDiff } from "../../../server/cli/diff.ts";
import type { Edit } from "../../../server/engine/verified.ts";
import { applyEdit } from "../../../server/tasks/invariants/edit.ts";

const insert = (...all: readonly [number, string][]): Edit => ({
  insertions: all.map(([offset, text]) => ({ offset, end: offset, text })),
});

describe("a unified diff", () => {
  const text = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n";

  it("shows lines that are added, with three lines around them", () => {
    expect(unifiedDiff("src/a.c", text, insert([text.indexOf("five"), "NEW\n"]))).toBe(
      "--- a/src/a.c\n+++ b/src/a.c\n@@ -2,6 +2,7 @@\n two\n three\n four\n+NEW\n five\n six\n seven\n",
    );
  });

  it("shows a line that is changed as removed and added", () => {
    expect(unifiedDiff("a.c", "one\ntwo\n", insert([1, "X"]))).toBe(
      "--- a/a.c\n+++ b/a.c\n@@ -1,2 +1,2 @@\n-one\n+oXne\n two\n",
    );
  });

  it("counts what earlier hunks added", () => {
    const diff = unifiedDiff("a.c", text, insert([0, "A\nB\n"], [text.length, "Z\n"]));
    expect(diff).toContain("@@ -1,3 +1,5 @@\n");
    expect(diff).toContain("@@ -8,3 +10,4 @@\n");
  });

  it("says where a newline is missing", () => {
    expect(unifiedDiff("a.c", "one", insert([0, "zero\n"]))).toContain(
      "+zero\n one\n\\ No newline at end of file\n",
    );
  });

  it("is empty for an empty edit, and names no absolute path", () => {
    expect(unifiedDiff("a.c", text, insert())).toBe("");
    expect(unifiedDiff("/x/./a.c", text, insert([0, "A\n"]))).toContain("--- a/x/./a.c\n");
    expect(unifiedDiff("-", text, insert([0, "A\n"]))).toContain("--- a/stdin\n");
  });
});

/** The program whose input a diff is; it is part of every git. */
function gitApply(before: string, diff: string): string {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-diff-"));
  try {
    writeFileSync(join(folder, "a.c"), before);
    execFileSync("git", ["apply", "--whitespace=nowarn", "-"], {
      cwd: folder,
      input: diff,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: folder },
    });
    return readFileSync(join(folder, "a.c"), "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it("whatever is inserted, git makes of the diff what the edit makes", () => {
  const line = fc.constantFrom("", "a", "  b", "{", "\tc;");
  const eol = fc.constantFrom("\n", "\n", "\r\n");
  const body = fc
    .array(fc.tuple(line, eol), { minLength: 1, maxLength: 30 })
    .map((lines) => lines.map((one) => one.join("")).join(""));
  const insertions = fc.array(
    fc.tuple(fc.nat(), fc.constantFrom("x", "y\n", "\nz", "p\nq\n", "/*@ l;\n  @*/\n  ")),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(body, insertions, fc.boolean(), (text, wanted, last) => {
      const before = last ? text : `${text}end`;
      const places = new Map(wanted.map(([at, added]) => [at % (before.length + 1), added]));
      const edit = insert(...[...places].sort((a, b) => a[0] - b[0]));
      expect(gitApply(before, unifiedDiff("a.c", before, edit))).toBe(applyEdit(before, edit));
    }),
    { numRuns: 60, seed: 5 },
  );
});
