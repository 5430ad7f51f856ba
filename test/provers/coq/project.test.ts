import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectArguments, readProject, unusableOption } from "../../../provers/coq/project.ts";
import { findStale, physicalPaths } from "../../../provers/coq/review/stale.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "touchstone-project-"));
  mkdirSync(join(root, "src", "deep"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const project = (text: string, file: string, name = "_CoqProject") => {
  writeFileSync(join(root, name), text);
  return readProject(join(root, file));
};

test("load paths, arguments and comments of _CoqProject, and the file's own name in it", () => {
  const read = project(
    '# a comment\n-Q src My.Lib\n-R "old dir" Old -I plugins\n-arg -w -arg "-notation-overridden"\nsrc/A.v\n-arg "-set \'X Y\'"\n',
    "src/deep/B.v",
  );
  expect(read.module).toBe("My.Lib.deep.B");
  expect(projectArguments(read)).toEqual([
    ...["-Q", join(root, "src"), "My.Lib", "-R", join(root, "old dir"), "Old", "-I", join(root, "plugins")],
    ...["-w", "-notation-overridden", "-set", "X Y"],
  ]);
});

test("options that leave proofs unchecked are no options for proofs, and say what to do", () => {
  expect(unusableOption(project("-Q . L\n-arg -vos", "A.v"))).toMatch(/^-vos in _CoqProject .* take it out/);
  expect(unusableOption(project('-arg "-w all -quick"', "A.v"))).toMatch(/-quick/);
  expect(unusableOption(project("-type-in-type", "A.v"))).toMatch(/everything can be proved/);
  const harmless = project('-arg -noglob -arg "-dump-glob x -w -all"', "A.v");
  expect(unusableOption(harmless)).toBeNull();
  expect(projectArguments(harmless)).toEqual(["-w", "-all"]);
});

test("the nearest project above the file counts, under Rocq's name, too", () => {
  expect(project("-R . Here", "src/A.v", "_RocqProject")).toMatchObject({
    directory: root,
    module: "Here.src.A",
  });
});

test("without a project a file stands alone; a name that is no identifier gets another", () => {
  expect(readProject("/nowhere/a-b.v")).toMatchObject({ file: null, loadPaths: [], module: "Scratch" });
  expect(readProject("/nowhere/Ab.v").module).toBe("Ab");
});

test("a library whose source is newer than what was compiled from it is stale", () => {
  const read = project("-Q src Lib", "src/B.v");
  expect(physicalPaths(read, "Lib.deep.A")).toEqual([join(root, "src", "deep", "A")]);
  const [source, object] = [join(root, "src", "deep", "A.v"), join(root, "src", "deep", "A.vo")];
  writeFileSync(source, "");
  writeFileSync(object, "");
  utimesSync(source, 1_000, 1_000);
  utimesSync(object, 2_000, 2_000);
  expect(findStale(read, ["Coq.Init.Prelude", "Lib.deep.A"])).toBeNull();
  utimesSync(source, 3_000, 3_000);
  expect(findStale(read, ["Coq.Init.Prelude", "Lib.deep.A"])).toBe(source);
});
