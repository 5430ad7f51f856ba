import { afterAll, describe, expect, it } from "vitest";
import { readOutline } from "../../../grammars/lean/outline.ts";
import { leanAssistant } from "../../../provers/lean/assistant.ts";
import { reviewOn } from "../../../provers/lean/review/review.ts";
import { LeanWorker } from "../../../provers/lean/worker.ts";
import { draftLeanProof } from "../../../server/tasks/proof-hole/lean-draft.ts";
import { locateLeanHoles } from "../../../server/tasks/proof-hole/lean-locate.ts";
import { embedded } from "./available.ts";

const { launcher, title } = embedded;
const HANG = 240_000;
const { signal } = new AbortController();

/** Where a hole stands, its file, and one tactic that fills it. */
const HOLES: readonly (readonly [where: string, text: string, tactic: string])[] = [
  [
    "a lemma under `where`",
    "theorem outer (n : Nat) : 0 + n = n := inner n\nwhere\n  inner (m : Nat) : 0 + m = m := by\n    sorry\n",
    "simp",
  ],
  [
    "a term under `where`",
    "theorem outer (n : Nat) : 0 + n = n := inner n\nwhere\n  inner (m : Nat) : 0 + m = m := sorry\n",
    "simp",
  ],
  [
    "`decreasing_by`",
    "def halve (n : Nat) : Nat := if _h : n ≤ 1 then 0 else 1 + halve (n / 2)\ntermination_by n\ndecreasing_by\n  sorry\n",
    "omega",
  ],
  [
    "a mutual block",
    `mutual
def isEven : Nat → Bool
  | 0 => true
  | n + 1 => isOdd n
def isOdd : Nat → Bool
  | 0 => false
  | n + 1 => isEven n
end
mutual
theorem even_two : isEven 2 = true := by
  sorry
theorem odd_two : isOdd 2 = false := rfl
end
`,
    "simp [isEven, isOdd]",
  ],
  [
    "a step of `calc`, in tactics",
    "theorem a (x y z : Nat) (h : x = y) (g : y = z) : x = z := by\n  calc x = y := h\n    _ = z := by\n      sorry\n",
    "exact g",
  ],
  [
    "a step of `calc`, in terms",
    "theorem a (x y z : Nat) (h : x = y) (g : y = z) : x = z :=\n  calc x = y := sorry\n    _ = z := g\n",
    "exact h",
  ],
  [
    "an arm of `match`, in tactics",
    "theorem a (n : Nat) : n = 0 ∨ n > 0 := by\n  match n with\n  | 0 => exact Or.inl rfl\n  | k + 1 =>\n    sorry\n",
    "exact Or.inr (Nat.succ_pos k)",
  ],
  [
    "an arm of `match`, in terms",
    "theorem a (n : Nat) : n = 0 ∨ n > 0 :=\n  match n with\n  | 0 => Or.inl rfl\n  | _ + 1 => sorry\n",
    "omega",
  ],
  [
    "an equation of a recursive theorem",
    "theorem a : (n : Nat) → 0 + n = n\n  | 0 => rfl\n  | n + 1 => sorry\n",
    "simp",
  ],
  [
    "an arm of `induction`",
    "theorem a (n : Nat) : 0 + n = n := by\n  induction n with\n  | zero => rfl\n  | succ n ih => sorry\n",
    "omega",
  ],
  ["a component of a term", "theorem a (p q : Prop) (h : p) (g : q) : p ∧ q :=\n  ⟨h, sorry⟩\n", "exact g"],
  ["the body of `fun`", "theorem a (p q : Prop) : p → q → p := fun h _ => sorry\n", "exact h"],
  [
    "a `have`, beside what uses it",
    "theorem a (n : Nat) (h : 2 < n) : 1 < n := by\n  have g : 1 < 2 := by sorry\n  exact Nat.lt_trans g h\n",
    "decide",
  ],
  [
    "a `case` and a `next`",
    "theorem a (p q : Prop) (h : p) (g : q) : p ∧ q := by\n  constructor\n  case left => exact h\n  next => sorry\n",
    "exact g",
  ],
  [
    "a section with variables and a universe",
    "universe u\nnamespace N\nsection\nvariable {α : Type u} (xs : List α)\ntheorem a : xs ++ [] = xs := by\n  sorry\nend\nend N\n",
    "simp",
  ],
];

describe.runIf(launcher !== null)(`a hole on ${title}`, () => {
  const assistant = launcher && leanAssistant(launcher);
  const worker = launcher && new LeanWorker(launcher, null);
  afterAll(async () => {
    await assistant?.close();
    await worker?.close();
  });

  it.each(HOLES)(
    "in %s is opened, filled in the file's layout, and judged",
    { timeout: HANG },
    async (_, text, tactic) => {
      const document = { file: "-", text, version: 0 };
      const located = locateLeanHoles(document);
      expect(located).toMatchObject([{ kind: "task", task: { holes: [{}] } }]);
      const task = located[0]!.kind === "task" ? located[0]!.task : null;
      const offset = task!.holes[0]!.start;
      expect(offset).toBe(readOutline(text).holes[0]!.start);
      const opened = await assistant!.open({ file: "-", text, offset }, signal);
      if (opened.kind === "failed") throw new Error(opened.message);
      const { session } = opened;
      const applied = await session.apply(session.root, tactic, 20_000, signal);
      const { frame, goals } = session;
      await session.close();
      expect(applied).toMatchObject({ kind: "done" });
      const { edit } = draftLeanProof(task!, [{ goals: goals.length, frame, steps: [{ tactic, goals: 0 }] }]);
      const review = await reviewOn(worker!, launcher!, () => null, { document, edit, offset }, signal);
      expect(review).toMatchObject({ kind: "proved" });
    },
  );
});
