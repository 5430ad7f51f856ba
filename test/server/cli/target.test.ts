import { describe, expect, it } from "vitest";
import { parseTarget, targetsByFile } from "../../../server/cli/target.ts";

describe("a target", () => {
  it.each([
    ["a.c", "a.c", null],
    ["a.c:12", "a.c", 12],
    ["a.c:12:3", "a.c", 12],
    ["C:\\src\\a.c:7", "C:\\src\\a.c", 7],
    ["C:\\src\\a.c", "C:\\src\\a.c", null],
    ["-", "-", null],
    ["-:4", "-", 4],
  ])("%s", (text, file, line) => {
    expect(parseTarget(text)).toEqual({ file, line });
  });

  it("has a name and counts lines from 1", () => {
    expect([parseTarget(""), parseTarget("a.c:0")]).toEqual([null, null]);
  });
});

it("files keep their order, and one that is named without a line is wanted whole", () => {
  const targets = ["b.c:3", "a.c:1", "b.c:9", "a.c"].map((text) => parseTarget(text)!);
  expect([...targetsByFile(targets)]).toEqual([
    ["b.c", [3, 9]],
    ["a.c", "all"],
  ]);
});
