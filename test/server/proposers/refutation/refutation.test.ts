import { expect, it } from "vitest";
import { replay } from "../../../../server/program/replay.ts";
import type { Inputs } from "../../../../server/program/run.ts";
import { samplingProposer, unrollingProposer } from "../../../../server/proposers/refutation/refutation.ts";
import { taskOf } from "../../engine/parts.ts";
import { propose } from "../proposing.ts";

it("sampling finds a run that breaks an assertion, and keeps the states it met", async () => {
  const task = taskOf("int f(int n) { int i = 0; while (i < n) i++; assert(i == n); return i; }");
  const { runs, findings } = await propose(samplingProposer(), task);
  expect(replay(task.program, runs[0] as Inputs).outcome.kind).toBe("violated");
  expect(findings.tables[0]!.size).toBeGreaterThan(0);
});

it("unrolling finds one that random inputs miss", async () => {
  const task = taskOf(
    "int f(int n, int k) { int i = 0; while (i < 2) i++; assert(n * 3 + k != 123456789 + i); return i; }",
  );
  const { runs } = await propose(unrollingProposer([2]), task);
  expect(replay(task.program, runs[0] as Inputs).outcome.kind).toBe("violated");
});

it("neither finds any where there is none", async () => {
  const task = taskOf("int f(int n) { int i = 0; while (i < n) i++; assert(i >= n); return i; }");
  expect((await propose(samplingProposer(), task)).runs).toEqual([]);
  expect((await propose(unrollingProposer([2]), task)).runs).toEqual([]);
});
