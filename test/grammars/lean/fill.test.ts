import { describe, expect, it } from "vitest";
import { fillHole } from "../../../grammars/lean/fill.ts";
import { readOutline } from "../../../grammars/lean/outline.ts";

function filled(text: string, tactics: readonly string[]): string {
  const { holes, tokens } = readOutline(text);
  const { start, end, text: fresh } = fillHole({ text, tokens, hole: holes[0]! }, tactics);
  return text.slice(0, start) + fresh + text.slice(end);
}

const two = ["intro h", "exact h"];

describe("a filled hole", () => {
  it("stays on its line when one tactic is enough", () => {
    expect(filled("theorem a : p := by sorry", ["simp"])).toBe("theorem a : p := by simp");
    expect(filled("theorem a : p := sorry", ["simp"])).toBe("theorem a : p := by simp");
    expect(filled("theorem a : p := f sorry x", ["simp"])).toBe("theorem a : p := f (by simp) x");
  });

  it("counts columns as Lean does, which has one for each character", () => {
    expect(filled("theorem a : f 𝕜 𝕜 := ⟨x, by sorry⟩", two)).toBe(
      `theorem a : f 𝕜 𝕜 := ⟨x, by (intro h\n${" ".repeat(29)}exact h)⟩`,
    );
  });

  it("goes to lines of its own after `by`, two columns in", () => {
    expect(filled("theorem a : p := by sorry\n", two)).toBe("theorem a : p := by\n  intro h\n  exact h\n");
    expect(filled("theorem a : p := sorry\n", two)).toBe("theorem a : p := by\n  intro h\n  exact h\n");
    expect(filled("  have h : q := by sorry\n".replace("  have", "theorem x : p := by\n  have"), two)).toBe(
      "theorem x : p := by\n  have h : q := by\n    intro h\n    exact h\n",
    );
  });

  it("keeps the column of its block", () => {
    expect(filled("theorem a : p := by\n    skip\n    sorry\n", two)).toBe(
      "theorem a : p := by\n    skip\n    intro h\n    exact h\n",
    );
    expect(filled("theorem a : p := by\n  constructor\n  · sorry\n", two)).toBe(
      "theorem a : p := by\n  constructor\n  · intro h\n    exact h\n",
    );
  });

  it("goes under an arm, deeper than its bar", () => {
    expect(filled("theorem a : p := by\n  cases n with\n  | zero => sorry\n  | succ n => rfl\n", two)).toBe(
      "theorem a : p := by\n  cases n with\n  | zero =>\n      intro h\n      exact h\n  | succ n => rfl\n",
    );
  });

  it("stands to the right of what a bullet, an arm or calc leads in", () => {
    expect(filled("theorem a : p := by\n  calc x = y := by sorry\n    _ = z := rfl\n", two)).toBe(
      "theorem a : p := by\n  calc x = y := by\n         intro h\n         exact h\n    _ = z := rfl\n",
    );
    expect(filled("theorem a : p :=\n  calc x = y := sorry\n    _ = z := rfl\n", two)).toBe(
      "theorem a : p :=\n  calc x = y := by\n         intro h\n         exact h\n    _ = z := rfl\n",
    );
    expect(filled("theorem a : p := by\n  · have g : q := by sorry\n    exact g\n", two)).toBe(
      "theorem a : p := by\n  · have g : q := by\n      intro h\n      exact h\n    exact g\n",
    );
    expect(filled("def a : p → q\n  | x => by sorry\n", two)).toBe(
      "def a : p → q\n  | x => by\n      intro h\n      exact h\n",
    );
  });

  it("is put in brackets where something goes on after it", () => {
    expect(filled("theorem a : p := by\n  skip; sorry\n", two)).toBe(
      "theorem a : p := by\n  skip; (intro h\n         exact h)\n",
    );
    expect(filled("theorem a : p := ⟨sorry, x⟩\n", two)).toBe(
      "theorem a : p := ⟨(by\n  intro h\n  exact h), x⟩\n",
    );
  });

  it("keeps the further lines of a tactic where they belong", () => {
    expect(filled("theorem a : p := by sorry\n", ["cases n with\n| zero => rfl\n| succ n => rfl"])).toBe(
      "theorem a : p := by\n  cases n with\n  | zero => rfl\n  | succ n => rfl\n",
    );
  });
});
