import { describe, expect, it } from "vitest";
import { isOneSentence } from "../../../../grammars/coq/sentences.ts";
import { coqLanguage, simpler } from "../../../../server/proposers/coq/language.ts";
import { tacticsOf } from "../../../../server/proposers/coq/neighbours.ts";
import { BREAK, EQUATIONS, REASON } from "../../../../server/proposers/coq/sentences.ts";

describe("plainer tactics", () => {
  it("drop hints one by one, and all of them first", () => {
    expect(simpler("eauto using a, b")).toEqual(["auto", "eauto", "eauto using b", "eauto using a"]);
  });

  it("drop steps of a sequence, but nothing inside brackets", () => {
    expect(simpler("intros; (a; b)")).toEqual(["(a; b)", "intros"]);
  });

  it("rewrite with the induction hypothesis by its name, in the place of whatever is an equation", () => {
    expect(simpler(`induction l; ${EQUATIONS}; auto`)).toContain("induction l; try rewrite IHl; auto");
    expect(simpler(`destruct l; ${EQUATIONS}`).join()).not.toContain("IH");
  });

  it("of a step over all hypotheses have fewer branches", () => {
    const all = simpler(BREAK);
    expect(all[0]).toBe(
      "repeat (match goal with |- context [match ?x with _ => _ end] => destruct x eqn:? end; simpl in *; subst)",
    );
    expect(simpler(all[0]!)).toEqual([
      "repeat (match goal with |- context [match ?x with _ => _ end] => destruct x eqn:? end; subst)",
      "repeat (match goal with |- context [match ?x with _ => _ end] => destruct x eqn:? end; simpl in *)",
    ]);
    // Seven alone, seven with one fewer, and two with fewer steps behind.
    expect(simpler(REASON)).toHaveLength(16);
    for (const one of simpler(REASON)) expect(isOneSentence(`${one}.`)).toBe(true);
  });

  it("are made of the steps of a sequence, too", () => {
    expect(simpler("induction l; intuition eauto")).toContain("induction l; eauto");
  });

  it("are none where nothing is plainer", () => expect(simpler("lia")).toEqual([]));
});

describe("merging", () => {
  const document = (text: string) => ({ document: { file: "a.v", text, version: 0 } }) as never;
  const plain = coqLanguage(async () => null).merged(document(""));
  const now = coqLanguage(async () => null).merged(document("Lemma a : P. Proof. now auto. Qed."));

  it("chains what closes every goal that a step leaves", () => {
    expect(plain("induction n", "auto", 2)).toBe("induction n; auto");
  });

  it("says now where the file does", () => {
    expect(now("rewrite H", "easy", 1)).toBe("now rewrite H");
    expect(plain("rewrite H", "easy", 1)).toBeNull();
  });
});

describe("a neighbour's proof", () => {
  it("is its tactics without bullets, braces and commands", () => {
    expect(tacticsOf("Proof.\n  induction l.\n  - auto.\n  - simpl. { easy. }\n")).toEqual([
      "induction l",
      "auto",
      "simpl",
      "easy",
    ]);
  });
});
