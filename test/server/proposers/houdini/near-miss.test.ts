import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultOptions } from "../../../../server/engine/options.ts";
import type { Touchstone } from "../../../../server/wiring.ts";
import { outcomeOf, symbolic } from "../../conditions/outcome.ts";

/** Everybody who could find `y <= x`. */
const without = ["templates", "clauses", "conditional", "mutation", "spacer", "polynomial"];

const text = `int main() {
  int x = 0, y = 0;
  while (unknown()) { x = x + 1; if (unknown()) y = y + 1; }
  assert(y <= 50 || x >= 40);
}`;

describe("when the strongest inductive conjuncts are too weak", () => {
  let touchstone: Touchstone;
  beforeAll(async () => {
    touchstone = await symbolic("math", { options: { ...defaultOptions, without } });
  });
  afterAll(() => touchstone.close());

  it("they are the near miss, without those that others imply, and with a state that they leave possible", async () => {
    const outcome = await outcomeOf(touchstone, text, "run");
    expect(outcome).toMatchObject({
      kind: "unknown",
      nearest: { proposer: "houdini", verdict: { kind: "refuted", why: "tooWeak" } },
    });
    const { invariants, verdict } = (outcome as Extract<typeof outcome, { kind: "unknown" }>).nearest!;
    expect([...invariants[0]!].sort()).toEqual(["x >= 0", "y >= 0"]);
    const { values } = (verdict as Extract<typeof verdict, { kind: "refuted" }>).counterexample.states.at(
      -1,
    )!;
    expect(Number(values.y)).toBeGreaterThan(50);
    expect(Number(values.x)).toBeLessThan(40);
  });
});
