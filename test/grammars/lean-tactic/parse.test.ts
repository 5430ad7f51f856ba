import { describe, expect, it } from "vitest";
import { checkDefinition } from "../../../grammars/definition/check.ts";
import { checkPrediction } from "../../../grammars/definition/prediction.ts";
import { leanTacticDefinition } from "../../../grammars/lean-tactic/definition.ts";
import { leanTacticLanguage } from "../../../grammars/lean-tactic/language.ts";
import { parseLeanTactic } from "../../../grammars/lean-tactic/parse.ts";
import { printLeanAscii, printLeanTactic } from "../../../grammars/lean-tactic/print.ts";
import { derive, readGbnf } from "../emit/gbnf-reader.ts";

function canonical(text: string): string {
  const parsed = parseLeanTactic(text);
  if (parsed.kind === "error") throw new Error(`${text}: ${parsed.message}`);
  const printed = printLeanTactic(parsed.tree);
  expect(parseLeanTactic(printed), printed).toEqual(parsed);
  expect(parseLeanTactic(printLeanAscii(parsed.tree))).toEqual(parsed);
  return printed;
}

describe.each(["tactic", "proof"] as const)("the definition of a Lean %s", (entry) => {
  it("is well formed and predicts by one token", () => {
    const definition = leanTacticDefinition(entry, ["n", "h"]);
    expect([...checkDefinition(definition), ...checkPrediction(definition)]).toEqual([]);
  });

  it("gives decoders texts that are read, and that come back from their layout", () => {
    const grammar = readGbnf(leanTacticLanguage(["n", "h₁"], { entry, maxDepth: 3 }).gbnf);
    let seed = 7;
    const pick = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return (seed >> 8) % below;
    };
    let laidOut = 0;
    for (let run = 0; run < 300; run += 1) {
      const text = derive(grammar, pick);
      const parsed = parseLeanTactic(text, { entry });
      if (parsed.kind === "error") {
        // Nonsense such as a `calc` without relations has no layout that says it.
        expect([text, parsed.message]).toEqual([text, expect.stringContaining("laid out in lines")]);
        continue;
      }
      laidOut += 1;
      expect(parseLeanTactic(printLeanTactic(parsed.tree), { entry }), text).toEqual(parsed);
    }
    expect(laidOut).toBeGreaterThan(200);
  });
});

describe("Lean tactics", () => {
  it.each([
    "intro n h₁",
    "rw [← h] at h2 ⊢",
    "simp only [foo, bar] at *",
    "exact ⟨by simp, fun x => by omega⟩",
    "rcases h with ⟨x, y⟩ | h",
    "rintro (h | h) <;> simp",
    "exact (f x).symm",
    "have : ∀ x, p x := fun x => by simp",
    "refine ⟨fun h => ?_, .inl rfl⟩",
    "exact foo (· + 1) fun x ↦ x",
    "induction n with\n| zero => simp\n| succ n ih =>\n  simp [foo]\n  rw [ih]",
    "cases h with\n| inl a =>\n  cases a with\n  | inl b => exact b\n  | inr b => omega\n| inr c => simp",
    "constructor\n· simp\n· intro x\n  omega",
    "calc a = b := by simp\n  _ = c := by\n    rw [h]\n    simp\nexact foo",
    "have h := foo (by\n  simp\n  omega) bar\nexact h",
    "case succ n ih => simp",
    "first\n| omega\n| ( simp; omega )",
    "match h with\n| ⟨a, b⟩ => exact a",
    "all_goals simp_all",
  ])("are printed as they are read: %s", (text) => {
    expect(canonical(text)).toBe(text);
  });

  it.each([
    ["cases h with | inl a => simp | inr b => omega", "cases h with\n| inl a => simp\n| inr b => omega"],
    ["have h : P := by simp; omega\nexact h", "have h : P := by\n  simp\n  omega\nexact h"],
    ["intro x\n  simp\n  omega", "intro x\nsimp\nomega"],
    ["have h : P :=\n  foo a\n    b\nexact h", "have h : P := foo a b\nexact h"],
    [
      "induction n with\n  | zero => rfl\n  | succ n ih =>\n    simp\n    omega",
      "induction n with\n| zero => rfl\n| succ n ih =>\n  simp\n  omega",
    ],
  ])("have one layout: %j", (text, printed) => {
    expect(canonical(text)).toBe(printed);
  });

  it.each([
    ["sorry", 1, 1],
    ["simp; sorry", 1, 7],
    ["exact?", 1, 1],
    ["native_decide", 1, 1],
    ["exact h -- done", 1, 9],
    ["exact h /- x -/", 1, 9],
    ["open Nat in simp", 1, 1],
    ["simp\nset_option autoImplicit true in simp", 2, 1],
    ["simp\ntheorem x : False := foo", 2, 1],
    ["simp\n#eval 1", 2, 1],
    ["run_tac foo", 1, 1],
    ["have h : P := by\n  sorry", 2, 3],
    ["exact (by exact sorryAx P)", 1, 17],
    ['exact "x"', 1, 7],
    ["exact (f a", 1, 11],
    ["exact f a)", 1, 10],
    ["foo bar", 1, 1],
    ["exact 1234567890123456789012", 1, 7],
    ["exact \u202e h", 1, 7],
    ["", 1, 1],
  ])("are refused, with their place: %j", (text, line, column) => {
    expect(parseLeanTactic(text)).toMatchObject({ kind: "error", line, column });
  });

  it("may not name the theorem itself, however it is qualified", () => {
    const refused = ["Nat.foo₁"];
    for (const text of ["exact foo₁ n", "exact Nat.foo₁ n", "exact (foo₁ n).symm", "simp [foo₁.symm]"]) {
      expect(parseLeanTactic(text, { refused }).kind, text).toBe("error");
    }
    expect(parseLeanTactic("exact foo₂ n", { refused }).kind).toBe("ok");
  });

  it("is one tactic where one is asked for", () => {
    expect(parseLeanTactic("simp", { entry: "tactic" }).kind).toBe("ok");
    expect(parseLeanTactic("simp\nomega", { entry: "tactic" }).kind).toBe("error");
  });
});
