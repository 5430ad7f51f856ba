import { describe, expect, it } from "vitest";
import { parseDuration, showDuration } from "../../../server/cli/duration.ts";

describe("a duration on the command line", () => {
  it.each([
    ["500ms", 500],
    ["10s", 10_000],
    ["2m", 120_000],
    ["1h", 3_600_000],
    ["1.5s", 1_500],
    ["7", 7_000],
  ])("%s", (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each(["", "0", "0s", "-1s", "10 s", "ten", "1d", "1e3", "9999999999999h"])("is not '%s'", (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

it("is shown with the digits that matter", () => {
  expect([7, 412, 12_345, 125_000].map(showDuration)).toEqual(["0.01 s", "0.41 s", "12 s", "2 min 5 s"]);
});
