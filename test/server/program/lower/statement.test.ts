import { describe, expect, it } from "vitest";
import { body, listing, lower, problems } from "./listing.ts";

describe("declarations", () => {
  it("hide outer names under names of their own", () => {
    const program = lower("int f(int x) { int s = x; { int x = 2; s = x; } return x + s; }");
    expect(listing(program)).toEqual(["0: s := x; x#2 := 2; s := x#2; \\result := x + s; return"]);
    expect(program.variables.map(({ name, text, role }) => [name, text, role])).toEqual([
      ["x", "x", "parameter"],
      ["s", "s", "local"],
      ["x#2", "x", "local"],
      ["\\result", "\\result", "result"],
    ]);
  });

  it("without an initialiser are arbitrary each time they are reached", () => {
    const program = lower("void f(int n) { while (n--) { int t; assume(t > 0); } }");
    expect(program.dialect).toBe("benchmark");
    expect(listing(program)[2]).toBe("2: havoc t; assume t > 0; goto 1");
  });

  it("see themselves in their initialiser", () => {
    expect(body("int x = x + 1; assert(x);")).toEqual(["havoc x#2", "x#2 := x#2 + 1", "assertion: x#2 != 0"]);
  });

  it("of other types are named, with their uses left alone", () => {
    expect(problems("int f(void) { int a[3]; float y; a[0] = 1; return y; }")).toEqual([
      "1:31 `y` has type `float`, which is not supported yet; use integer variables",
    ]);
  });

  it("of parameters of other types matter only where they are used", () => {
    expect(problems("int main(int argc, char **argv) { return argc; }")).toEqual([]);
    expect(problems("int f(int *p) { return p; }")).toEqual([
      "1:24 `p` is a pointer, and an integer is wanted here; use one of its elements",
    ]);
  });
});

describe("control flow", () => {
  it("joins after an if", () => {
    const program = lower("int f(int x) { int r = 0; if (x < 0) r = -x; else if (x) r = 1; return r; }");
    expect(listing(program)).toEqual([
      "0: r := 0; if x < 0 then 1 else 2",
      "1: r := -x; goto 4",
      "2: if x != 0 then 3 else 4",
      "3: r := 1; goto 4",
      "4: \\result := r; return",
    ]);
  });

  it("drops what cannot be reached, but reports what is unsupported there", () => {
    expect(listing(lower("int f(int x) { return 1; x = 2; return x; }"))).toEqual([
      "0: \\result := 1; return",
    ]);
    expect(problems("int f(int x) { return 1; goto L; L: return x; }")).toHaveLength(2);
  });

  it("returns a value of the function's type", () => {
    expect(listing(lower("unsigned char f(int x) { return x; }"))).toEqual([
      "0: \\result := (unsigned char)x; return",
    ]);
  });

  it("ends without a value: main returns 0, another function anything", () => {
    expect(listing(lower("int main() { }"))).toEqual(["0: \\result := 0; return"]);
    expect(listing(lower("int f() { }"))).toEqual(["0: havoc \\result; return"]);
    expect(listing(lower("int f(int x) { if (x) return; return 2; }"))[1]).toBe("1: havoc \\result; goto 3");
  });

  it("reports jumps that lead nowhere", () => {
    expect(problems("void f(int x) { if (x) break; continue; }")).toEqual([
      "1:24 `break` stands outside a loop or switch; remove it",
      "1:31 `continue` stands outside a loop; remove it",
    ]);
  });

  it("lists all problems in the order of the source", () => {
    const found = problems("int f(int x) {\n  goto L;\n  x = g(x) + h(1);\n  L: return *x;\n}");
    expect(found.map((line) => line.split(" ")[0])).toEqual(["2:3", "3:7", "3:14", "4:3", "4:14"]);
    expect(found[1]).toContain("3:7 the call cannot be followed: `g` is not declared in this file");
  });
});
