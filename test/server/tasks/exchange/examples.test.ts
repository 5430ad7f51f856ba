import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createJudge } from "../../../../provers/judge/judge.ts";
import { smtSolver } from "../../../../provers/smtlib/session.ts";
import type { Candidate } from "../../../../server/engine/candidate.ts";
import { defaultOptions } from "../../../../server/engine/options.ts";
import type { Outcome } from "../../../../server/engine/outcome.ts";
import type { InvariantsTask } from "../../../../server/engine/task.ts";
import { locateInvariants } from "../../../../server/tasks/invariants/locate.ts";
import { openTouchstone } from "../../../../server/wiring.ts";
import { native, wasm } from "../../../provers/available.ts";

const never = new AbortController().signal;
const solver = native.start ? "native" : "wasm";

function taskOf(name: string, change: (text: string) => string = (text) => text): InvariantsTask {
  const path = new URL(`../../../../examples/${name}`, import.meta.url);
  const [located] = locateInvariants(
    { file: name, text: change(readFileSync(path, "utf8")), version: 0 },
    "math",
  );
  if (located?.kind !== "task") throw new Error(JSON.stringify(located));
  return located.task;
}

async function suggest(task: InvariantsTask): Promise<Outcome> {
  const touchstone = await openTouchstone({
    reading: "math",
    model: "none",
    offline: true,
    solver,
    options: { ...defaultOptions, timeoutMs: 60_000 },
  });
  try {
    for await (const event of touchstone.run(task, never))
      if (event.type === "finished") return event.outcome;
    throw new Error("no outcome");
  } finally {
    await touchstone.close();
  }
}

describe("problems of other tools' formats", { timeout: 90_000 }, () => {
  it.each([
    "sygus/count_up.sl",
    "sygus/plain_constraints.sl",
    "sygus/grammar.sl",
    "sygus/phase.sl",
    "sygus/array_maximum.sl",
    "sygus/array_increment.sl",
    "horn/two_loops.smt2",
    "horn/array_fill.smt2",
  ])("are answered by definitions that the problem's own text confirms: %s", async (name) => {
    const task = taskOf(name);
    const outcome = await suggest(task);
    if (outcome.kind !== "proved") throw new Error(JSON.stringify(outcome));
    const predicates = task.exchange!.problem.predicates;
    expect(outcome.answers).toHaveLength(predicates.length);
    for (const [i, { definition }] of outcome.answers.entries())
      expect(definition).toContain(`(define-fun ${predicates[i]!.name} (`);
    expect(outcome.verified.edit.insertions).toEqual([]);
  });

  it.each([
    "exchanged",
    "bisection",
    "palindrome",
    "running_maximum",
    "distinct",
    "merge",
    "pushed_in_order",
    "all_counted",
  ])("about arrays are answered from what runs show of them: %s", async (name) => {
    expect((await suggest(taskOf(`../test/bench/problems/arrays/${name}.sl`))).kind).toBe("proved");
  });

  it.each(["sygus/wrong.sl", "sygus/array_wrong.sl"])(
    "are refuted by a run where there is no invariant: %s",
    async (name) => {
      const outcome = await suggest(taskOf(name));
      expect(outcome.kind === "refuted" && outcome.counterexample.replayed).toBe(true);
    },
  );
});

describe("the judge of definitions", { timeout: 60_000 }, () => {
  const parts = {
    solver: smtSolver((native.start ?? wasm.start)()),
    others: async () => [],
    queryMs: 20_000,
  };
  const task = taskOf("sygus/count_up.sl");
  const signature = "(define-fun inv ((x Int) (y Int) (n Int)) Bool";
  const judged = async (...definitions: string[]) => {
    const candidate: Candidate = {
      kind: "tree",
      role: "whole",
      invariants: [],
      definitions,
      provenance: { proposer: "test" },
    };
    const judgement = await createJudge(parts).judge(task, candidate, never);
    return judgement.kind === "proved" ? "proved" : judgement.reason;
  };

  it("accepts what holds", async () => {
    expect(await judged(`${signature} (and (= y (* 2 x)) (<= x n)))`)).toBe("proved");
  });

  it.each([
    [`${signature} true)`, "use of 'inv'"],
    [`${signature} false)`, "initiation of 'inv'"],
    [`${signature} (and (= y (* 2 x)) (<= x n) (<= y 8)))`, "consecution of 'inv'"],
    [`${signature} (= y (* 2 x))) (assert false)`, "does not define"],
    [`(assert false)`, "does not define"],
    [`(define-fun pre ((x Int) (y Int) (n Int)) Bool false)`, "does not define"],
    [`(define-fun inv () Bool (and (= y (* 2 x)) (<= x n)))`, "refuses the text"],
    [`${signature} (and (assert false) (<= x n)))`, "refuses the text"],
    [`(define-fun-rec inv ((x Int) (y Int) (n Int)) Bool (not (inv x y n)))`, "does not define"],
    [`${signature} (inv x y n))`, "refuses the text"],
  ])("rejects what does not, and what is no definition: %s", async (definition, words) => {
    expect(await judged(definition)).toContain(words);
  });

  it("wants every predicate defined", async () => {
    expect(await judged()).toContain("does not define");
  });
});
