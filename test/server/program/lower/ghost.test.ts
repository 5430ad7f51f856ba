import { describe, expect, it } from "vitest";
import { readC } from "../../../../grammars/c/read.ts";
import { listing, lower, problems } from "./listing.ts";

describe("ghost code", () => {
  it("runs where it stands, and its variables can be named behind it", () => {
    const program = lower(`void f(int x) {
  //@ ghost int g = x;
  x++;
  /*@ ghost if (x > 3) { g++; }
    @ */
  //@ assert g > 0;
}`);
    expect(listing(program).join("\n")).toContain("g := x");
    expect(listing(program).join("\n")).toContain("g := g + 1");
    expect(listing(program).join("\n")).toContain("assertion: g > 0");
  });

  it("may stand before the one statement of a branch", () => {
    expect(problems("void f(int x) {\n//@ ghost int g = 0;\nif (x) /*@ ghost g = 1; */ x = 2;\n}")).toEqual(
      [],
    );
  });

  it.each([
    ["ghost n = 3;", "2:11 ghost code assigns to `n`, which is part of the program"],
    ["ghost int g = 0; g = n++;", "2:26 ghost code assigns to `n`"],
    ["ghost p[0] = 1;", "ghost code assigns to `p[0]`"],
    ["ghost *p = 1;", "ghost code assigns to `*p`"],
    ["ghost total = 1;", "ghost code assigns to `total`"],
    ["ghost int n = 1;", "the ghost variable `n` hides another"],
    ["ghost int total = 1;", "the ghost variable `total` hides another"],
    ["ghost int *q = p;", "is no integer"],
    ["ghost int g = h();", "can neither call"],
    ["ghost while (1) ;", "anything else could change"],
    ["ghost if (n) return;", "anything else could change"],
    ["ghost int g = 0; { int k = 0; k++; n = k; }", "ghost code assigns to `n`"],
  ])("%s is refused", (code, message) => {
    expect(problems(`int total; int h(void); void f(int *p, int n) {\n//@ ${code}\nn = 0; }`)[0]).toContain(
      message,
    );
  });

  it.each([
    "n = g;",
    "g = n;",
    "if (g) n = 1;",
    "int k = g;",
    "while (g > n) n++;",
    "return g;",
    "p[g] = 1;",
    "switch (g) { case 1: n = 2; }",
  ])("is nothing that the program can use: %s", (statement) => {
    expect(problems(`int f(int *p, int n) {\n//@ ghost int g = 0;\n${statement} return n; }`)[0]).toContain(
      "`g` is a ghost variable, which the program itself cannot use",
    );
  });

  it("outside functions and with braces that do not match is named", () => {
    const messages = (text: string) => {
      const { diagnostics, broken } = readC("a.c", text);
      return [...diagnostics, ...broken.flatMap((one) => one.diagnostics)].map(({ message }) => message);
    };
    expect(messages("//@ ghost int g;\nint f(void) { return 0; }")).toEqual([
      "the annotation 'ghost' can stand only inside functions",
    ]);
    expect(messages("int f(void) {\n//@ ghost }\nreturn 0; }")[0]).toContain("do not match");
  });
});
