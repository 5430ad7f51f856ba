import { describe, expect, test } from "vitest";
import { type AvailableCoq, coqs, judges } from "../available.ts";
import { reviewAt } from "./reviewing.ts";

const program = "Require Import Program. Obligation Tactic := idtac.";
const pair = "Program Definition f : {n : nat | n = 1} * {n : nat | n = 2} := (1, 2).";

/** What is stated otherwise than as a theorem. */
const stated: readonly (readonly [what: string, text: string])[] = [
  [
    "a section's Let",
    "Section S. Variable n : nat. Let l : n = n. Proof. <hole> Lemma b : n = n. Proof. exact l. Qed. End S.",
  ],
  [
    "an obligation, whose type is reduced at its end",
    `${program} Program Definition f : {n : nat | n = 1} := 1. Next Obligation. Proof. <hole>`,
  ],
  [
    "an obligation by its number",
    `${program} ${pair} Obligation 2. intros. Admitted. Obligation 1 of f. <hole>`,
  ],
  ["an instance", "Class C (n : nat) := { c : n = n }. #[export] Instance i : C 1. Proof. split. <hole>"],
];

describe.each(judges.map((coq) => [coq.title, coq] as const))("on %s", (_, coq: AvailableCoq) => {
  describe.skipIf(coq.reviewer === null)("what is stated otherwise", { timeout: coq.patience }, () => {
    test.each(stated)("%s is proved", async (_, text) => {
      expect(await reviewAt(coq.reviewer!, text, "reflexivity. Qed.")).toMatchObject({
        kind: "proved",
        evidence: { assumptions: [] },
      });
    });

    test("and defines nothing besides", async () => {
      const besides = "transparent_abstract (exact eq_refl). Qed.";
      for (const [, text] of stated.slice(0, 2))
        expect(await reviewAt(coq.reviewer!, text, besides)).toMatchObject({ kind: "rejected" });
    });

    test("and rests on no admitted lemma", async () => {
      const admitted = "Lemma no : forall n m : nat, n = m. Proof. Admitted.";
      for (const [, text] of stated.slice(0, 2)) {
        expect(await reviewAt(coq.reviewer!, `${admitted} ${text}`, "apply no. Qed.")).toMatchObject({
          kind: "rejected",
          reason: expect.stringContaining("conditional on no, which is admitted"),
        });
      }
    });

    test("a file that leaves an obligation open is no file", async () => {
      const text = `${program} ${pair} Next Obligation. <hole>`;
      expect(await reviewAt(coq.reviewer!, text, "reflexivity. Qed.")).toMatchObject({
        kind: "rejected",
        final: true,
        reason: expect.stringMatching(/obligation/),
      });
    });

    test("a theorem inside the proof of another is told to move", async () => {
      const text =
        "Set Nested Proofs Allowed.\nLemma q : 1 = 1.\nProof. Lemma r : 2 = 2. Proof. <hole> reflexivity. Qed.";
      expect(await reviewAt(coq.reviewer!, text, "reflexivity. Qed.")).toMatchObject({
        kind: "rejected",
        final: true,
        reason: expect.stringMatching(/inside the proof that line 2 begins.*move it/),
      });
    });
  });
});

describe.skipIf(coqs[0]!.reviewer === null)("on native Coq", () => {
  test("what Coq cannot admit is told to be proved by hand", async () => {
    const text = "Require Import Derive. Derive x SuchThat (x = 2) As h. Proof. <hole>";
    expect(await reviewAt(coqs[0]!.reviewer!, text, "subst x. reflexivity. Qed.")).toMatchObject({
      kind: "rejected",
      final: true,
      reason: expect.stringMatching(/cannot admit what Derive states.*by hand/),
    });
  });
});
