import { describe, expect, it } from "vitest";
import type { Program } from "../../../../server/program/program.ts";
import { listing, lower } from "./listing.ts";

const checks = (program: Program) =>
  listing(program)
    .flatMap((line) => line.replace(/^\d+: /, "").split("; "))
    .filter((part) => part.includes("initialised:"));
const flags = (program: Program) =>
  program.variables.filter(({ role }) => role === "flag").map(({ name }) => name);

describe("reading a variable in C", () => {
  it("is no obligation when every way there writes it", () => {
    const program = lower(
      "int f(int x) { int r; if (x) r = 1; else r = 2; int q; q = r; while (q) { int t; t = q--; } return r + q; }",
    );
    expect(checks(program)).toEqual([]);
    expect(flags(program)).toEqual([]);
    expect(listing(program)[0]).toBe("0: havoc r; if x != 0 then 1 else 2");
  });

  it("is one when some way there does not", () => {
    const program = lower("int f(int x) { int r; if (x) r = 1; return r; }");
    expect(listing(program)).toEqual([
      "0: havoc r; r#initialised := 0; if x != 0 then 1 else 2",
      "1: r := 1; r#initialised := 1; goto 2",
      "2: initialised: r#initialised == 1; \\result := r; return",
    ]);
    expect(flags(program)).toEqual(["r#initialised"]);
  });

  it("cannot be met when no way there does", () => {
    expect(checks(lower("int f(void) { int r; return r; }"))).toEqual(["initialised: \\false"]);
  });

  it("is owed under the guard of the operand", () => {
    const program = lower("int f(int x) { int r; if (x > 3) r = 1; return x > 3 && r; }");
    expect(checks(program)).toEqual(["initialised: x > 3 ==> r#initialised == 1"]);
  });

  it("is owed once on each way", () => {
    const program = lower("int f(int x) { int r; if (x) r = 1; x = r; x += r; return r; }");
    expect(checks(program)).toHaveLength(1);
  });

  it("sees a fresh variable in each iteration", () => {
    const program = lower("int f(int x) { while (x > 0) { int t; if (x == 9) t = 1; x -= t; } return x; }");
    expect(checks(program)).toHaveLength(1);
    expect(program.loops[0]!.modified).toContain("t#initialised");
  });

  it("counts compound assignment and steps as reading", () => {
    expect(checks(lower("int f(void) { int r; r += 1; return r; }"))).toEqual(["initialised: \\false"]);
    expect(checks(lower("int f(void) { int r; r++; return 0; }"))).toEqual(["initialised: \\false"]);
  });

  it("is free in the benchmark dialect", () => {
    const program = lower("int main() { int n; int x = n; assert(x == n); }");
    expect(program.dialect).toBe("benchmark");
    expect(listing(program)).toEqual(["0: havoc n; x := n; assertion: x == n; \\result := 0; return"]);
  });
});
