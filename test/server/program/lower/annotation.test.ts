import { describe, expect, it } from "vitest";
import type { IntegerReading } from "../../../../server/program/integer.ts";
import { command, listing, lower, problems } from "./listing.ts";

/** The formula that an assertion in a function of these variables becomes. */
function asserted(predicate: string, reading: IntegerReading = "math"): string {
  const program = lower(
    `int g; void f(int x, int y, unsigned u, unsigned char b) { /*@ assert ${predicate}; */ }`,
    reading,
  );
  return command(program.blocks[0]!.commands.at(-1)!);
}

describe("predicates", () => {
  it.each([
    ["0 <= x < y", "0 <= x && x < y"],
    ["x > 0 ==> y > 0 ==> x > y", "x > 0 ==> y > 0 ==> x > y"],
    ["x == 1 <==> !(y == 2)", "x == 1 <==> y != 2"],
    ["x == 1 ^^ y == 2", "!(x == 1 <==> y == 2)"],
    ["x < 1 ? y < 2 : y < 3", "(x < 1 ==> y < 2) && (x >= 1 ==> y < 3)"],
    ["x", "x != 0"],
    ["\\true && x < 1", "x < 1"],
  ])("%s", (written, expected) => {
    expect(asserted(written)).toBe(`assertion: ${expected}`);
  });
});

describe("terms", () => {
  it("are integers of any size, without obligations", () => {
    expect(asserted("x + 1 > x && u - 1 < u", "32")).toBe("assertion: x + 1 > x && u - 1 < u");
    expect(asserted("x / y * y + x % y == x", "32")).toBe("assertion: x / y * y + x % y == x");
  });

  it("are converted by casts that can change them", () => {
    expect(asserted("(unsigned char)x == b && (int)b == b && (integer)u == u")).toBe(
      "assertion: (unsigned char)x == b",
    );
    expect(asserted("(char)x == 1 && (int)u == 2", "32")).toBe("assertion: (char)x == 1 && (int)u == 2");
    expect(asserted("(int)u == 2 && (int)x == 1", "math")).toBe("assertion: (int)u == 2 && x == 1");
  });

  it("may use bitwise operators where a type has both operands", () => {
    expect(asserted("(u & 7) == 0 && (b | u) == 1 && ~x == 0")).toBe(
      "assertion: u % 8 == 0 && (b | u) == 1 && -1 - x == 0",
    );
    expect(asserted("(x ^ y) == 0", "32")).toBe("assertion: (x ^ y) == 0");
    expect(asserted("x << 3 == x >> 1")).toBe("assertion: 8 * x == x >> 1");
  });

  it("name what is not supported", () => {
    const report = (predicate: string) => problems(`void f(int x, int y) { /*@ assert ${predicate}; */ }`);
    expect(report("(x | y) > 0")[0]).toContain(
      "`|` on integers of any size is not supported yet; cast both operands",
    );
    expect(report("x << y > 0")[0]).toContain("`<<` in an annotation needs a constant amount from 0 to 63");
    expect(report("\\at(x, Start) > 0")[0]).toContain(
      "the label Start in \\at is not supported yet; use Pre or Here",
    );
    expect(report("\\result > 0")[0]).toContain("\\result has no value here; use it in ensures");
    expect(report("\\lambda integer k; k")[0]).toContain("is not supported in annotations yet");
  });
});

describe("contracts", () => {
  it("assume what is required and end in what is ensured", () => {
    const program = lower(`int g;
/*@ requires n > 0;
    ensures \\result >= \\old(n) - g && n > 0 && g == \\old(g) + 1;
    assigns g; */
int f(int n) { n--; g++; return n; }`);
    expect(program.dialect).toBe("c");
    expect(listing(program)).toEqual([
      "0: \\at(n, Pre) := n; \\at(g, Pre) := g; assume n > 0; n := n - 1; g := g + 1; \\result := n; " +
        "ensures: \\result >= \\at(n, Pre) - g && \\at(n, Pre) > 0 && g == \\at(g, Pre) + 1; return",
    ]);
    expect(program.variables.filter(({ role }) => role === "pre").map(({ text }) => text)).toEqual([
      "\\at(n, Pre)",
      "\\at(g, Pre)",
    ]);
  });

  it("name a parameter or global that never changes by itself", () => {
    const program = lower(
      "int g; /*@ ensures \\result == \\old(n) + \\at(g, Pre); */ int f(int n) { return n + g; }",
    );
    expect(listing(program)).toEqual(["0: \\result := n + g; ensures: \\result == n + g; return"]);
  });

  it("are asserted wherever the function returns, not where the run stops", () => {
    const program = lower(
      "/*@ ensures \\result > 0; */ int f(int n) { if (n < 0) abort(); if (n) return n; return 1; }",
    );
    expect(listing(program)).toEqual([
      "0: if n < 0 then 1 else 2",
      "1: return",
      "2: if n != 0 then 3 else 4",
      "3: \\result := n; goto 5",
      "4: \\result := 1; goto 5",
      "5: ensures: \\result > 0; return",
    ]);
  });

  it("do not see locals that hide a parameter or a global", () => {
    const program = lower("int g; /*@ ensures g > n; */ void f(int n) { int g = 5; { int n = 7; g = n; } }");
    expect(listing(program)[0]).toContain("ensures: g > n; return");
    expect(listing(program)[0]).toContain("g#2 := 5");
  });

  it("report what has no value", () => {
    expect(problems("/*@ ensures \\result == 0; */ void f(int n) { }")[0]).toContain(
      "f does not return an integer",
    );
    expect(problems("/*@ requires \\result == 0; */ int f(int n) { return n; }")[0]).toContain(
      "use it in ensures",
    );
    expect(problems("void f(int n) { int k = n; /*@ assert \\at(k, Pre) == 0; */ }")[0]).toContain(
      "`k` does not exist at the function's entry",
    );
  });
});
