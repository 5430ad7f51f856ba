import { describe, expect, it } from "vitest";
import { printFormula } from "../../../../server/program/print.ts";
import { command, lower, problems } from "./listing.ts";

const same = (name: string) => name;

describe("a declared function", () => {
  it("is a term over the array and the offset that its pointer stands for", () => {
    const program = lower(
      `/*@ logic integer sum{L}(int *a, integer n) reads a[0 .. n - 1]; */
void f(int *p, int n) { p[0] = 1; /*@ assert sum(p + 1, n) == sum{Pre}(p, n); */ }`,
    );
    const asserted = program.blocks.flatMap(({ commands }) => commands).at(-1)!;
    expect(command(asserted)).toBe("assertion: sum(p + 1, n) == sum{Pre}(p, n)");
  });

  it("takes with it only what the file supposes of it", () => {
    const program =
      lower(`/*@ axiomatic A { logic integer f(integer x); axiom positive: \\forall integer x; f(x) > 0; }
    axiomatic B { logic integer g(integer x); axiom zero: \\forall integer x; g(x) == 0; } */
void h(int n) { /*@ assert f(n) > 0; */ }`);
    expect(program.theory?.axioms.map(({ text }) => text)).toEqual(["axiom positive at line 1"]);
    expect(program.theory?.functions.map(({ name }) => name)).toEqual(["f"]);
  });
});

describe("a recursive definition", () => {
  it("is an equation, and an assumption", () => {
    const program = lower(`/*@ logic integer f(integer n) = n <= 0 ? 1 : n * f(n - 1); */
void g(int n) { /*@ assert f(n) > 0; */ }`);
    expect(printFormula(program.theory!.axioms[0]!.body, same)).toBe(
      "f(?n) == (?n <= 0 ? 1 : ?n * f(?n - 1))",
    );
    expect(program.assumptions).toContain(
      "the recursive definition of `f` at line 1 has a meaning (it ends)",
    );
  });

  it("speaks of values that memory of its type can hold", () => {
    const program = lower(
      `/*@ logic integer f(unsigned char *a, integer n) = n <= 0 ? 0 : a[n - 1] + f(a, n - 1); */
void g(unsigned char *p, int n) { /*@ assert f(p, n) >= 0; */ }`,
    );
    expect(printFormula(program.theory!.axioms[0]!.body, same)).toContain("<= 255 ?");
  });
});

describe("what is not supported", () => {
  const report = (stated: string, used: string) =>
    problems(`int g;\n/*@ ${stated} */\nvoid f(int *p, char *c, int n) { /*@ assert ${used}; */ }`)[0];

  it.each([
    ["logic real f(integer x);", "f(n) > 0", "returns `real`"],
    ["logic integer f(integer x) reads g;", "f(n) > 0", "reads the global `g`"],
    ["logic integer f(integer x) = x <= 0 ? g : f(x - 1);", "f(n) > 0", "reads the global `g`"],
    ["logic integer f(int *a) reads *a;", "f(c) > 0", "takes a pointer to `int`"],
    ["logic integer f(int *a) reads *a;", "f(p, p) > 0", "takes 1 arguments, here it has 2"],
    ["logic integer f{A, B}(int *a) reads *a;", "f(p) > 0", "is declared as `f{A, B}`"],
    ["predicate f(int *a) = \\valid(a) && f(a + 1);", "f(p)", "not of validity"],
    [
      "axiomatic A { logic integer f(int *a) reads *a; axiom s: \\forall int *a, *b; \\separated(a, b) ==> f(a) != f(b); }",
      "f(p) > 0",
      "not of validity",
    ],
  ])("%s", (stated, used, message) => {
    expect(report(stated, used)).toContain(message);
  });
});
