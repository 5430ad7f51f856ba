import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expandDirectories } from "../../../server/cli/project.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "project-"));
  for (const folder of ["src/deep", "node_modules/x", ".hidden", "build"])
    mkdirSync(join(root, folder), { recursive: true });
  for (const file of ["b.c", "a.c", "a.h", "src/deep/c.c", "node_modules/x/d.c", ".hidden/e.c", "build/f.c"])
    writeFileSync(join(root, file), "");
  symlinkSync(root, join(root, "src", "again"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("directories among the targets", () => {
  it("become the C files beneath them, without what is not the project's own", async () => {
    const expanded = await expandDirectories([{ file: root, line: null }]);
    expect(expanded.map(({ file }) => file.slice(root.length + 1))).toEqual(["a.c", "b.c", "src/deep/c.c"]);
    expect(expanded.every(({ found, line }) => found && line === null)).toBe(true);
  });

  it("leave files, standard input and what is not there to whoever reads them", async () => {
    const targets = [
      { file: "-", line: null },
      { file: join(root, "a.c"), line: 7 },
      { file: join(root, "nothing.c"), line: null },
    ];
    expect(await expandDirectories(targets)).toEqual(targets.map((one) => ({ ...one, found: false })));
  });
});
