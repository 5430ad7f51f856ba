import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import {
  availableCores,
  coresOfCfs,
  coresOfCpuMax,
  modelThreads,
} from "../../../../server/models/llama/cores.ts";

test.each([
  ["max 100000\n", Number.POSITIVE_INFINITY],
  ["200000 100000\n", 2],
  ["150000 100000", 1.5],
  ["50000", 0.5],
  ["", Number.POSITIVE_INFINITY],
])("cpu.max '%s' allows %s cores", (text, cores) => {
  expect(coresOfCpuMax(text)).toBe(cores);
});

test("cgroup v1: a quota of -1 is none", () => {
  expect(coresOfCfs("-1", "100000")).toBe(Number.POSITIVE_INFINITY);
  expect(coresOfCfs("300000", "100000")).toBe(3);
});

test("at least one core, and no more than the scheduler allows", () => {
  expect(availableCores()).toBeGreaterThanOrEqual(1);
  expect(availableCores()).toBeLessThanOrEqual(availableParallelism());
});

test("a core is left for the solver where there is one", () => {
  expect([1, 2, 8].map(modelThreads)).toEqual([1, 1, 7]);
});
