import { describe, expect, it } from "vitest";
import { listing, lower, problems } from "./listing.ts";

describe("globals", () => {
  it("have any value at entry, and only those used are variables", () => {
    const program = lower("int g = 3, h; int f(void) { return g; }");
    expect(listing(program)).toEqual(["0: \\result := g; return"]);
    expect(program.variables.map(({ name, role }) => [name, role])).toEqual([
      ["g", "global"],
      ["\\result", "result"],
    ]);
  });

  it("have their initialisers or zero when main starts", () => {
    const program = lower("unsigned char g = 300; static int h; int z = 5; int main() { h = g; return h; }");
    expect(listing(program)).toEqual([
      "0: h := 0; g := 44; \\at(h, Pre) := h; h := g; \\result := h; return",
    ]);
  });

  it("have any value when another file may define them", () => {
    expect(listing(lower("extern int g; int main() { return g; }"))).toEqual(["0: \\result := g; return"]);
    expect(listing(lower("extern int g; int g = 4; int main() { return g; }"))).toEqual([
      "0: g := 4; \\result := g; return",
    ]);
  });

  it("need constant initialisers where those count", () => {
    expect(problems("int a; int g = a + 1; int main() { return g; }")).toEqual([
      "1:16 `a + 1` is not a constant; use an integer constant",
    ]);
  });
});

describe("programs", () => {
  it("order variables by what they are", () => {
    const program = lower("int g; int f(int x) { int s = x++; g = s; int u; if (x) u = 1; return u; }");
    expect(program.variables.map(({ role }) => role)).toEqual([
      "global",
      "parameter",
      "pre",
      "pre",
      "local",
      "local",
      "result",
      "temporary",
      "flag",
    ]);
  });

  it("say what they rest on when a function is main under every reading", () => {
    for (const reading of ["math", "32", "64"] as const) {
      expect(lower("int main() { return 0; }", reading)).toMatchObject({
        name: "main",
        reading,
        entry: 0,
        loops: [],
      });
    }
  });

  it("need an integer or a pointer as result, or none", () => {
    expect(problems("float f(int x) { return 1; }")).toEqual([
      "1:7 f returns `float`, which is not supported yet; return an integer, a pointer to integers or structures, or void",
    ]);
  });
});
