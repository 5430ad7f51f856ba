import { describe, expect, it } from "vitest";
import { findCvc5 } from "../../../provers/cvc5/find.ts";
import { aletheProof } from "../../../provers/cvc5/proof.ts";
import { smtSolver } from "../../../provers/smtlib/session.ts";
import { obligationScripts } from "../../../server/conditions/scripts.ts";
import { locateInvariants } from "../../../server/tasks/invariants/locate.ts";
import { native, wasm } from "../../provers/available.ts";

const never = new AbortController().signal;
const cvc5 = await findCvc5();

function scriptsOf(invariant: string) {
  const text = `int main() {
  int n = unknown(), i = 0;
  assume(n >= 0);
  /*@ loop invariant ${invariant}; */
  while (i < n) { i++; }
  assert(i == n);
}`;
  const [located] = locateInvariants({ file: "test.c", text, version: 0 }, "math");
  if (located?.kind !== "task") throw new Error(JSON.stringify(located));
  return obligationScripts(located.task.program);
}

describe("obligations as scripts of their own", { timeout: 60_000 }, () => {
  it("are one for initiation, consecution and use, and say what they are about", () => {
    const scripts = scriptsOf("i <= n");
    expect(scripts.map(({ name }) => name.kind)).toEqual(["initiation", "consecution", "use"]);
    expect(scripts[0]!.text).toMatch(/^; initiation of 'i <= n' at the loop at line 5\n\(set-logic ALL\)\n/);
    expect(scripts.every(({ text }) => text.endsWith("(check-sat)\n"))).toBe(true);
  });

  it("are decided as the judge decides them", async () => {
    const solver = smtSolver((native.start ?? wasm.start)());
    for (const [invariant, verdicts] of [
      ["i <= n", ["unsat", "unsat", "unsat"]],
      ["i < n", ["sat", "sat", "unsat"]],
    ] as const) {
      const found: string[] = [];
      for (const { text } of scriptsOf(invariant)) {
        const session = await solver.open(never);
        session.tell(text.replace(/^;.*\n\(set-logic ALL\)/, "").replace("(check-sat)", ""));
        found.push((await session.check({ deadlineMs: 20_000, signal: never })).kind);
        await session.close();
      }
      expect(found).toEqual(verdicts);
    }
  });

  it.skipIf(cvc5.kind !== "found")("have proofs in Alethe, where cvc5 is found, when they hold", async () => {
    if (cvc5.kind !== "found") return;
    const options = { deadlineMs: 20_000, signal: never };
    const proof = await aletheProof(cvc5, scriptsOf("i <= n")[1]!.text, options);
    expect(proof.kind === "proof" && proof.text).toMatch(/^\(assume [\s\S]*:rule/);
    const open = await aletheProof(cvc5, scriptsOf("i < n")[0]!.text, options);
    expect(open).toEqual({ kind: "none", reason: "cvc5 says sat" });
  });
});
