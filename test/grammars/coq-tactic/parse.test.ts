import { describe, expect, it } from "vitest";
import { coqTacticDefinition } from "../../../grammars/coq-tactic/definition.ts";
import { parseCoqTactic } from "../../../grammars/coq-tactic/parse.ts";
import { coqSentences, printCoqTactic } from "../../../grammars/coq-tactic/print.ts";
import { checkDefinition } from "../../../grammars/definition/check.ts";
import { checkPrediction } from "../../../grammars/definition/prediction.ts";

function canonical(text: string, entry: "tactic" | "proof" = "tactic"): string {
  const parsed = parseCoqTactic(text, { entry });
  if (parsed.kind === "error") throw new Error(`${text}: ${parsed.message}`);
  const printed = printCoqTactic(parsed.tree);
  expect(parseCoqTactic(printed, { entry })).toEqual(parsed);
  return printed;
}

describe.each(["tactic", "proof"] as const)("the definition of a Coq %s", (entry) => {
  it("is well formed and predicts by one token", () => {
    const definition = coqTacticDefinition(entry, ["n", "H"]);
    expect([...checkDefinition(definition), ...checkPrediction(definition)]).toEqual([]);
  });
});

describe("a Coq tactic", () => {
  it.each([
    ["intros n [H|H] [[x y] z]", "intros n [H | H] [[x y] z]"],
    ["destruct x as [a b|c] eqn:E", "destruct x as [a b | c] eqn: E"],
    ["induction n as [|n IH].", "induction n as [| n IH]"],
    ["rewrite <- H in *", "rewrite <- H in *"],
    ["apply (f a b)", "apply (f a b)"],
    ["unfold f in H |- *", "unfold f in H |- *"],
    ["simpl in *; auto; [lia| |try (now auto)]", "simpl in *; auto; [ lia | | try ( now auto ) ]"],
    ["assert (H : a*b = b*a) by lia", "assert (H : a * b = b * a) by lia"],
    [
      "exact (fun n => match n with O => I | S m => f m end)",
      "exact (fun n => match n with O => I | S m => f m end)",
    ],
    ["rewrite ?H, <- G in H1 at 2", "rewrite ?H, <- G in H1 at 2"],
    ["exists (S n), m", "exists (S n), m"],
    ["do 3 rewrite IH", "do 3 rewrite IH"],
    ["first [lia|auto with arith]", "first [ lia | auto with arith ]"],
    ["apply admitted", "apply admitted"],
    ["exact (x%nat)", "exact (x %nat)"],
    ["destruct introduce", "destruct introduce"],
  ])("is read and printed: %s", (text, printed) => {
    expect(canonical(text)).toBe(printed);
  });

  it.each([
    ["", "the text ends too early", 1],
    ["admit", '"admit" cannot stand here', 1],
    ["intros; admit", '"admit" cannot stand here', 9],
    ["lia || admit", '"||" cannot stand here', 5],
    ["assert (H : P) by admit", '"admit" cannot stand here', 19],
    ["exact (ltac:(admit))", '"ltac" cannot stand here', 8],
    ["my_tactic H", '"my_tactic" cannot stand here', 1],
    ["Axiom H : False", '"Axiom" cannot stand here', 1],
    ['Redirect "x" lia', '"\\"" is not allowed here', 10],
    ["intros. lia", '". " cannot stand here', 7],
    ["lia. Qed", '". " cannot stand here', 4],
    ["(* hidden *) lia", '"(*" cannot stand here', 1],
    ["simpl in *)", '"*)" cannot stand here', 10],
    ["exact (f a", "the text ends too early", 11],
    ["apply H)", '")" cannot stand here', 8],
    ["all: lia", '"all" cannot stand here', 1],
    ["native_compute", '"native_compute" cannot stand here', 1],
    ["abstract lia", '"abstract" cannot stand here', 1],
    ["lia\u0000", '"\\u0000" is not allowed here', 4],
    ["exact 12345678901234567890123", '"12345678901234567890…" cannot stand here', 7],
  ])("is refused, with its place: %j", (text, message, column) => {
    expect(parseCoqTactic(text)).toEqual({ kind: "error", message, line: 1, column });
  });

  it.each(["foo", "Top.foo", "@foo", "foo.left"])("may not name the theorem itself: %s", (name) => {
    const parsed = parseCoqTactic(`apply (${name} n)`, { refused: ["M.foo"] });
    expect(parsed.kind).toBe(name === "Top.foo" ? "ok" : "error");
    expect(parseCoqTactic("apply foo_bar", { refused: ["M.foo"] }).kind).toBe("ok");
  });

  it("takes the tactics that the user's file defines where the caller names them, and no others", () => {
    expect(parseCoqTactic("break_match; lia", { heads: ["break_match"] }).kind).toBe("ok");
    expect(parseCoqTactic("break_match; lia").kind).toBe("error");
    expect(parseCoqTactic("admit", { heads: ["admit"] }).kind).toBe("error");
  });

  it("is capped in depth and in length", () => {
    expect(parseCoqTactic(`exact ${"(".repeat(60)}n${")".repeat(60)}`).kind).toBe("error");
    expect(parseCoqTactic(`intros ${"n ".repeat(5000)}`).kind).toBe("error");
  });
});

describe("a Coq proof", () => {
  const text = "intros n.\ninduction n as [|n IH].\n- simpl. reflexivity.\n- { simpl; rewrite IH. lia. }";
  const parsed = parseCoqTactic(text, { entry: "proof" });

  it("is read whole and given to Coq a sentence at a time", () => {
    if (parsed.kind === "error") throw new Error(parsed.message);
    expect(coqSentences(parsed.tree)).toEqual([
      "intros n.",
      "induction n as [| n IH].",
      "-",
      "simpl.",
      "reflexivity.",
      "-",
      "{",
      "simpl; rewrite IH.",
      "lia.",
      "}",
    ]);
    expect(canonical(text, "proof")).toContain("- simpl.\nreflexivity.\n");
  });

  it.each([
    ["intros n.\nQed.", 2, 1],
    ["intros n.\nSet Printing All.", 2, 1],
    ["lia. }", 1, 6],
    ["{ lia.", 1, 7],
    ["intros n", 1, 9],
    ["Require Import Arith. lia.", 1, 1],
  ])("ends where the proof ends: %j", (bad, line, column) => {
    expect(parseCoqTactic(bad, { entry: "proof" })).toMatchObject({ kind: "error", line, column });
  });
});
