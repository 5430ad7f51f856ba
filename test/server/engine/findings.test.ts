import { describe, expect, it } from "vitest";
import { Findings } from "../../../server/engine/findings.ts";
import { keyOf } from "../../../server/program/key.ts";
import { compare, integer, variable } from "../../../server/program/term.ts";

const positive = () => compare(">", variable("x"), integer(0));

describe("findings", () => {
  it("hold each atom once a loop, and grow with what is new only", () => {
    const findings = new Findings(2);
    expect([findings.add(0, positive()), findings.add(0, positive()), findings.add(1, positive())]).toEqual([
      true,
      false,
      true,
    ]);
    expect(findings.pool.map((formulas) => formulas.length)).toEqual([1, 1]);
    expect(findings.revision).toBe(2);
  });

  it("a miss is worth another round", () => {
    const findings = new Findings(1);
    findings.miss({
      proposer: "test",
      invariants: [["x > 0"]],
      verdict: { kind: "unknown", reason: "time-out" },
    });
    expect(findings.revision).toBe(1);
  });

  it("tell formulas apart by their structure, big numbers included", () => {
    expect(keyOf(positive())).toBe(keyOf(positive()));
    expect(keyOf(compare(">", variable("x"), integer(10n ** 30n)))).not.toBe(
      keyOf(compare(">", variable("x"), integer(10n ** 30n + 1n))),
    );
  });
});
