import { describe, expect, test } from "vitest";
import { cell, code, counterexampleMarkdown } from "../../../server/lsp/table.ts";

const counterexample = (rows: number) => ({
  replayed: true,
  violated: "assertion 'x < 3'",
  span: { start: 0, end: 1, line: 1, column: 1 },
  inputs: [{ what: "unknown() at line 2", value: "1" }],
  states: Array.from({ length: rows }, (_, i) => ({
    where: `loop at line 2, after ${i} iterations`,
    line: 2,
    values: { x: String(i), n: "7" },
  })),
});

describe("a counterexample in a hover", () => {
  test("is a table with a row a state, what changed in bold, and the inputs below", () => {
    expect(counterexampleMarkdown(counterexample(2)).split("\n")).toEqual([
      "| | x | n |",
      "|:--|--:|--:|",
      "| loop at line 2, after 0 iterations | 0 | 7 |",
      "| loop at line 2, after 1 iterations | **1** | 7 |",
      "",
      "with unknown\\(\\) at line 2 = 1",
    ]);
  });

  test("of a long run has its ends", () => {
    const lines = counterexampleMarkdown(counterexample(40)).split("\n");
    expect(lines).toHaveLength(2 + 6 + 1 + 6 + 2);
    expect(lines[8]).toContain("28 more");
  });

  test("cannot be left by a name of the program", () => {
    expect(cell("a|b\n# <b>`*_")).toBe("a\\|b \\# \\<b\\>\\`\\*\\_");
    expect(code("a`b")).toBe("`` a`b ``");
  });
});
