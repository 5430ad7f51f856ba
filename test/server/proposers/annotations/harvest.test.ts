import { describe, expect, it } from "vitest";
import { harvestAtoms } from "../../../../server/proposers/annotations/harvest.ts";
import { measures } from "../../../../server/proposers/annotations/measures.ts";
import { textTask } from "../../tasks/annotations/text.ts";

const atoms = (text: string) => {
  const task = textTask(text);
  return harvestAtoms(task, task.loops[0]!);
};

describe("candidates from the tokens of a function", () => {
  it("bounds of the counter, and of what counts with it", () => {
    const found = atoms(
      "int f(float *p, int n) { int c = 0; for (int i = 0; i < n; i++) if (p[i] > 0) c++; return c; }",
    );
    expect(found).toEqual(expect.arrayContaining(["i <= n", "0 <= i", "0 <= c", "c <= i"]));
    expect(found).not.toContain("i <= 0");
  });

  it("a postcondition up to where the loop has come", () => {
    const contract = "/*@ ensures \\forall integer i; 0 <= i < n ==> p[i] == 0.0; */";
    expect(atoms(`${contract} void f(float *p, int n) { for (int i = 0; i < n; i++) p[i] = 0; }`)).toContain(
      "\\forall integer k; 0 <= k < i ==> p[k] == 0.0",
    );
    expect(
      atoms(`${contract} void f(float *p, int n) { for (int i = n - 1; i >= 0; i--) p[i] = 0; }`),
    ).toContain("\\forall integer k; i < k < n ==> p[k] == 0.0");
  });

  it("what is returned by its name, and a parameter that changes as it was", () => {
    const found = atoms(
      "/*@ requires n >= 0; ensures \\result == \\old(n); */ int f(int n, float x) { int c = 0; while (n > 0) { n--; c++; x = 0; } return c; }",
    );
    expect(found).toEqual(expect.arrayContaining(["c == \\at(n, Pre)", "0 <= n", "n <= \\at(n, Pre)"]));
  });

  it("nothing that could leave the clause", () => {
    const found = atoms(
      "/*@ ensures \\let x = 3; \\result == x; */ int f(float p) { int c = 0; while (p > 0) { c++; p = 0; } return c; }",
    );
    expect(found.filter((one) => one.includes(";"))).toEqual([]);
  });

  it.each([
    ["while (i < n) i++;", "n - i"],
    ["while (n > 0) n--;", "n"],
    ["while (n) n--;", "n"],
    ["while (x < 2.0) x = 3;", null],
  ])("a measure of %s", (code, measure) => {
    const task = textTask(`void f(int n, double x) { int i = 0; x = 1.5; ${code} }`);
    expect(measures(task, task.loops[0]!)[0] ?? null).toBe(measure);
  });
});
