import { describe, expect, it } from "vitest";
import { plainProofs, splitSteps } from "../../../../server/proposers/coq/plainer.ts";
import { BREAK, FINISHERS, INSTANCES, REASON } from "../../../../server/proposers/coq/sentences.ts";

describe("plain proofs in the place of a program", () => {
  it("have its beginning, and a closer that a person would write", () => {
    const plain = plainProofs(["induction l", "intros", "simpl in *", REASON, FINISHERS[0]!]);
    expect(plain).toContain("induction l; intros; simpl in *; auto");
    expect(plain).toContain("destruct l; intros; simpl in *; lia");
    expect(plain.some((one) => one.includes(REASON))).toBe(false);
    expect(Math.max(...plain.map((one) => one.length))).toBeLessThan(160);
  });

  it("use the lemmas that it used", () => {
    const plain = plainProofs([
      "unfold f in *",
      "intros",
      REASON,
      "intuition (subst; eauto using a, b.c; try congruence)",
    ]);
    expect(plain).toContain("unfold f in *; intros; eapply b.c; eauto");
    expect(plain).toContain("unfold f in *; intros; eauto using a, b.c");
  });

  it("are not asked for where the proof is plain, nor for what they are themselves", () => {
    expect(plainProofs(["induction l", "simpl", "auto"])).toEqual([]);
    const [longest] = plainProofs(["intros", REASON, "auto"]).sort((a, b) => b.length - a.length);
    expect(plainProofs(splitSteps(longest!))).toEqual([]);
  });
});

it("steps are split outside brackets and matches", () => {
  const steps = ["induction l", INSTANCES, BREAK, "intuition (a; b)"];
  expect(splitSteps(steps.join("; "))).toEqual(steps);
});
