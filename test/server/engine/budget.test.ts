import { describe, expect, it } from "vitest";
import { Budget } from "../../../server/engine/budget.ts";
import { defaultOptions } from "../../../server/engine/options.ts";

describe("a budget", () => {
  it("says what ran out first, in words for the user", () => {
    let now = 0;
    const budget = new Budget({ ...defaultOptions, timeoutMs: 2000, maxChecks: 3 }, () => now);
    expect(budget.exhausted()).toBeNull();
    budget.checks = 3;
    expect(budget.exhausted()).toBe("the limit of 3 solver checks was reached");
    now = 2000;
    expect(budget.exhausted()).toBe("the time limit of 2 s was reached");
  });

  it("never has less than nothing left", () => {
    let now = 0;
    const budget = new Budget({ ...defaultOptions, timeoutMs: 100, maxTokens: 10 }, () => now);
    now = 500;
    budget.tokens = 25;
    expect([budget.remainingMs, budget.remainingTokens]).toEqual([0, 0]);
    expect(budget.counts()).toMatchObject({ tokens: 25, ms: 500 });
  });
});
