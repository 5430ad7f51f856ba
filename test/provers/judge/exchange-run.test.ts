import { describe, expect, it } from "vitest";
import { createJudge } from "../../../provers/judge/judge.ts";
import { smtSolver } from "../../../provers/smtlib/session.ts";
import type { InvariantsTask } from "../../../server/engine/task.ts";
import { inputsOf } from "../../../server/program/run.ts";
import { sampleStates } from "../../../server/program/sample.ts";
import { locateInvariants } from "../../../server/tasks/invariants/locate.ts";
import { native, wasm } from "../available.ts";

const judge = createJudge({
  solver: smtSolver((native.start ?? wasm.start)()),
  others: async () => [],
  queryMs: 20_000,
});

function taskOf(text: string): InvariantsTask {
  const [located] = locateInvariants({ file: "problem.sl", text, version: 0 }, "math");
  if (located?.kind !== "task") throw new Error(JSON.stringify(located));
  return located.task;
}

/** What the judge says of the first bad run of one problem's program, put to another problem's text. */
async function confirmed(text: string, other = text): Promise<string> {
  const task = taskOf(text);
  const { violation } = sampleStates(task.program, { seed: 1 });
  const run = { kind: "run", proposer: "test", inputs: inputsOf(violation!) } as const;
  const asked = { ...task, document: { ...task.document, text: other } };
  const judged = await judge.confirm(asked, run, new AbortController().signal);
  return judged.kind === "confirmed" ? "confirmed" : judged.reason;
}

const counter = `(synth-inv inv ((x Int) (b Bool)))
(define-fun pre ((x Int) (b Bool)) Bool (and (= x 0) b))
(define-fun trans ((x Int) (b Bool) (x! Int) (b! Bool)) Bool (and (= x! (+ x 3)) (= b! (not b))))
(define-fun post ((x Int) (b Bool)) Bool (=> b (<= x 20)))
(inv-constraint inv pre trans post)`;

const array = `(synth-inv inv ((a (Array Int Int)) (i Int)))
(define-fun pre ((a (Array Int Int)) (i Int)) Bool (= i 0))
(define-fun trans ((a (Array Int Int)) (i Int) (a! (Array Int Int)) (i! Int)) Bool
  (and (< i 3) (= a! (store a i 1)) (= i! (+ i 1))))
(define-fun post ((a (Array Int Int)) (i Int)) Bool (=> (>= i 3) (= (select a 1) 0)))
(inv-constraint inv pre trans post)`;

describe("a run that refutes an exchange problem", () => {
  it.each([counter, array])("is one of the problem's own text, which a solver confirms", async (text) => {
    expect(await confirmed(text)).toBe("confirmed");
  });

  it.each([
    ["another step", counter, "(+ x 3)", "(+ x 2)"],
    ["another start", counter, "(= x 0)", "(= x 1)"],
    ["another goal", counter, "(<= x 20)", "(<= x 9999)"],
    ["another truth value", counter, "(not b)", "b"],
    ["another guard", array, "(< i 3)", "(< i 2)"],
    ["another element", array, "(store a i 1)", "(store a i 0)"],
  ])("is turned down where the text has %s", async (_, text, from, to) => {
    expect(await confirmed(text, text.replace(from, to))).toBe(
      "the problem's own clauses do not have this run",
    );
  });
});
