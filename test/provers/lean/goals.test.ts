import { describe, expect, it } from "vitest";
import { canonicalForm, readGoal } from "../../../provers/lean/goals.ts";

describe("a goal as Lean prints it", () => {
  it("has a tag, hypotheses with names and values, and a conclusion", () => {
    expect(
      readGoal("case succ\nn m : Nat\nx : Nat := n + 1\nih : double n = n + n\n⊢ double (n + 1) = x"),
    ).toEqual({
      name: "succ",
      hypotheses: [
        { names: ["n", "m"], type: "Nat", body: null },
        { names: ["x"], type: "Nat", body: "n + 1" },
        { names: ["ih"], type: "double n = n + n", body: null },
      ],
      conclusion: "double (n + 1) = x",
    });
  });

  it("may go on over lines that are indented", () => {
    const goal = readGoal("h :\n  ∀ (x : Nat),\n    p x\nn✝ : Nat\n⊢ p 1 ∧\n    p 2");
    expect(goal.hypotheses).toEqual([
      { names: ["h"], type: "∀ (x : Nat),\n    p x", body: null },
      { names: ["n✝"], type: "Nat", body: null },
    ]);
    expect(goal.conclusion).toBe("p 1 ∧\n    p 2");
  });

  it("is the same state under another tag", () => {
    expect(canonicalForm(["case a\n⊢ p"])).toBe(canonicalForm(["case b\n⊢ p"]));
    expect(canonicalForm(["⊢ p"])).not.toBe(canonicalForm(["⊢ p", "⊢ p"]));
  });
});
