import { describe, expect, it } from "vitest";
import { printInvariant } from "../../../grammars/invariant/print.ts";
import { parsePythonInvariant } from "../../../grammars/python-expression/parse.ts";

const SCOPE = new Set(["i", "n", "x", "y", "\\at(n, Pre)"]);

describe("a Python expression", () => {
  it.each([
    ["0 <= i <= n and x == y", "0 <= i <= n && x == y"],
    ["not x == y or i > old(n)", "!(x == y) || i > \\at(n, Pre)"],
    ["x < y == n", "x < y && y == n"],
    ["x % 2 == 0", "(x % 2 + 2) % 2 == 0"],
    ["True", "\\true"],
    ["(x + 1) * -y < 3", "(x + 1) * -y < 3"],
  ])("%s is the invariant %s", (text, invariant) => {
    const parsed = parsePythonInvariant(text, SCOPE);
    if (parsed.kind === "error") throw new Error(parsed.message);
    const printed = printInvariant(parsed.tree);
    expect(printed.replaceAll(/^\((.*)\)$/g, "$1")).toBe(invariant);
  });

  it.each([
    ["x ** 2 == 1", 3],
    ["x / 2 == 1", 3],
    ["x // n == 1", 3],
    ["x == 1 if y else 2", 8],
    ["f(x) == 1", 2],
    ["x.y == 1", 2],
    ["z == 1", 1],
    ["old(x) == 1", 5],
    ["x = 1", 3],
    ["x == 1  # always", 9],
    ["x + 1", 1],
    ["lambda: x", 7],
  ])("is refused, with its column: %s", (text, column) => {
    expect(parsePythonInvariant(text, SCOPE)).toMatchObject({ kind: "error", line: 1, column });
  });

  it("divides as Python does, whatever the sign", () => {
    // The translation of `x // 3` and `x % 3`, computed with C's division.
    for (let x = -10; x <= 10; x += 1) {
      const modulo = (((x % 3) + 3) % 3) + 0;
      expect(modulo).toBe(x - 3 * Math.floor(x / 3));
      expect(Math.trunc((x - modulo) / 3) + 0).toBe(Math.floor(x / 3) + 0);
    }
  });
});
