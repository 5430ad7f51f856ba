import { describe, expect, it } from "vitest";
import { parseLeanTacticJson } from "../../../grammars/lean-tactic/answer.ts";
import { parseLeanTactic } from "../../../grammars/lean-tactic/parse.ts";
import { printLeanTactic } from "../../../grammars/lean-tactic/print.ts";

const entry = "tactic" as const;

/** The tree of a tactic as a server with a JSON schema would send it. */
function sent(tactic: string): string {
  const parsed = parseLeanTactic(tactic, { entry });
  if (parsed.kind === "error") throw new Error(parsed.message);
  return JSON.stringify({ answer: parsed.tree });
}

describe("a tactic of Lean in JSON", () => {
  it("is the tactic that its tree prints as", () => {
    for (const tactic of [
      "intro n m",
      "rw [← h, Nat.add_comm]",
      "obtain ⟨a, b⟩ := h",
      "induction xs <;> simp_all [count]",
      "induction n with\n| zero => rfl\n| succ n ih => simp_all",
    ]) {
      const read = parseLeanTacticJson(sent(tactic), { entry });
      expect(read.kind === "ok" && printLeanTactic(read.tree)).toBe(tactic);
    }
  });

  it("may not name the theorem itself, as text may not", () => {
    expect(parseLeanTacticJson(sent("exact two"), { entry, refused: ["two"] })).toMatchObject({
      kind: "error",
    });
  });

  it("says what is wrong: no JSON, another field, a node or a name that the language has not", () => {
    const head = sent("exact h");
    expect(parseLeanTacticJson(head.slice(0, -3), { entry })).toMatchObject({
      message: expect.stringContaining("not JSON"),
    });
    for (const wrong of [
      head.replace("answer", "tactic"),
      '{"answer": {"node": "sorry"}}',
      head.replace('"h"', '"h; sorry"'),
      head.replace('"h"', '"sorry"'),
    ]) {
      expect(wrong).not.toBe(head);
      expect(parseLeanTacticJson(wrong, { entry })).toMatchObject({ kind: "error" });
    }
  });
});
