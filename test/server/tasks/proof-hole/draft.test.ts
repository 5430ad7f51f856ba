import { describe, expect, it } from "vitest";
import type { Script } from "../../../../server/engine/candidate.ts";
import type { ProofHoleTask } from "../../../../server/engine/task.ts";
import { applyEdit } from "../../../../server/tasks/invariants/edit.ts";
import { draftCoqProof, draftPartialCoqProof } from "../../../../server/tasks/proof-hole/draft.ts";
import { locateCoqHoles } from "../../../../server/tasks/proof-hole/locate.ts";

const NO_FRAME = { before: [], after: [] };

/** `tactic/goals` in one string: what a search would hand over. */
function script(text: string, goals = 1, frame: Script["frame"] = NO_FRAME): Script {
  const steps = text.split(" > ").map((step) => {
    const [tactic, left] = step.split(" / ");
    return { tactic: tactic!, goals: Number(left) };
  });
  return { goals, frame, steps };
}

function taskOf(text: string): ProofHoleTask {
  const [located] = locateCoqHoles({ file: "a.v", text, version: 0 });
  if (located?.kind !== "task") throw new Error("no hole");
  return located.task;
}

function filled(text: string, ...scripts: Script[]): string {
  return applyEdit(text, draftCoqProof(taskOf(text), scripts).edit);
}

describe("a proof in the place of Admitted", () => {
  it("is indented below Proof and ends with Qed", () => {
    const text = "Lemma a : 0 = 0.\nProof.\nAdmitted.\nLemma b : True.\n";
    expect(filled(text, script("reflexivity / 0"))).toBe(
      "Lemma a : 0 = 0.\nProof.\n  reflexivity.\nQed.\nLemma b : True.\n",
    );
  });

  it("keeps the file's line breaks", () => {
    const text = "Lemma a : 0 = 0.\r\nProof.\r\nAdmitted.\r\nLemma b : True.\r\n";
    expect(filled(text, script("intros / 1 > auto / 0"))).toBe(
      "Lemma a : 0 = 0.\r\nProof.\r\n  intros.\r\n  auto.\r\nQed.\r\nLemma b : True.\r\n",
    );
  });

  it("stands in the section's indentation, also where no Proof begins it", () => {
    const text = "Section s.\n  Lemma a : 0 = 0.\n  Admitted.\nEnd s.\n";
    expect(filled(text, script("intros / 1 > auto / 0"))).toBe(
      "Section s.\n  Lemma a : 0 = 0.\n    intros.\n    auto.\n  Qed.\nEnd s.\n",
    );
  });

  it("has a bullet for each goal, and its tree is that of the goals", () => {
    const text = "Lemma a : P.\nProof.\nAdmitted.\n";
    const tree = script("induction n / 2 > auto / 1 > simpl / 1 > destruct m / 2 > auto / 1 > lia / 0");
    expect(filled(text, tree)).toBe(
      [
        "Lemma a : P.",
        "Proof.",
        "  induction n.",
        "  - auto.",
        "  - simpl.",
        "    destruct m.",
        "    + auto.",
        "    + lia.",
        "Qed.",
        "",
      ].join("\n"),
    );
  });

  it("uses the file's own bullets and indentation", () => {
    const other =
      "Lemma z : P.\nProof.\n    split.\n    * auto.\n    * split.\n      - auto.\n      - auto.\nQed.\n";
    const text = `${other}Lemma a : P.\nProof.\nAdmitted.\n`;
    expect(filled(text, script("split / 2 > split / 3 > x / 2 > y / 1 > z / 0")).slice(other.length)).toBe(
      [
        "Lemma a : P.",
        "Proof.",
        "    split.",
        "    * split.",
        "      - x.",
        "      - y.",
        "    * z.",
        "Qed.",
        "",
      ].join("\n"),
    );
  });

  it("takes braces where the bullets are used up", () => {
    const text = "Lemma a : P.\nProof.\nAdmitted.\n";
    const deep = "split / 2 > split / 3 > split / 4 > split / 5 > a / 4 > b / 3 > c / 2 > d / 1 > e / 0";
    expect(filled(text, script(deep))).toContain("{ a. }\n");
  });

  it("stays flat where a tactic closed goals that waited", () => {
    const text = "Lemma a : P.\nProof.\nAdmitted.\n";
    expect(filled(text, script("split / 2 > all: auto / 0"))).toBe(
      "Lemma a : P.\nProof.\n  split.\n  all: auto.\nQed.\n",
    );
  });
});

describe("a proof in the place of admit", () => {
  const text = "Lemma a : P /\\ Q.\nProof.\n  split.\n  - admit.\n  - auto.\nAdmitted.\n";

  it("takes bullets that the proof does not use yet, and makes Admitted Qed", () => {
    expect(filled(text, script("destruct n / 2 > auto / 1 > lia / 0"))).toBe(
      "Lemma a : P /\\ Q.\nProof.\n  split.\n  - destruct n.\n    + auto.\n    + lia.\n  - auto.\nQed.\n",
    );
  });

  it("stands in its frame where it is one goal of several", () => {
    const flat = "Lemma a : P /\\ Q.\nProof.\n  split.\n  admit.\n  auto.\nAdmitted.\n";
    const framed = script("intros / 1 > auto / 0", 1, { before: ["{"], after: ["}"] });
    expect(filled(flat, framed)).toContain("  split.\n  {\n  intros.\n  auto.\n  }\n  auto.\nQed.");
  });

  it("fills all holes of a theorem in one edit", () => {
    const two = "Lemma a : P /\\ Q.\nProof.\n  split.\n  - admit.\n  - admit.\nAdmitted.\n";
    expect(taskOf(two).holes).toHaveLength(2);
    expect(filled(two, script("auto / 0"), script("lia / 0"))).toBe(
      "Lemma a : P /\\ Q.\nProof.\n  split.\n  - auto.\n  - lia.\nQed.\n",
    );
  });
});

describe("a partial proof", () => {
  it("marks what is open and stays Admitted", () => {
    const text = "Lemma a : P.\nProof.\nAdmitted.\n";
    const { edit } = draftPartialCoqProof(taskOf(text), [script("induction n / 2 > auto / 1 > simpl / 1")]);
    expect(applyEdit(text, edit)).toBe(
      "Lemma a : P.\nProof.\n  induction n.\n  - auto.\n  - simpl.\n    admit.\nAdmitted.\n",
    );
  });
});
