import { describe, expect, it } from "vitest";
import { passiveForm } from "../../../../server/conditions/passive.ts";
import { printFormula } from "../../../../server/program/print.ts";
import { goalsAtHeads } from "../../../../server/proposers/harvest/goal.ts";
import { strengthened } from "../../../../server/proposers/harvest/strengthen.ts";
import { locateInvariants } from "../../../../server/tasks/invariants/locate.ts";

/** What the first loop's head is asked for, and what would imply it. */
function wanted(text: string): { readonly goals: string[]; readonly stronger: string[] } {
  const [located] = locateInvariants({ file: "a.c", text, version: 0 }, "math");
  if (located?.kind !== "task") throw new Error("the text has no loop");
  const goals = goalsAtHeads(passiveForm(located.task.program))[0]!;
  const printed = (formulas: typeof goals) => formulas.map((one) => printFormula(one, (name) => name));
  return { goals: printed(goals), stronger: printed(goals.flatMap(strengthened)) };
}

describe("goals at loop heads", () => {
  it("speak of the variable that an unknown value was given to", () => {
    const { goals, stronger } = wanted(`
      int main() {
        int a = unknown(), b = unknown(), i = 0, x = 0;
        assume(a >= 0 && b >= 0);
        while (i < a) { if (unknown()) x += b; i++; }
        assert(x <= a * b);
      }`);
    expect(goals).toEqual(["i >= a ==> x <= a * b"]);
    expect(stronger).toContain("x <= i * b");
  });

  it("are solved for a variable where a guard compares a difference", () => {
    const { stronger } = wanted(`
      int main() {
        int n = unknown(), lo = 0, hi, mid;
        assume(n >= 0);
        hi = n + 1;
        while (hi - lo > 1) {
          mid = (lo + hi) / 2;
          if (mid * mid <= n) lo = mid; else hi = mid;
        }
        assert((lo + 1) * (lo + 1) > n);
      }`);
    expect(stronger).toContain("hi * hi > n");
  });

  it("that are disjunctions about one term are tried without what ends the loop", () => {
    const { stronger } = wanted(`
      int main() {
        int s = 1, n = unknown(), i = 0;
        while (i < n) { s = -s; i++; }
        assert(s == 1 || s == -1);
      }`);
    expect(stronger).toContain("s != 1 ==> s == -1");
  });

  it("about elements under a premise have the premise moved to how far the loop is as well", () => {
    const { stronger } = wanted(`
      /*@ requires n >= 0 && \\valid_read(a + (0 .. n-1));
          ensures \\result == n ==> \\forall integer k; 0 <= k < n ==> a[k] <= v; */
      int count(const int *a, int n, int v) {
        int c = 0;
        for (int i = 0; i < n; i++) if (a[i] <= v) c++;
        return c;
      }`);
    expect(stronger).toContain("c == i ==> (\\forall integer k; 0 <= k < i ==> a[k] <= v)");
  });
});
