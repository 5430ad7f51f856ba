import { describe, expect, it } from "vitest";
import { listing, lower, problems } from "./listing.ts";

describe("assigns", () => {
  it("of a contract must list the globals that are changed, and says nothing of locals", () => {
    const program = lower("int g, h; /*@ assigns h; */ void f(int n) { int s = n; n = s; g = 1; h = 2; }");
    expect(listing(program)[0]).toContain("n := s; assigns: \\false; g := 1; h := 2");
    const [violation] = program.blocks[0]!.commands.filter((command) => command.kind === "assert");
    expect(violation).toMatchObject({ what: "assigns", text: "assigns at line 1 lists g" });
  });

  it("\\nothing allows no change of a global", () => {
    const program = lower("int g; /*@ assigns \\nothing; */ void f(int n) { if (n) g++; }");
    expect(listing(program)[1]).toBe("1: assigns: \\false; g := g + 1; goto 2");
  });

  it("of a loop must list what is in scope and changed on the way round", () => {
    const program = lower(`void f(int n) {
  int s = 0, r = 0;
  /*@ loop assigns n; */
  while (n > 0) { int t = n; s += t; n--; if (s > 9) { r = 1; break; } }
}`);
    expect(listing(program)[2]).toBe(
      "2: t := n; assigns: \\false; s := s + t; n := n - 1; if s > 9 then 3 else 1",
    );
    expect(listing(program)[3]).toBe("3: r := 1; goto 4");
  });

  it("of an outer loop also speaks of the inner one", () => {
    const program = lower(`void f(int n, int m) {
  /*@ loop assigns n; */
  while (n > 0) { n--; while (m > n) m--; }
}`);
    const violations = program.blocks
      .flatMap((block) => block.commands)
      .filter((command) => command.kind === "assert");
    expect(violations).toMatchObject([{ text: "loop assigns at line 2 lists m" }]);
  });

  it("tells variables of one name apart", () => {
    const program = lower(
      "void f(int n) { /*@ loop assigns n; */ while (n > 0) { { int n = 3; n++; } n--; } }",
    );
    expect(listing(program).join()).not.toContain("assigns:");
  });

  it("reports locations that are no integer variables", () => {
    expect(problems("int *p; /*@ assigns *p; */ void f(int n) { }")[0]).toContain(
      "in assigns is not supported yet",
    );
    expect(problems("/*@ assigns q; */ void f(int n) { }")[0]).toContain(
      "`q` in assigns is not declared here",
    );
  });
});
