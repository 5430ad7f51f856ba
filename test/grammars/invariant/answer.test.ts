import { describe, expect, it } from "vitest";
import { unwrapAnswer } from "../../../grammars/invariant/answer.ts";

describe("unwrapping a chatty answer", () => {
  it.each([
    ["x <= n", ["x <= n"]],
    ["x <= n;\ny >= 0;", ["x <= n", "y >= 0"]],
    ["loop invariant x <= n;", ["x <= n"]],
    ["Loop invariant: x <= n", ["x <= n"]],
    ["loop invariant bound: 0 <= x <= n;", ["0 <= x <= n"]],
    ["invariant (x <= n)", ["(x <= n)"]],
    ["```c\n/*@ loop invariant 0 <= x;\n  @ loop invariant x <= n;\n  */\n```", ["0 <= x", "x <= n"]],
    ["/*@ loop invariant x <= n; */", ["x <= n"]],
    ["//@ loop invariant x <= n; loop assigns x;", ["x <= n", "loop assigns x"]],
    ["1. `x <= n`\n2. `y == 2 * x`", ["x <= n", "y == 2 * x"]],
    ["- x <= n\n* y >= 0\n\u2022 n > 0", ["x <= n", "y >= 0", "n > 0"]],
    ["-x <= n", ["-x <= n"]],
    ["1) x <= n", ["x <= n"]],
    ["The invariant is `x <= n`, since `x` grows.", ["x <= n", "x"]],
    ["<think>maybe x > n\n</think>\nx <= n", ["x <= n"]],
    ["x <=\tn\r\n\r\nx <= n", ["x <= n"]],
    ["invariants == 1", ["invariants == 1"]],
    ["invariant == 1", ["== 1"]],
    ["", []],
  ])("%j gives %j", (answer, candidates) => {
    expect(unwrapAnswer(answer)).toEqual(candidates);
  });

  it("yields no more than 64 candidates", () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `x <= ${index}`).join("\n");
    expect(unwrapAnswer(lines)).toHaveLength(64);
  });
});
