import { describe, expect, it } from "vitest";
import { align, exchangeNames, tokensOf } from "../../../../server/proposers/coq/alignment.ts";

const between = (from: string, to: string) => align(tokensOf(from), tokensOf(to));

describe("two statements that are built alike", () => {
  it("say which name stands for which", () => {
    const { alike, exchanged } = between(
      "forall (l : list A) k, get (remove l k) k = None",
      "forall (m : list A) k, get (insert m k) k = None",
    );
    expect(Object.fromEntries(exchanged)).toEqual({ l: "m", remove: "insert" });
    expect(alike).toBeGreaterThan(0.8);
  });

  it("say nothing where one has more than the other", () => {
    const { exchanged } = between("P x -> R x", "P y -> Q y -> R y");
    expect(exchanged.get("x")).toBe("y");
    expect(exchanged.has("P")).toBe(false);
  });

  it("have little in common when they are about other things", () => {
    expect(between("forall n, n + 0 = n", "In x (rev l) -> In x l").alike).toBeLessThan(0.4);
  });
});

describe("a proof in other names", () => {
  const exchanged = new Map([
    ["l", "m"],
    ["remove", "insert"],
  ]);

  it("has them wherever they stand for themselves, and in what Coq makes of them", () => {
    const known = () => false;
    expect(exchangeNames("induction l; rewrite IHl; unfold remove", exchanged, known)).toBe(
      "induction m; rewrite IHm; unfold insert",
    );
    expect(exchangeNames("rewrite removed, l'", exchanged, known)).toBe("rewrite removed, l'");
  });

  it("has a lemma of another name where that is in scope", () => {
    const tactic = "rewrite get_remove_same";
    expect(exchangeNames(tactic, exchanged, (name) => name === "get_insert_same")).toBe(
      "rewrite get_insert_same",
    );
    expect(exchangeNames(tactic, exchanged, () => false)).toBe(tactic);
  });
});
