import { describe, expect, it } from "vitest";
import { statementOf } from "../../../../server/proposers/coq/premises.ts";
import {
  equation,
  readStatement,
  scrutinees,
  splitTop,
  topOf,
} from "../../../../server/proposers/coq/shape.ts";
import { dataOf, decisionsOf, factsOf } from "../../../../server/proposers/coq/variables.ts";

describe("a statement as Coq prints it", () => {
  it("has binders, premises and a conclusion", () => {
    const read = readStatement(
      "forall (A : Type) (f : A -> bool) (l l' : list A), In a l -> (forall x, P x) -> f a = true",
    );
    expect(read.binders).toEqual([
      { name: "A", type: "Type" },
      { name: "f", type: "A -> bool" },
      { name: "l", type: "list A" },
      { name: "l'", type: "list A" },
    ]);
    expect(read.premises).toEqual(["In a l", "(forall x, P x)"]);
    expect(read.conclusion).toBe("f a = true");
  });

  it("may bind without parentheses, and again after a premise", () => {
    const read = readStatement("forall n : nat, n > 0 -> forall m, m <= n");
    expect(read.binders.map(({ name }) => name)).toEqual(["n", "m"]);
    expect(read.premises).toEqual(["n > 0"]);
  });

  it("is taken from the source with the binders before its colon", () => {
    expect(statementOf("Lemma a (n : nat) {m : nat} : n = m.")).toBe("forall (n : nat) {m : nat}, n = m");
    expect(statementOf("Theorem t : True.")).toBe("True");
    expect(statementOf("forall x, x = x")).toBe("forall x, x = x");
  });

  it.each([
    ["a = b /\\ c = d", "/\\"],
    ["a \\/ b /\\ c", "\\/"],
    ["In x (a :: l)", "In"],
    ["exists x, x = 1", "exists"],
    ["(x <= y)", "<="],
    ["~ In x l", "~"],
    ["match l with [] => a = b | _ => c end = d", "="],
  ])("%s has %s at its top", (text, top) => expect(topOf(text)).toBe(top));

  it("is split only where an operator stands alone and outside of all brackets", () => {
    expect(splitTop("a <-> (b -> c)", "->")).toEqual(["a <-> (b -> c)"]);
    expect(equation("f (a = b) = g")).toEqual(["f (a = b)", "g"]);
    expect(equation("a <= b")).toBeNull();
  });

  it("says what a match, an if and a let wait for", () => {
    expect(scrutinees("(if dec x y then 1 else match l with [] => 0 | _ => 2 end) = 1")).toEqual([
      "l",
      "dec x y",
    ]);
    expect(scrutinees("let (a, b) := p in a = b")).toEqual(["p"]);
  });
});

describe("the names of a goal", () => {
  const goal = {
    name: null,
    conclusion: "forall m : nat, In x l -> n + m = m + n",
    hypotheses: [
      { names: ["A"], type: "Type", body: null },
      { names: ["A_eq_dec"], type: "forall x y : A, {x = y} + {x <> y}", body: null },
      { names: ["n"], type: "nat", body: null },
      { names: ["l"], type: "list A", body: null },
      { names: ["x"], type: "A", body: null },
      { names: ["H"], type: "NoDup l", body: null },
      { names: ["IHl"], type: "NoDup l -> In x l", body: null },
    ],
  };

  it("are data to analyse, without types, functions and elements of unknown types", () => {
    expect(
      dataOf(goal)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["l", "m", "n"]);
  });

  it("or facts, the latest first", () => {
    expect(factsOf(goal).map(({ name }) => name)).toEqual(["IHl", "H"]);
  });

  it("functions are facts when they give a proposition, whatever they take", () => {
    const facts = (type: string) =>
      factsOf({
        ...goal,
        hypotheses: [
          ...goal.hypotheses,
          { names: ["P"], type: "Prop", body: null },
          { names: ["h"], type, body: null },
        ],
      })
        .map(({ name }) => name)
        .filter((name) => name === "h");
    expect(facts("A -> bool")).toEqual([]);
    expect(facts("nat -> list A")).toEqual([]);
    expect(facts("nat -> P")).toEqual(["h"]);
    expect(facts("forall a : A, f a = a")).toEqual(["h"]);
  });

  it("or decisions, with what they are about", () => {
    expect(decisionsOf(goal)).toEqual([{ name: "A_eq_dec", type: "A" }]);
  });
});
