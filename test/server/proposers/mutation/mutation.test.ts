import { expect, it } from "vitest";
import { and, compare, integer, variable } from "../../../../server/program/term.ts";
import { mutants, mutationProposer } from "../../../../server/proposers/mutation/mutation.ts";
import { taskOf } from "../../engine/parts.ts";
import { propose } from "../proposing.ts";

const TASK = taskOf("int f(int n) { int i = 0; while (i < n) i++; assert(i >= 0); return i; }");
const atMost = compare("<", variable("i"), integer(3));

it("moves bounds by one, changes relations, and puts variables for constants", async () => {
  const { texts } = await propose(mutationProposer(), TASK, ({ wishes }) => wishes[0]!.push(atMost));
  for (const wanted of ["i <= 3", "i < 4", "i < 2", "i < n", "i > 3"]) expect(texts).toContain(wanted);
});

it("splits what is joined", () => {
  const other = compare(">=", variable("i"), integer(0));
  expect(mutants(and(atMost, other), [], [])).toEqual([atMost, other]);
});

it("has nothing to say where nobody wished for anything", async () => {
  expect((await propose(mutationProposer(), TASK)).texts).toEqual([]);
});
