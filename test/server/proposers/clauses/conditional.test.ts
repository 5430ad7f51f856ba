import { describe, expect, it } from "vitest";
import { Budget } from "../../../../server/engine/budget.ts";
import { Findings } from "../../../../server/engine/findings.ts";
import { defaultOptions } from "../../../../server/engine/options.ts";
import { printFormula } from "../../../../server/program/print.ts";
import { sampleStates } from "../../../../server/program/sample.ts";
import { conditionalProposer } from "../../../../server/proposers/clauses/conditional.ts";
import { locateInvariants } from "../../../../server/tasks/invariants/locate.ts";

async function proposed(text: string): Promise<string[]> {
  const [located] = locateInvariants({ file: "test.c", text, version: 0 }, "math");
  if (located?.kind !== "task") throw new Error(JSON.stringify(located));
  const { task } = located;
  const findings = new Findings(task.program.loops.length);
  findings.tables = sampleStates(task.program, { seed: 1 }).tables;
  const context = {
    task,
    findings,
    options: defaultOptions,
    budget: new Budget(defaultOptions),
    signal: new AbortController().signal,
    round: 0,
    note: () => {},
  };
  const found: string[] = [];
  // It asks no checker, so none is given.
  const proposals = conditionalProposer().propose(
    context as unknown as Parameters<ReturnType<typeof conditionalProposer>["propose"]>[0],
  );
  for await (const proposal of proposals) {
    if (proposal.kind !== "tree" || !("invariants" in proposal)) throw new Error("only trees are expected");
    found.push(...proposal.invariants.flat().map((formula) => printFormula(formula, (name) => name)));
  }
  return found;
}

describe("what holds under a condition", () => {
  it("is found for the phases that the text's comparisons make", async () => {
    const found = await proposed(`int main() {
      int x = 0, y = 0, z = 200;
      while (x < 200) { if (x < 50) y = y + 2; else if (x < 100) y = y - 1; else z = z - 1; x = x + 1; }
      assert(y == 50);
    }`);
    expect(found).toContain("x < 50 ==> 2 * x == y");
    expect(found).toContain("x >= 100 ==> x + z == 300");
    expect(found.filter((one) => one.startsWith("x >= 50 && x < 100 ==> "))).toContain(
      "x >= 50 && x < 100 ==> x + y == 150",
    );
  });

  it("is found for the values of a variable that has few", async () => {
    const found = await proposed(`int main() {
      int turn = 0, a = 0, b = 0;
      while (unknown()) { if (turn == 0) { a++; turn = 1; } else { b++; turn = 0; } }
      assert(a >= b);
    }`);
    expect(found).toContain("turn == 0 ==> a == b");
    expect(found).toContain("turn == 1 ==> a == b + 1");
  });

  it("is nothing where every state is alike", async () => {
    expect(await proposed("int main() { int x = 1; while (unknown()) { x = 1; } assert(x == 1); }")).toEqual(
      [],
    );
  });
});
