import { describe, expect, it } from "vitest";
import { screenTactic } from "../../../provers/lean/policy.ts";

describe("the policy for a Lean tactic", () => {
  it.each([
    "omega",
    "induction n with\n| zero => rfl\n| succ n ih => simp [ih]",
    "rcases h with ⟨x, hx⟩ | h",
    "simp only [List.map, ← foo, *] at h ⊢",
    "have h := foo a b; exact h.1",
    "exact ⟨by simp, fun x => x.trivial'⟩",
    "rw [partialSum, sorryNot]",
    "induction e <;> simp_all [eval, Expr.eval]",
  ])("allows %s", (tactic) => {
    expect(screenTactic(tactic)).toEqual({ kind: "tactic", tactic });
  });

  it.each([
    ["sorry", "sorry"],
    ["exact (by sorry)", "sorry"],
    ["admit", "admit"],
    ["exact sorryAx _ true", "sorryAx"],
    ["native_decide", "native_decide"],
    ["decide +native", "native"],
    ["exact of_decide_eq_true (decide (config := { native := true }))", "native"],
    ["exact Lean.ofReduceBool _ _ rfl", "ofReduceBool"],
    ["exact Lean.trustCompiler", "trustCompiler"],
    ["exact?", "exact?"],
    ["apply?", "apply?"],
    ["simp?", "simp?"],
    ["bv_decide", "bv_decide"],
    ["run_tac Lean.Elab.admitGoal", "run_tac"],
    ["set_option maxRecDepth 5 in simp", "set_option"],
    ["open private Foo in simp", "open"],
    ["exact unsafe foo", "unsafe"],
    ["exact by_elab return x", "by_elab"],
    ["decide +kernel\naxiom foo : False", "axiom"],
    ["exact eval% foo", "eval"],
    ["rfl\n# eval foo", "#"],
    ["rfl\n#eval IO.FS.writeFile", "#eval"],
    ['rfl\nmacro "x" : tactic => `(tactic| skip)', "macro"],
    ["simp -- comment", "comments"],
    ["simp /- comment -/", "comments"],
    ["-/ theorem x : False := by", "comments"],
    ['exact f "text"', "strings"],
    ["exact «sorry»", "not allowed"],
    ["  rfl\n rfl", "leaves the block"],
    ["exact (foo", "not closed"],
    ["exact foo)", "closes"],
    ["exact 1234567890", "too large"],
    ["rfl\u0000", "control"],
    ["rfl\u202e", "control"],
    [`exact ${"(".repeat(200)}x${")".repeat(200)}`, "nested"],
    ["x".repeat(5000), "characters"],
    ["", "no tactic"],
  ])("refuses %j", (tactic, why) => {
    const screened = screenTactic(tactic);
    expect(screened).toMatchObject({ kind: "refused" });
    expect(screened.kind === "refused" && screened.message).toContain(why);
  });

  it("refuses the theorem's own name", () => {
    expect(screenTactic("exact foo", ["foo", "A.foo"])).toMatchObject({ kind: "refused" });
    expect(screenTactic("exact A.foo", ["foo", "A.foo"])).toMatchObject({ kind: "refused" });
    expect(screenTactic("exact foo'", ["foo", "A.foo"])).toMatchObject({ kind: "tactic" });
  });
});
