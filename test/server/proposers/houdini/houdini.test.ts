import { expect, it } from "vitest";
import { compare, integer, variable } from "../../../../server/program/term.ts";
import { houdiniProposer } from "../../../../server/proposers/houdini/houdini.ts";
import { taskOf } from "../../engine/parts.ts";
import { propose } from "../proposing.ts";

const TASK = taskOf("int f(int n) { int i = 0; while (i < n) i++; assert(i >= 0); return i; }");
const atLeast = (bound: number) => compare(">=", variable("i"), integer(bound));
const atMost = (bound: number) => compare("<=", variable("i"), integer(bound));

it("keeps what is inductive together, drops the rest, and proposes what the goal needs", async () => {
  const { texts, findings, notes } = await propose(houdiniProposer(), TASK, (found) => {
    for (const one of [atLeast(0), atLeast(-5), atLeast(1), atMost(3)]) found.add(0, one);
  });
  expect(findings.lemmas[0]).toEqual([atLeast(0), atLeast(-5)]);
  expect(texts).toEqual(["i >= 0"]);
  expect(notes).toContain("2 conjuncts are inductive together; the goal is proved");
});

it("proposes nothing that does not give the goal; what was dropped may be changed by others", async () => {
  const { texts, findings } = await propose(houdiniProposer(), TASK, (found) => {
    for (const one of [atLeast(-5), atMost(3)]) found.add(0, one);
  });
  expect(texts).toEqual([]);
  expect(findings.wishes[0]).toEqual([atMost(3)]);
});

it("does nothing without a pool", async () => {
  expect((await propose(houdiniProposer(), TASK)).notes).toEqual([]);
});
