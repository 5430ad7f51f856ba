import { expect, it } from "vitest";
import { lineAt, positionAt } from "../../../server/cli/position.ts";

it("counts lines and UTF-16 units from 0, as editors do", () => {
  const text = "a\nb😀c\r\nd";
  expect([0, 2, 5, 6, 8].map((offset) => positionAt(text, offset))).toEqual([
    { line: 0, character: 0 },
    { line: 1, character: 0 },
    { line: 1, character: 3 },
    { line: 1, character: 4 },
    { line: 2, character: 0 },
  ]);
});

it("takes an offset within CR LF as the end of the line, and a CR alone as a line ending", () => {
  expect(positionAt("ab\r\ncd", 3)).toEqual({ line: 0, character: 2 });
  expect(positionAt("ab\rcd", 4)).toEqual({ line: 1, character: 1 });
});

it("does not count a byte order mark", () => {
  expect([0, 1, 2].map((offset) => positionAt("\uFEFFab", offset).character)).toEqual([0, 0, 1]);
});

it("gives the front end's lines, from 1", () => {
  expect([0, 1, 2, 4].map((offset) => lineAt("a\nb\nc", offset))).toEqual([1, 1, 2, 3]);
});
