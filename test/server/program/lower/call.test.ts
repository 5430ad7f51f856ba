import { describe, expect, it } from "vitest";
import { body, listing, lower, problems } from "./listing.ts";

describe("the benchmark dialect", () => {
  it("has assumptions and assertions", () => {
    expect(body("assume(x > 0); __VERIFIER_assume(y); assert(x >= y); __VERIFIER_assert(x);")).toEqual([
      "assume x > 0",
      "assume y != 0",
      "assertion: x >= y",
      "assertion: x != 0",
    ]);
  });

  it("shows each assumption with its line, and the reading of integers", () => {
    expect(lower("int main() {\n int n;\n assume( (n >= 1) );\n assert(n > 0);\n}").assumptions).toEqual([
      "mathematical integers: signed overflow is taken as impossible",
      "assume((n >= 1)) at line 3",
    ]);
    expect(lower("int f(int n) { return n; }", "32").assumptions).toEqual([
      "32-bit int, no signed overflow is proved",
    ]);
  });

  it("keeps the text of what is asserted", () => {
    const program = lower("void f(int n) { assert( (n  >\n 0) ); reach_error(); }");
    const asserts = program.blocks[0]!.commands.filter((command) => command.kind === "assert");
    expect(asserts.map(({ text }) => text)).toEqual(["(n > 0)", "reach_error() is not reached"]);
  });

  it("has arbitrary values of the type in the name", () => {
    const program = lower(
      "void f(void) { int a = unknown(); a = unknown12(); unsigned u = __VERIFIER_nondet_uint(); _Bool b = nondet_bool(); }",
    );
    expect(
      program.variables.filter(({ role }) => role === "temporary").map(({ name, type }) => [name, type.name]),
    ).toEqual([
      ["unknown#1", "int"],
      ["unknown#2", "int"],
      ["unknown#3", "unsigned int"],
      ["unknown#4", "_Bool"],
    ]);
  });

  it("has arbitrary values of the type that the file declares", () => {
    const program = lower(
      "extern /* any; */ unsigned char nondet(void);\nvoid f(void) { int x = nondet(); assert(x >= 0); }",
    );
    expect(program.variables.find(({ name }) => name === "unknown#1")?.type.name).toBe("unsigned char");
    expect(problems("int *nondet(void); void f(void) { int x = nondet(); }")).toHaveLength(1);
  });

  it("evaluates operands of a condition once and in order", () => {
    expect(listing(lower("void f(int x) { while (unknown() && x < 3) x++; }"))).toEqual([
      "0: \\at(x, Pre) := x; goto 1",
      "1: havoc unknown#1; if unknown#1 != 0 then 2 else 4",
      "2: if x < 3 then 3 else 4",
      "3: x := x + 1; goto 1",
      "4: return",
    ]);
  });

  it("ends the run at abort and exit", () => {
    expect(listing(lower("int f(int x) { if (x) exit(1); abort(); return 2; }"))).toEqual([
      "0: if x != 0 then 1 else 2",
      "1: return",
      "2: return",
    ]);
    expect(listing(lower("int f(int x) { if (!x) { reach_error(); abort(); } return 2; }"))).toEqual([
      "0: if x == 0 then 1 else 2",
      "1: assertion: \\false; return",
      "2: \\result := 2; return",
    ]);
  });

  it("takes these names as they are meant, and says so when the file defines them", () => {
    const source = "void assume(int c) { while (!c) ; }\nint f(int x) { assume(x > 0); return x; }";
    const program = lower(source, "math", "f");
    expect(listing(program)).toEqual(["0: assume x > 0; \\result := x; return"]);
    expect(program.assumptions).toContain(
      "assume() means what it means in benchmarks, its definition in the file is not read",
    );
  });

  it("is told from C by contract, assert.h and the calls", () => {
    expect(lower("int f(int x) { assert(x); return x; }").dialect).toBe("benchmark");
    expect(lower("int f(int x) { return x; }").dialect).toBe("c");
    expect(lower("int f(int x) { if (x) abort(); return x; }").dialect).toBe("c");
    expect(lower("#include <assert.h>\nint f(int x) { assert(x); return x; }").dialect).toBe("c");
    expect(lower("/*@ requires x > 0; */ int f(int x) { assert(x); return x; }").dialect).toBe("c");
  });

  it("checks the number of arguments", () => {
    expect(problems("int f(int x) { assert(); return assume(x, x); }")).toEqual([
      "1:16 assert() takes 1 argument, here it has 0",
      "1:33 assume() takes 1 argument, here it has 2",
    ]);
    expect(problems("int f(int x) { return assume(x); }")).toEqual([
      "1:23 assume() has no value; call it in a statement of its own",
    ]);
  });
});
