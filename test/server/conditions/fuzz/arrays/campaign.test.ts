import { describe, expect, it } from "vitest";
import { secondOpinions } from "../../../../../provers/cvc5/find.ts";
import { chooseZ3 } from "../../../../../provers/z3/choose.ts";
import { ROOT } from "../seeded.ts";
import { loadSubject } from "../subject.ts";
import { arrayCampaign } from "./campaign.ts";

const nightly = process.env.TOUCHSTONE_NIGHTLY === "1";
const cases = nightly ? 2_000 : 40;
const [second] = await secondOpinions();
const confirmed = second ? `by ${second.name}` : "by no second solver, since cvc5 is not on this machine";

describe(`soundness.md 11: ${cases} random functions over arrays with random invariants`, () => {
  it(`are proved only where every run agrees, ${confirmed} too`, { timeout: 7_200_000 }, async () => {
    const report = await arrayCampaign(await loadSubject(ROOT), {
      first: nightly ? 100_000 : 1,
      cases,
      solver: await chooseZ3("auto"),
      second: second ?? null,
      signal: new AbortController().signal,
    });
    expect(report.complaints.join("\n\n")).toBe("");
    expect(report.cases).toBe(cases);
    expect(report.proved / cases).toBeGreaterThanOrEqual(0.3);
    expect(report.refuted / cases).toBeGreaterThanOrEqual(0.3);
    // The rest are questions that the second solver does not decide in its time.
    if (second) expect(report.agreed / report.proved).toBeGreaterThan(0.5);
    expect(report.runs).toBeGreaterThan(3 * cases);
  });
});
