import { describe, expect, it } from "vitest";
import { readOutline } from "../../../grammars/lean/outline.ts";

/** Each hole as `declaration: kind at line`. */
function holesOf(text: string): string[] {
  return readOutline(text).holes.map(
    ({ kind, start, declaration }) =>
      `${declaration.fullName}: ${kind} at line ${text.slice(0, start).split("\n").length}`,
  );
}

describe("holes of a Lean file", () => {
  it("are tactics after `by`, on a line of a block, after bullets and separators", () => {
    const text = `theorem a : True := by sorry
theorem b : True ∧ True := by
  constructor
  · sorry
  · skip
    sorry
theorem c : True := by
  simp; sorry
theorem d : True := by
  skip <;> sorry
theorem e : True := by
  first | trivial | sorry
`;
    expect(holesOf(text)).toEqual([
      "a: tactic at line 1",
      "b: tactic at line 4",
      "b: tactic at line 6",
      "c: tactic at line 8",
      "d: tactic at line 10",
      "e: tactic at line 12",
    ]);
  });

  it("are terms after `:=`, as arguments, in anonymous constructors and in functions", () => {
    const text = `theorem a : True := sorry
theorem b : True ∧ True := ⟨sorry, trivial⟩
theorem c : 1 = 1 := by
  exact id sorry
theorem d (n : Nat) : n = n :=
  match n with
  | 0 => sorry
  | _ + 1 => rfl
theorem e : ∀ n : Nat, n = n := fun n => sorry
theorem f : True :=
  sorry
`;
    expect(holesOf(text)).toEqual([
      "a: term at line 1",
      "b: term at line 2",
      "c: term at line 4",
      "d: term at line 7",
      "e: term at line 9",
      "f: term at line 11",
    ]);
  });

  it("are tactics in arms of tactics, and terms in `calc` steps unless `by` stands before them", () => {
    const text = `theorem a (n : Nat) : n = n := by
  induction n with
  | zero => sorry
  | succ n ih =>
    sorry
theorem b (n : Nat) : n = n := by
  match n with
  | 0 => sorry
  | _ + 1 => exact sorry
theorem c : 1 = 1 :=
  calc 1 = 1 := sorry
    _ = 1 := by sorry
theorem d : True := by
  have h : 1 = 1 := by
    sorry
  have g : 1 = 1 := sorry
  case _ => sorry
`;
    expect(holesOf(text)).toEqual([
      "a: tactic at line 3",
      "a: tactic at line 5",
      "b: tactic at line 8",
      "b: term at line 9",
      "c: term at line 11",
      "c: tactic at line 12",
      "d: tactic at line 15",
      "d: term at line 16",
      "d: tactic at line 17",
    ]);
  });

  it("know their namespaces, sections and mutual blocks", () => {
    const text = `namespace A
section
variable (n : Nat)
mutual
theorem B.x : True := sorry
theorem y : True := sorry
end
end
private theorem _root_.z : True := sorry
end A
@[simp]
theorem w.{u} (α : Sort u) : True := sorry
def loop (n : Nat) : Nat := if n = 0 then 0 else loop (n - 1)
decreasing_by sorry
`;
    expect(holesOf(text)).toEqual([
      "A.B.x: term at line 5",
      "A.y: term at line 6",
      "z: term at line 9",
      "w: term at line 12",
      "loop: tactic at line 14",
    ]);
    const [x] = readOutline(text).declarations;
    expect(text.slice(x!.start, x!.outerEnd)).toMatch(/y : True := sorry\nend$/);
  });

  it("are not in comments, strings or names", () => {
    const text = `-- sorry
/- sorry /- sorry -/ sorry -/
theorem sorry' : "sorry".length = 5 := rfl
def a := 'x'
theorem b : foo.sorry = \`sorry := by rfl
`;
    expect(holesOf(text)).toEqual([]);
    expect(readOutline("theorem a := sorry /- open").unclosed).toEqual({ what: "comment", start: 19 });
  });

  it("tell the statement from the body", () => {
    const text = "theorem a (h : let x := 1; x = 1) : True := by sorry";
    const [a] = readOutline(text).declarations;
    expect(text.slice(a!.start, a!.body!)).toBe("theorem a (h : let x := 1; x = 1) : True ");
  });
});
