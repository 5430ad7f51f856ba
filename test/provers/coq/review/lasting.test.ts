import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { readOutline } from "../../../../grammars/coq/outline.ts";
import { disagreement, pathAtEnd } from "../../../../provers/coq/review/lasting.ts";
import { type AvailableCoq, coqs, nativeCoq } from "../available.ts";
import { reviewAt } from "./reviewing.ts";

/** Files that put something else in a theorem's place once it is proved. */
const replaced = [
  "Lemma a : 1 = 1. Proof. <hole> Reset a. Axiom a : 1 = 2.",
  "Lemma a : 1 = 1. Proof. <hole> Timeout 9 Reset Initial. Axiom a : 1 = 2.",
  "Lemma a : 1 = 1. Proof. <hole> Reset a. Lemma a : 2 = 2. Proof. reflexivity. Qed.",
  "Lemma a : 1 = 1. Proof. <hole> Back 1. Axiom b : 1 = 2.",
  "Module M. Lemma a : 1 = 1. Proof. <hole> End M. Reset M. Module M. Axiom a : 1 = 1. End M.",
  "Section S. Lemma a : 1 = 1. Proof. <hole> Reset a. Axiom a : 1 = 1. End S.",
];

describe.each(coqs.map((coq) => [coq.title, coq] as const))("on %s", (_, coq: AvailableCoq) => {
  describe.skipIf(coq.reviewer === null)("what is proved", { timeout: coq.patience }, () => {
    test.each(replaced)("is there at the end of the file: %s", async (text) => {
      expect(await reviewAt(coq.reviewer!, text, "reflexivity. Qed.")).toMatchObject({
        kind: "rejected",
        final: true,
        reason: expect.stringContaining("takes back what stands before it"),
      });
    });

    test("may stand in a file that took something back before, or undoes tactics", async () => {
      const text =
        "Definition d := 1. Reset d. Axiom d : 1 = 2. Lemma z : True. Proof. intros. Undo. idtac. Restart. exact I. Qed. Lemma a : 1 = 2. Proof. <hole>";
      expect(await reviewAt(coq.reviewer!, text, "exact d. Qed.")).toMatchObject({
        kind: "proved",
        evidence: { assumptions: ["axiom d : 1 = 2"] },
      });
    });

    test("is not declared by an axiom that was taken back", async () => {
      const text =
        "Require Import Program. Axiom l_obligation_1 : False. Reset l_obligation_1. Program Definition l : False := _. Next Obligation. Admitted. Lemma a : 1 = 2. Proof. <hole>";
      expect(await reviewAt(coq.reviewer!, text, "destruct l. Qed.")).toMatchObject({
        kind: "rejected",
        reason: "conditional on l_obligation_1, which is not proved",
      });
    });

    test("rests on what Coq lists, whatever the file's notations print", async () => {
      const notation = `Notation "'Section' 'Variables:' x" := (x = x) (at level 200, x at level 10, format "'[v' '//' 'Section'  'Variables:' '//' x  ']'").`;
      const text = `${notation} Axiom k : 3 = 3. Lemma l : False. Proof. Admitted. Lemma a : l = l /\\ k = k -> 1 = 2. Proof. <hole>`;
      expect(await reviewAt(coq.reviewer!, text, "pose proof k. destruct l. Qed.")).toMatchObject({
        kind: "rejected",
        reason: expect.stringContaining("conditional on l, which is admitted"),
      });
    });
  });
});

test("what the theorem rests on at the end is compared with what it rested on where it was proved", () => {
  const [a] = readOutline("Module M. Section S. Lemma a : 1 = 1. Admitted. End S. End M.").theorems;
  const [b] = readOutline("Module F (X : T). Lemma b : 1 = 1. Admitted. End F.").theorems;
  expect([pathAtEnd(a!, "a"), pathAtEnd(b!, "b")]).toEqual(["M.a", null]);
  const axiom = (name: string) => ({ kind: "axiom", name, text: `${name} : False` }) as const;
  expect(disagreement([axiom("Test.M.k")], [axiom("k")], a!)).toBeNull();
  expect(disagreement([axiom("M.a")], [axiom("k")], a!)).toMatch(/rests on more: M\.a : False/);
  expect(disagreement([{ ...axiom("k"), kind: "guarded" }], [axiom("k")], a!)).toMatch(/rests on more/);
  expect(disagreement(null, [], a!)).toBeNull();
  expect(disagreement(null, [], { ...a!, scope: [] })).toMatch(/ends without/);
});

describe.skipIf(nativeCoq === null)("a file that loads another", () => {
  const made: string[] = [];
  afterEach(() => {
    for (const one of made.splice(0)) rmSync(one, { recursive: true, force: true });
  });

  const native = coqs[0]!.reviewer!;
  function beside(name: string, source: string): string {
    const directory = mkdtempSync(join(tmpdir(), "touchstone-load-"));
    made.push(directory);
    writeFileSync(join(directory, `${name}.v`), source);
    writeFileSync(join(directory, "_CoqProject"), "-R . Loading\n");
    return directory;
  }

  test("behind the proof cannot replace it", { timeout: 60_000 }, async () => {
    const directory = beside("other", "Reset a. Axiom a : 1 = 1.");
    const text = `Lemma a : 1 = 1. Proof. <hole> Load "${directory}/other".`;
    expect(await reviewAt(native, text, "reflexivity. Qed.", join(directory, "Test.v"))).toMatchObject({
      kind: "rejected",
      final: true,
    });
  });

  test("before it rests on what that admits", { timeout: 60_000 }, async () => {
    const directory = beside("other", "Lemma l : False. Proof. Admitted.");
    const text = `Axiom l : 1 = 2. Reset l. Load "${directory}/other". Lemma a : 1 = 2. Proof. <hole>`;
    expect(await reviewAt(native, text, "destruct l. Qed.", join(directory, "Test.v"))).toMatchObject({
      kind: "rejected",
      reason: expect.stringContaining("conditional on l"),
    });
  });
});
