import { expect, test } from "vitest";
import { enclosingStatement } from "../../../grammars/coq/nested.ts";
import { readOutline } from "../../../grammars/coq/outline.ts";

const around = (text: string) => {
  const outline = readOutline(text);
  return outline.theorems.map((theorem) => enclosingStatement(outline, theorem)?.text ?? null);
};

test("a statement inside a proof that is still open", () => {
  expect(around("Lemma q : P. Proof. intros. Lemma r : Q. Proof. Admitted. auto. Qed.")).toContain(
    "Lemma q : P.",
  );
});

test("theorems one after another enclose nothing, however their proofs end", () => {
  const text =
    "Lemma a : P. Proof. auto. Qed. Lemma b : P. Proof a. Definition c := a. Lemma d : P. Abort. Fail Lemma x : P. Lemma e : P. Admitted.";
  expect(around(text)).toEqual([null, null, null, null]);
});
