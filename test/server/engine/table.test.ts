import { describe, expect, it } from "vitest";
import { STATES, type State, step, TABLE, type Transition } from "../../../server/engine/table.ts";

/** States that can be reached from `ask` with these transitions. */
function reachable(table: readonly Transition[]): Set<State> {
  const seen = new Set<State>(["ask"]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { from, to } of table) {
      if (seen.has(from) && !seen.has(to)) {
        seen.add(to);
        grown = true;
      }
    }
  }
  return seen;
}

/** Whether a cycle exists that uses these transitions alone. */
function hasCycle(table: readonly Transition[]): boolean {
  let rest = [...table];
  for (;;) {
    const withoutEnds = rest.filter((one) => rest.some((next) => next.from === one.to));
    if (withoutEnds.length === rest.length) return rest.length > 0;
    rest = withoutEnds;
  }
}

describe("the transition table that the engine runs on", () => {
  it("reaches every state", () => {
    expect([...reachable(TABLE)].sort()).toEqual([...STATES].sort());
  });

  it("offers nothing that the judge did not prove", () => {
    const withoutProof = TABLE.filter((one) => !(one.from === "judge" && one.on === "proved"));
    expect(reachable(withoutProof)).not.toContain("offer");
  });

  it("enters the judge's `proved` only after a check that proved", () => {
    const withoutCheck = TABLE.filter((one) => !(one.from === "check" && one.on === "proved"));
    const toJudge = withoutCheck.filter((one) => one.to === "judge");
    expect(toJudge.map((one) => one.on)).toEqual(["run"]);
  });

  it("spends budget in every cycle", () => {
    expect(hasCycle(TABLE)).toBe(true);
    expect(hasCycle(TABLE.filter((one) => one.spends === "none"))).toBe(false);
  });

  it.each(STATES.filter((state) => state !== "stopped"))(
    "stops from %s when cancelled or out of budget",
    (state) => {
      expect(step(state, "cancelled").to).toBe("stopped");
      expect(step(state, "exhausted").to).toBe("stopped");
    },
  );

  it("never leaves `stopped` and is deterministic", () => {
    expect(TABLE.filter((one) => one.from === "stopped")).toEqual([]);
    const keys = TABLE.map((one) => `${one.from} ${one.on}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("treats an answer that it does not know as a bug", () => {
    expect(() => step("ask", "whatever the model said")).toThrow("no transition");
  });
});
