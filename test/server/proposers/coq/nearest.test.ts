import { describe, expect, it } from "vitest";
import { distance, nearestNames, unknownName } from "../../../../server/proposers/coq/nearest.ts";
import { positionOf } from "./position.ts";

const repairs = (tactic: string, message: string, position = at) =>
  [...nearestNames().repair!(position, { tactic, failure: "unknown name", message })].flatMap(
    ({ tactics }) => tactics,
  );
const at = positionOf({
  goal: "n + m = m + n",
  hypotheses: ["n, m : nat", "IHn : n + m = m + n", "Hlt : n < m"],
  relevant: [{ name: "plus_comm", statement: "forall n m : nat, n + m = m + n", proof: null }],
});

describe("a name that Coq does not know", () => {
  it("is read from its words", () => {
    expect(unknownName("The reference plus_com was not found in the current environment.")).toBe("plus_com");
    expect(unknownName("No such hypothesis: H2")).toBe("H2");
    expect(unknownName("Found no subterm matching")).toBeNull();
  });

  it("is answered with the nearest in scope", () => {
    const message = "The reference plus_com was not found in the current environment.";
    expect(repairs("rewrite plus_com; auto", message)).toEqual(["rewrite plus_comm; auto"]);
  });

  it("of a hypothesis may be any hypothesis of that kind, an equation for a rewriting", () => {
    expect(repairs("rewrite H2", "No such hypothesis: H2")).toEqual(["rewrite IHn"]);
    expect(repairs("apply H2", "No such hypothesis: H2")).toEqual(["apply Hlt", "apply IHn"]);
  });

  it("that is like none is left alone", () => {
    expect(repairs("sauto", "The reference sauto was not found in the current environment.")).toEqual([]);
  });
});

describe("spelling", () => {
  it("is apart by the letters put in, left out or exchanged", () => {
    expect(distance("kitten", "sitting")).toBe(3);
    expect(distance("", "ab")).toBe(2);
  });
});
