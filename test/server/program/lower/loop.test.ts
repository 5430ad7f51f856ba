import { describe, expect, it } from "vitest";
import { printFormula } from "../../../../server/program/print.ts";
import type { Program } from "../../../../server/program/program.ts";
import { listing, lower, problems } from "./listing.ts";

const guards = (program: Program) =>
  program.loops.map(({ guard }) => guard && printFormula(guard, (name) => name));

describe("the graph", () => {
  it("of while evaluates the condition in the head", () => {
    const program = lower("int f(int x, int n) { while (x < n) x++; return x; }");
    expect(listing(program)).toEqual([
      "0: \\at(x, Pre) := x; goto 1",
      "1: if x < n then 2 else 3",
      "2: x := x + 1; goto 1",
      "3: \\result := x; return",
    ]);
    expect(program.loops).toMatchObject([{ id: 0, head: 1, blocks: [1, 2], parent: null, modified: ["x"] }]);
  });

  it("of do starts with the body", () => {
    const program = lower("int f(int x) { do x--; while (x > 0); return x; }");
    expect(listing(program).slice(1, 3)).toEqual([
      "1: x := x - 1; if x > 0 then 1 else 2",
      "2: \\result := x; return",
    ]);
    expect(program.loops).toMatchObject([{ head: 1, blocks: [1], modified: ["x"] }]);
  });

  it("of for runs the step after continue, and leaves by break", () => {
    const program = lower(
      "int f(int n) { int s = 0; for (int i = 0; i < n; i++) { if (i == 3) continue; if (s > 9) break; s += i; } return s; }",
    );
    expect(listing(program)).toEqual([
      "0: s := 0; i := 0; goto 1",
      "1: if i < n then 2 else 6",
      "2: if i == 3 then 5 else 3",
      "3: if s > 9 then 6 else 4",
      "4: s := s + i; goto 5",
      "5: i := i + 1; goto 1",
      "6: \\result := s; return",
    ]);
  });

  it("of continue in do goes to the condition", () => {
    const program = lower("int f(int x) { do { if (x == 5) continue; x = 7; } while (x++ < 6); return x; }");
    expect(listing(program).slice(1, 4)).toEqual([
      "1: if x == 5 then 3 else 2",
      "2: x := 7; goto 3",
      "3: old#1 := x; x := x + 1; if old#1 < 6 then 1 else 4",
    ]);
  });

  it("gives nested loops heads of their own", () => {
    const program = lower("void f(int a, int b) { do do a--; while (a); while (b--); }");
    expect(program.loops).toMatchObject([
      { head: 1, parent: null, blocks: [1, 2, 3] },
      { head: 2, parent: 0, blocks: [2] },
    ]);
    expect(program.loops.map((loop) => loop.modified)).toEqual([["a", "b", "old#1"], ["a"]]);
  });
});

describe("natural loops", () => {
  it("leave out what runs only on the way out", () => {
    const program = lower(
      "int f(int x, int r) { while (x) { if (x == 9) { r = 1; break; } x--; } return r; }",
    );
    expect(program.loops[0]!.modified).toEqual(["x"]);
  });

  it("consist of the head when nothing comes back", () => {
    expect(lower("void f(int x) { while (0) x++; }").loops).toMatchObject([
      { blocks: [1], modified: [], guard: { value: false } },
    ]);
    expect(lower("void f(int x) { do x++; while (0); }").loops).toMatchObject([
      { blocks: [1], modified: ["x"] },
    ]);
  });

  it("have no way out when the source has none", () => {
    const program = lower("void f(int x) { for (;;) x++; }");
    expect(listing(program)).toEqual(["0: \\at(x, Pre) := x; goto 1", "1: x := x + 1; goto 1"]);
    expect(guards(program)).toEqual(["\\true"]);
  });

  it("that cannot be reached keep an empty head", () => {
    const program = lower("int f(int x) { return x; while (x) x--; }");
    expect(listing(program)).toEqual(["0: \\result := x; return", "1: return"]);
    expect(program.loops).toMatchObject([{ head: 1, blocks: [1], modified: [] }]);
  });

  it("count havocked temporaries as modified", () => {
    const program = lower("void f(int x) { while (unknown()) x++; }");
    expect(program.loops[0]!.modified).toEqual(["x", "unknown#1"]);
  });
});

describe("guards", () => {
  it("are the condition where it is pure", () => {
    expect(
      guards(
        lower("void f(int x, int y) { while (x / y) x--; for (; x < 3 && y;) x++; do x--; while (x); }"),
      ),
    ).toEqual(["x / y != 0", "x < 3 && y != 0", "x != 0"]);
  });

  it("are missing for calls and side effects", () => {
    expect(
      guards(lower("void f(int x) { while (unknown()) x++; while (x--) ; while (x < 2 && unknown()) x++; }")),
    ).toEqual([null, null, null]);
  });
});

describe("scope", () => {
  it("has globals, parameters, entry values and locals, the one declared by for included", () => {
    const program = lower(
      "int g; int f(int a, int b) { int s = 0; for (int i = 0; i < b; i++) { int t = 1; s += t; a--; g = s; } int z = s; return z; }",
    );
    expect(program.loops[0]!.scope).toEqual(["g", "a", "b", "\\at(a, Pre)", "\\at(g, Pre)", "s", "i"]);
  });

  it("has only the innermost variable of a name", () => {
    const program = lower(
      "int f(int x) { x++; { int x = 0; while (x < 3) x++; } for (int x = 0; x < 3; x++) ; return x; }",
    );
    expect(program.loops.map((loop) => loop.scope)).toEqual([["x#2"], ["x#3"]]);
    expect(program.loops.map((loop) => loop.modified)).toEqual([["x#2"], ["x#3"]]);
  });
});

describe("annotations", () => {
  const source = `int f(int n) {
  int s = 0;
  /*@ loop invariant bound: 0 <= s <= \\at(n, Pre);
      loop assigns s, n;
      loop variant n; */
  while (n > 0) { s++; n--; }
  return s;
}`;

  it("become clauses in the state at the head", () => {
    const [loop] = lower(source).loops;
    expect(loop!.invariants.map(({ formula }) => printFormula(formula, (name) => name))).toEqual([
      "0 <= s && s <= \\at(n, Pre)",
    ]);
    expect(loop).toMatchObject({
      assigns: { locations: [{ variable: "s" }, { variable: "n" }] },
      variant: { term: { kind: "variable", name: "n" }, text: "n" },
      span: { line: 6, column: 3 },
    });
    expect(loop!.annotationBlocks).toHaveLength(1);
  });

  it("report names that mean nothing there", () => {
    expect(
      problems("void f(int n) { /*@ loop invariant z > 0; loop assigns n, q; */ while (n) n--; }"),
    ).toEqual([
      "1:36 `z` is not declared here; declare it as an integer variable",
      expect.stringContaining("`q` in loop assigns is not declared here"),
    ]);
  });
});
