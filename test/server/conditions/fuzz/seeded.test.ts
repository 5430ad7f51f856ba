import { describe, expect, it } from "vitest";
import { chooseZ3 } from "../../../../provers/z3/choose.ts";
import { FAULTS as SCALAR_FAULTS } from "./faults.ts";
import { MEMORY_FAULTS } from "./memory-faults.ts";
import { catchFault } from "./seeded.ts";

const FAULTS = [...SCALAR_FAULTS, ...MEMORY_FAULTS];
const nightly = process.env.TOUCHSTONE_NIGHTLY === "1";
const solver = await chooseZ3("auto");

/** Each fault is put into a copy of the source: what no test and no fuzz notices could be in the source itself unseen. */
describe("soundness.md 11: a seeded fault is caught", () => {
  it("in at least forty places", () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
    expect(FAULTS.length).toBeGreaterThanOrEqual(40);
  });

  it.for(FAULTS)("$name", { timeout: 300_000 }, async (fault, { annotate }) => {
    const attack = { cases: nightly ? 400 : 40, first: !nightly };
    const caught = await catchFault(fault, solver, attack, new AbortController().signal);
    await annotate(JSON.stringify(caught));
    expect(caught.named.length > 0 || caught.fuzz !== null).toBe(true);
  });
});
