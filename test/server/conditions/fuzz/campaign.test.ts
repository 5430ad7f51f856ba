import { describe, expect, it } from "vitest";
import { secondOpinions } from "../../../../provers/cvc5/find.ts";
import { chooseZ3 } from "../../../../provers/z3/choose.ts";
import { campaign } from "./campaign.ts";
import { ROOT } from "./seeded.ts";
import { loadSubject } from "./subject.ts";

const nightly = process.env.TOUCHSTONE_NIGHTLY === "1";
const cases = nightly ? 20_000 : 500;
const [second] = await secondOpinions();
const confirmed = second ? `by ${second.name}` : "by no second solver, since cvc5 is not on this machine";

describe(`soundness.md 11: ${cases} random functions with random invariants`, () => {
  it(`are proved only where every run agrees, ${confirmed} too`, { timeout: 3_600_000 }, async () => {
    const subject = await loadSubject(ROOT);
    const solver = await chooseZ3("auto");
    const { signal } = new AbortController();
    const first = nightly ? 1_000_000 : 1;
    const report = await campaign(subject, { first, cases, solver, second: second ?? null, signal });
    expect(report.complaints.join("\n\n")).toBe("");
    expect(report.cases).toBe(cases);
    expect(report.proved / cases).toBeGreaterThanOrEqual(0.3);
    expect(report.refuted / cases).toBeGreaterThanOrEqual(0.3);
    // The rest are questions that the second solver does not decide in its time.
    if (second) expect(report.agreed / report.proved).toBeGreaterThan(0.9);
    expect(report.runs).toBeGreaterThan(2 * cases);
    expect(report.refutations).toBeGreaterThan(0);
  });
});
