import { expect, test } from "vitest";
import { difference } from "../../../server/lsp/another.ts";

test.each([
  ["int a;", "int b;"],
  ["", "x"],
  ["x", ""],
  ["aaa", "aa"],
  ["same", "same"],
  ["abcabc", "abc"],
])("the difference of '%s' and '%s' makes the one of the other", (before, after) => {
  const { start, end, text } = difference(before, after);
  expect(before.slice(0, start) + text + before.slice(end)).toBe(after);
});
