import { describe, expect, it } from "vitest";
import { adaptation } from "../../../../server/proposers/coq/adaptation.ts";
import type { Premise } from "../../../../server/search/session.ts";
import { positionOf } from "./position.ts";

const premises: Premise[] = [
  {
    name: "size_push",
    statement: "Lemma size_push : forall x s, size (push x s) = S (size s).",
    proof: "induction s. - reflexivity. - simpl. rewrite IHs. reflexivity.",
  },
  { name: "other", statement: "Theorem other : forall P Q : Prop, P /\\ Q -> Q.", proof: "tauto." },
];
const statement = "Lemma size_append : forall x t, size (append x t) = S (size t).";
const goal = "forall (x : nat) (t : stack), size (append x t) = S (size t)";

describe("a proof of a theorem that is built alike", () => {
  it("is tried as a whole, in the names of this one", () => {
    const [first] = [...adaptation(statement, premises).suggest!(positionOf({ goal }))];
    expect(first!.tactics).toEqual(["induction t", "reflexivity", "simpl", "rewrite IHt", "reflexivity"]);
  });

  it("is gone on with after any of its steps, and over one that fails", () => {
    const position = positionOf({ goal, script: ["induction t", "reflexivity", "simpl"] });
    const tactics = [...adaptation(statement, premises).suggest!(position)].map((one) => one.tactics);
    expect(tactics).toEqual([["rewrite IHt"], ["reflexivity"]]);
  });

  it("of something else is left alone", () => {
    expect([...adaptation("Lemma a : 1 < 2.", premises).suggest!(positionOf({ goal: "1 < 2" }))]).toEqual([]);
  });
});
