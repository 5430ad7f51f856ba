import { expect, test } from "vitest";
import { takesBack, withoutUndone } from "../../../grammars/coq/backtracking.ts";
import { readSentences } from "../../../grammars/coq/sentences.ts";

const undone = (text: string) => withoutUndone(readSentences(text).sentences).join(" ");

test("what Restart and Undo take back in a proof is left out, and every sentence keeps its index", () => {
  expect(undone("Lemma a : P. Proof. intros. auto. Restart. easy. Qed.")).toBe(
    "Lemma a : P. Proof. Check Prop. Check Prop. Check Prop. easy. Qed.",
  );
  expect(undone("Lemma a : P. intros. - auto. Show. Undo 2. Undo. easy. Qed.")).toBe(
    "Lemma a : P. Check Prop. Check Prop. Check Prop. Show. Check Prop. Check Prop. easy. Qed.",
  );
});

test("what would be undone beyond the proof stays for Coq to refuse", () => {
  const text = "Lemma a : P. intros. Undo 3. Axiom x : P. Restart. Undo 1.";
  expect(undone(text)).toBe("Lemma a : P. intros. Undo 3. Axiom x : P. Check Prop. Undo 1.");
});

test("commands that take back what stands before them", () => {
  const back = (text: string) => readSentences(text).sentences.map(takesBack);
  expect(back("Reset a. Time Reset Initial. Back 2. BackTo 1. Timeout 5 Reset a.")).toEqual(
    Array(5).fill(true),
  );
  expect(back("Fail Reset a. Lemma Reset : True. Comments Reset a. Undo.")).toEqual(Array(4).fill(false));
});
