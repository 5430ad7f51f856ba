import { expect, test } from "vitest";
import { readOutline } from "../../../grammars/coq/outline.ts";

/** Keyword, name and end of each theorem, and its proof as it stands in the source. */
function theorems(text: string) {
  const { sentences, theorems } = readOutline(text);
  return theorems.map(({ keyword, name, first, end, ended }) => ({
    is: `${keyword} ${name} ${ended}`,
    proof: text.slice(sentences[first]!.start, sentences[end]!.start).trim(),
  }));
}

test("statements with their proofs, with and without Proof", () => {
  expect(
    theorems("Lemma a : True. Proof. exact I. Qed. Theorem b : True. exact I. Defined. Goal True. Admitted."),
  ).toEqual([
    { is: "Lemma a Qed", proof: "exact I." },
    { is: "Theorem b Defined", proof: "exact I." },
    { is: "Goal null Admitted", proof: "" },
  ]);
});

test("a definition with a body opens no proof, one without does", () => {
  expect(theorems("Definition d := 0. Definition e : nat. exact 0. Defined.")).toEqual([
    { is: "Definition e Defined", proof: "exact 0." },
  ]);
  expect(theorems("Definition d : let x := 0 in x = 0. reflexivity. Qed.").map(({ is }) => is)).toEqual([
    "Definition d Qed",
  ]);
});

test("a proof given as a term has nothing to fill", () => {
  expect(theorems("Lemma a : True. Proof I. Lemma b : True. Proof (I).").map(({ is }) => is)).toEqual([
    "Lemma a Proof",
    "Lemma b Proof",
  ]);
});

test("attributes and prefixes before a statement; Proof using; obligations", () => {
  const text =
    "#[export] Instance i : C. Proof. auto. Qed. Program Definition f : nat := _. Next Obligation. exact 0. Qed." +
    " Local Lemma l : True. Proof using. auto. Qed.";
  expect(theorems(text).map(({ is }) => is)).toEqual([
    "Instance i Qed",
    "Next Obligation null Qed",
    "Lemma l Qed",
  ]);
});

test("a declaration in a module type is no theorem", () => {
  expect(
    theorems("Module Type T. Definition t : nat. Parameter u : nat. End T. Lemma a : True. Qed."),
  ).toEqual([{ is: "Lemma a Qed", proof: "" }]);
});

test("modules and sections around a theorem", () => {
  const text =
    "Module M. Section S. Lemma a : True. Qed. End S. Module F (X : T). Lemma b : True. Qed. End F. End M." +
    " Module N := M. Module Type U. Lemma d : True. Qed. End U. Lemma c : True. Qed.";
  const scopes = readOutline(text).theorems.map(({ scope }) =>
    scope.map(({ kind, name }) => `${kind} ${name}`),
  );
  expect(scopes).toEqual([["module M", "section S"], ["module M", "functor F"], ["module type U"], []]);
});

test("holes: each admit of a proof, or its Admitted", () => {
  const text =
    "Lemma a : True /\\ True. split. - admit. - give_up. Admitted. Lemma b : True. Admitted. Lemma c : True. auto. Qed.";
  const { holes } = readOutline(text);
  expect(holes.map(({ kind, theorem }) => `${theorem.name} ${kind}`)).toEqual([
    "a admit",
    "a admit",
    "b Admitted",
  ]);
  expect(holes.map(({ start, end }) => text.slice(start, end))).toEqual(["admit.", "give_up.", "Admitted."]);
});

test("an admit inside a larger tactic, in a comment or in a name is no hole", () => {
  expect(readOutline("Lemma a : True. destruct x; [ admit | auto ]. Admitted.").holes).toEqual([]);
  const commented = readOutline("Lemma a : True. (* admit. *) apply admit_it. Qed.");
  expect(commented.holes).toEqual([]);
});

test("what Fail guards opens nothing", () => {
  expect(theorems("Fail Lemma a : x. Lemma b : True. auto. Qed.").map(({ is }) => is)).toEqual([
    "Lemma b Qed",
  ]);
});
