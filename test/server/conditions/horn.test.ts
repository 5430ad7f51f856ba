import { describe, expect, it } from "vitest";
import { spacer } from "../../../provers/z3/spacer.ts";
import { hornClauses } from "../../../server/conditions/horn.ts";
import { readSolution } from "../../../server/proposers/spacer/solution.ts";
import { locateInvariants } from "../../../server/tasks/invariants/locate.ts";
import { native, wasm } from "../../provers/available.ts";

function programOf(text: string) {
  const [located] = locateInvariants({ file: "test.c", text, version: 0 }, "math");
  if (located?.kind !== "task") throw new Error(JSON.stringify(located));
  return located.task.program;
}

const never = new AbortController().signal;
const options = { deadlineMs: 20_000, signal: never };

const TWO_LOOPS = `int main() {
  int n = unknown(), i = 0, j = 0;
  assume(n >= 0);
  while (i < n) { if (i == 7) break; i++; }
  while (j < i) { j++; if (unknown()) continue; }
  assert(j == i);
}`;
const NESTED = `int main() {
  int n = unknown(), i = 0, j, steps = 0;
  while (i < n) {
    for (j = 0; j < 3; j++) { steps++; assert(j < 3); }
    i++;
  }
  assert(steps >= 0);
}`;
const WRONG = "int main() { int i = 0; while (i < 5) { i = i + 2; } assert(i == 5); }";
const UNSIGNED = `/*@ requires x < 10; ensures \\result == 10; */
unsigned char up(unsigned char x) { while (x != 10) x++; return x; }`;

for (const { title, start } of [native, wasm]) {
  describe.skipIf(start === null)(
    `programs as Horn clauses, to Spacer of ${title}`,
    { timeout: 60_000 },
    () => {
      it.each([
        ["two loops with break and continue", TWO_LOOPS],
        ["nested loops", NESTED],
        ["unsigned arithmetic and a contract", UNSIGNED],
      ])("have a solution when the program is right: %s", async (_, text) => {
        const clauses = hornClauses(programOf(text));
        const answer = await spacer(start!()).solve(clauses.text, options);
        if (answer.kind !== "sat") throw new Error(JSON.stringify(answer));
        const solution = readSolution(answer.model, clauses);
        expect(solution.kind === "read" && solution.invariants.length).toBe(clauses.predicates.length);
      });

      it("have none when it is wrong", async () => {
        expect(await spacer(start!()).solve(hornClauses(programOf(WRONG)).text, options)).toEqual({
          kind: "unsat",
        });
      });

      it("can be given up", async () => {
        const cancel = new AbortController();
        const cubes = `(set-logic HORN) (declare-fun p (Int) Bool)
        (assert (forall ((a Int)(b Int)(c Int)) (=> (and (> a 1) (> b 1) (> c 1) (= (+ (* a a a) (* b b b)) (* c c c))) false)))`;
        const pending = spacer(start!()).solve(cubes, { deadlineMs: 60_000, signal: cancel.signal });
        const reason = new Error("enough");
        setTimeout(() => cancel.abort(reason), 10);
        await expect(pending).rejects.toBe(reason);
        const short = await spacer(start!()).solve(cubes, { deadlineMs: 200, signal: never });
        expect(short.kind).toBe("unknown");
      });
    },
  );
}
