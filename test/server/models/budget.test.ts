import { expect, test } from "vitest";
import { TokenBudget } from "../../../server/models/budget.ts";

test("what is reserved is not available to others, and what was not used comes back", () => {
  const budget = new TokenBudget({ tokens: 100, requests: 10 });
  const first = budget.reserve(80);
  expect(() => budget.reserve(30)).toThrowError(/used up/);
  first.settle(10);
  first.settle(1000);
  expect(budget.spent).toBe(10);
  budget.reserve(90).settle(90);
  expect(budget.affordable(0, 1, 5)).toBe(0);
});

test("requests are counted, too", () => {
  const budget = new TokenBudget({ tokens: 1000, requests: 1 });
  budget.reserve(1).settle(1);
  expect(() => budget.reserve(1)).toThrowError(/1 of 1 requests/);
});

test("says how many answers fit", () => {
  const budget = new TokenBudget({ tokens: 100, requests: 10 });
  expect(budget.affordable(40, 20, 8)).toBe(3);
  expect(budget.affordable(90, 20, 8)).toBe(0);
});
