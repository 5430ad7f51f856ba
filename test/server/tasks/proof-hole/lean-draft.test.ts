import { describe, expect, it } from "vitest";
import { applyEdit } from "../../../../server/tasks/invariants/edit.ts";
import { draftLeanProof } from "../../../../server/tasks/proof-hole/lean-draft.ts";
import { locateLeanHoles } from "../../../../server/tasks/proof-hole/lean-locate.ts";

const script = {
  goals: 1,
  frame: { before: [], after: [] },
  steps: [
    { tactic: "intro h", goals: 1 },
    { tactic: "exact h", goals: 0 },
  ],
};

function filled(text: string): string {
  const [located] = locateLeanHoles({ file: "-", text, version: 0 });
  if (located?.kind !== "task") throw new Error("no hole");
  return applyEdit(text, draftLeanProof(located.task, [script]).edit);
}

describe("the draft of a Lean proof", () => {
  it("has the file's own line breaks", () => {
    expect(filled("theorem a (p : Prop) : p → p := by\r\n  sorry\r\n")).toBe(
      "theorem a (p : Prop) : p → p := by\r\n  intro h\r\n  exact h\r\n",
    );
  });

  it("stands in the hole's column, whatever characters are before it", () => {
    expect(filled("theorem a (𝕜 : Prop) : 𝕜 → 𝕜 := id (by sorry)\n")).toBe(
      "theorem a (𝕜 : Prop) : 𝕜 → 𝕜 := id (by (intro h\n                                        exact h))\n",
    );
  });
});
