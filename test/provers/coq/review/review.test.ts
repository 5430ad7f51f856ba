import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { nativeCoqReviewer } from "../../../../provers/coq/native.ts";
import { embedded, judges, nativeCoq } from "../available.ts";
import { reviewAt } from "./reviewing.ts";

for (const { title, reviewer, patience } of judges) {
  describe.skipIf(reviewer === null)(`reviews on ${title}`, { timeout: patience }, () => {
    const review = (marked: string, proof: string) => reviewAt(reviewer!, marked, proof);

    test("a proof that Coq takes is confirmed, with who checked it", async () => {
      const answer = await review("Lemma a : forall n, n + 0 = n. Proof. <hole>", "induction n; auto. Qed.");
      expect(answer).toMatchObject({ kind: "proved", evidence: { assumptions: [] } });
      if (answer.kind === "proved") expect(answer.evidence.checkedBy.join()).toMatch(/coq/);
    });

    test("a proof that Coq refuses is rejected with its line", async () => {
      const answer = await review("Lemma a : 1 = 2.\nProof.\n<hole>", "reflexivity. Qed.");
      expect(answer).toMatchObject({ kind: "rejected", reason: expect.stringMatching(/line 3: .*unify/s) });
    });

    test("an admitted lemma makes a proof conditional on it, never proved", async () => {
      const text = "Lemma l : 1 = 2.\nProof. Admitted.\nLemma a : 1 = 2.\nProof. <hole>";
      expect(await review(text, "exact l. Qed.")).toMatchObject({
        kind: "rejected",
        reason: "conditional on l, which is admitted at line 1: prove that first",
      });
    });

    test("what an axiom's type speaks of is not declared by it", async () => {
      const text =
        "Goal 1 = 2. Proof. Admitted. Axiom ax : Unnamed_thm = Unnamed_thm. Lemma a : 1 = 2. Proof. <hole>";
      expect(await review(text, "exact Unnamed_thm. Qed.")).toMatchObject({
        kind: "rejected",
        reason: "conditional on Unnamed_thm, which is not proved",
      });
      const bound = "Axioms (x y : nat) (ax : x = y). Lemma a : x = y. Proof. <hole>";
      expect(await review(bound, "exact ax. Qed.")).toMatchObject({ kind: "proved" });
    });

    test("two admitted lemmas cannot prove each other: the later one stays conditional", async () => {
      const text = "Lemma l : False. Proof. Admitted. Lemma a : False. Proof. <hole>";
      expect((await review(text, "exact l. Qed.")).kind).toBe("rejected");
      const circle = "Lemma l : False. Proof. <hole> Lemma a : False. Proof. exact l. Qed.";
      expect((await review(circle, "exact a. Qed.")).kind).toBe("rejected");
    });

    test("an axiom that the file declares is an assumption, and is listed", async () => {
      const text = "Axiom ax : 1 = 2. Lemma a : 1 = 2. Proof. <hole>";
      expect(await review(text, "exact ax. Qed.")).toMatchObject({
        kind: "proved",
        evidence: { assumptions: ["axiom ax : 1 = 2"] },
      });
    });

    test("an axiom of a library that the file loads is an assumption, and is listed", async () => {
      const goal = "Lemma a : forall P : Prop, P \\/ ~ P. Proof. <hole>";
      const asked = await review(`Require Import Classical. ${goal}`, "apply classic. Qed.");
      expect(asked).toMatchObject({ kind: "proved" });
      if (asked.kind === "proved")
        expect(asked.evidence.assumptions).toEqual([expect.stringMatching(/^axiom classic : /)]);
      expect((await review(goal, "Require Import Classical. apply classic. Qed.")).kind).toBe("rejected");
    });

    test("checks of the kernel that were switched off before are no proof", async () => {
      const guard = "Unset Guard Checking. Fixpoint f (n : nat) : False := f n. Set Guard Checking.";
      expect(await review(`${guard} Lemma a : False. Proof. <hole>`, "exact (f 0). Qed.")).toMatchObject({
        kind: "rejected",
        reason: expect.stringContaining("assumed to be guarded"),
      });
      const positive =
        "Unset Positivity Checking. Inductive bad := B : (bad -> False) -> bad. Set Positivity Checking.";
      const loop = "assert (f : bad -> False) by (intros [g]; exact (g (B g))). exact (f (B f)). Qed.";
      expect(await review(`${positive} Lemma a : False. Proof. <hole>`, loop)).toMatchObject({
        kind: "rejected",
        reason: expect.stringContaining("assumed to be positive"),
      });
      const hierarchy = "Unset Universe Checking. Definition T : Type := Type. Set Universe Checking.";
      expect(
        await review(`${hierarchy} Lemma a : T = T. Proof. <hole>`, "unfold T; reflexivity. Qed."),
      ).toMatchObject({
        kind: "rejected",
        reason: expect.stringContaining("unsafe hierarchy"),
      });
    });

    test("guard checking that is off at the theorem itself is no proof either", async () => {
      const text = "Unset Guard Checking. Lemma a : nat -> False. Proof. <hole>";
      expect(await review(text, "fix f 1. intros n. exact (f n). Qed.")).toMatchObject({ kind: "rejected" });
    });

    test("holes that are left make it conditional; all of them filled is a proof", async () => {
      const text = "Lemma a : 1 = 1 /\\ 2 = 2. Proof. split. - <hole:admit.> - admit. Admitted.";
      expect(await review(text, "reflexivity.")).toMatchObject({
        kind: "rejected",
        reason: expect.stringContaining("not ended by Qed"),
      });
      const both = "Lemma a : 1 = 1 /\\ 2 = 2. Proof. split. <hole:- admit. - admit. Admitted.>";
      expect((await review(both, "- reflexivity. - reflexivity. Qed.")).kind).toBe("proved");
      expect(await review(both, "- reflexivity. - admit. Qed.")).toMatchObject({
        kind: "rejected",
        reason: expect.stringContaining("conditional on the hole that is left"),
      });
    });

    test("sections, modules and functors", async () => {
      const text =
        "Module Type T. Parameter t : nat. Axiom pos : t = t -> 0 < t. End T." +
        " Module F (X : T). Section S. Variable A : Type. Lemma a : forall x : A, x = x /\\ 0 < X.t. Proof. <hole> End S. End F.";
      expect(await review(text, "split; [ reflexivity | apply X.pos; reflexivity ]. Qed.")).toMatchObject({
        kind: "proved",
        evidence: { assumptions: expect.arrayContaining([expect.stringContaining("parameter X.pos")]) },
      });
    });

    test("one name in two modules: each constant is judged as what stands in its own", async () => {
      const two =
        "Module A. Axiom l : 1 = 2. End A. Module B. Lemma l : 1 = 2. Proof. Admitted. End B. Lemma a : 1 = 2. Proof. <hole>";
      expect(await review(two, "exact A.l. Qed.")).toMatchObject({
        kind: "proved",
        evidence: { assumptions: ["axiom A.l : 1 = 2"] },
      });
      expect((await review(two, "exact B.l. Qed.")).kind).toBe("rejected");
      const obligation =
        "Require Import Program. Module N. Axiom l_obligation_1 : True. End N." +
        " Program Definition l : 1 = 2 := _. Next Obligation. Admitted. Lemma a : 1 = 2. Proof. <hole>";
      expect(await review(obligation, "exact l. Qed.")).toMatchObject({
        kind: "rejected",
        reason: "conditional on l_obligation_1, which is not proved",
      });
      const including =
        "Require Import Program. Module N. Axiom l_obligation_1 : True. End N. Module E. End E. Module M. Include E." +
        " Program Definition l : False := _. Next Obligation. Admitted. End M. Lemma a : 1 = 2. Proof. <hole>";
      expect(await review(including, "destruct M.l. Qed.")).toMatchObject({
        kind: "rejected",
        reason: "conditional on M.l_obligation_1, which is not proved",
      });
    });

    test("a module that has the name of a functor's parameter is no parameter", async () => {
      const text =
        "Module Type T. Parameter t : nat. End T. Module F (X : T)." +
        " Module X. Lemma l : False. Proof. Admitted. End X. Lemma a : 1 = 2. Proof. <hole> End F.";
      expect(await review(text, "destruct X.l. Qed.")).toMatchObject({
        kind: "rejected",
        reason: expect.stringContaining("conditional on X.l, which is admitted at line 1"),
      });
    });

    test("what is included, or a functor made, is known by its name", async () => {
      const types = "Module Type T. Axiom x : 1 = 2. End T. Module M. Include T. End M.";
      expect(await review(`${types} Lemma a : 1 = 2. Proof. <hole>`, "exact M.x. Qed.")).toMatchObject({
        kind: "proved",
        evidence: { assumptions: ["axiom M.x : 1 = 2"] },
      });
      const made =
        "Module Type T. End T. Module A. End A. Module F (X : T). Lemma y : 1 = 2. Proof. Admitted. End F. Module G := F A.";
      expect(await review(`${made} Lemma a : 1 = 2. Proof. <hole>`, "exact G.y. Qed.")).toMatchObject({
        kind: "rejected",
        reason: expect.stringContaining("conditional on G.y, which is admitted"),
      });
    });

    test("a lemma that is admitted together with another is known by its own name", async () => {
      const text =
        "Fixpoint f (n : nat) : False with g (n : nat) : False. Proof. Admitted. Lemma a : 1 = 2. Proof. <hole>";
      expect(await review(text, "destruct (g 0). Qed.")).toMatchObject({
        kind: "rejected",
        reason: "conditional on g, which is admitted at line 1: prove that first",
      });
    });

    test("a section's hypothesis that the statement does not speak of is listed", async () => {
      const text =
        "Section S. Variable A : Type. Variable x : A. Hypothesis H : False. Hypothesis n : 1 = 2." +
        " Lemma a : forall n : nat, x = x /\\ n = 2. Proof. <hole> End S.";
      expect(await review(text, "destruct H. Qed.")).toMatchObject({
        kind: "proved",
        evidence: { assumptions: ["section variable H : False"] },
      });
      // Bound in the statement, the name is another's.
      expect(await review(text, "intros k; exfalso; discriminate n. Qed.")).toMatchObject({
        kind: "proved",
        evidence: { assumptions: ["section variable n : 1 = 2"] },
      });
    });

    test("line breaks of two characters are read like others", async () => {
      const text = "Lemma a : 1 = 1 /\\ 2 = 2.\r\nProof.\r\n<hole>\r\n";
      expect((await review(text, "split;\r\n  reflexivity.\r\nQed.")).kind).toBe("proved");
    });

    test("what comes after has to compile, too", async () => {
      const text = "Lemma a : {n : nat | n = n}. Proof. <hole> Check nope.";
      expect((await review(text, "exists 0; reflexivity. Qed.")).kind).toBe("rejected");
    });

    test("an unnamed goal and an obligation are proofs like others", async () => {
      expect((await review("Goal 1 = 1. <hole>", "reflexivity. Qed.")).kind).toBe("proved");
      const text =
        "Require Import Program. Program Definition f : {n : nat | n = 1} := 1. Definition g := 0. Lemma b : 1 = 1. <hole>";
      expect((await review(text, "reflexivity. Qed.")).kind).toBe("proved");
    });
  });
}

const apart = !judges.includes(embedded);
if (apart)
  describe.skipIf(embedded.reviewer === null)(
    `a few reviews on ${embedded.title}`,
    { timeout: embedded.patience },
    () => {
      test("a proof is confirmed, and one that rests on an admitted lemma is not", async () => {
        const text = "Lemma l : False. Proof. Admitted. Lemma a : forall n, n + 0 = n. Proof. <hole>";
        const proved = await reviewAt(embedded.reviewer!, text, "induction n; auto. Qed.");
        expect(proved).toMatchObject({
          kind: "proved",
          evidence: { checkedBy: [expect.stringMatching(/^coq 8\.17\.1 \(embedded\)$/)] },
        });
        expect(await reviewAt(embedded.reviewer!, text, "destruct l. Qed.")).toMatchObject({
          kind: "rejected",
          reason: expect.stringContaining("conditional on l"),
        });
      });

      test.each([
        ["a section", "Section S. Lemma a : 1 = 1. Proof. <hole>", "S needs to be closed"],
        ["a module", "Module M. Lemma a : 1 = 1. Proof. <hole>", "M needs to be closed"],
        ["a proof", "Lemma a : 1 = 1. Proof. <hole> Lemma b : 1 = 2. Proof.", "proof of b is not ended"],
      ])("a file that leaves %s open is no file", async (_, text, reason) => {
        expect(await reviewAt(embedded.reviewer!, text, "reflexivity. Qed.")).toMatchObject({
          kind: "rejected",
          reason: expect.stringContaining(reason),
        });
      });
    },
  );

describe.skipIf(nativeCoq === null)("reviews of a project", () => {
  const made: string[] = [];
  afterEach(() => {
    for (const one of made.splice(0)) rmSync(one, { recursive: true, force: true });
  });

  /** A project with one compiled library, `Lib.A`. */
  function project(source: string, options = "", name = "Lib"): string {
    const directory = mkdtempSync(join(tmpdir(), "touchstone-project-"));
    made.push(directory);
    mkdirSync(join(directory, "src"));
    writeFileSync(join(directory, "_CoqProject"), `-Q src ${name}\n${options}`);
    writeFileSync(join(directory, "src", "A.v"), source);
    execFileSync(nativeCoq!.coqc, ["-q", "-Q", "src", name, "src/A.v"], { cwd: directory });
    return directory;
  }
  const reviewer = nativeCoq === null ? null! : nativeCoqReviewer(nativeCoq);

  test("libraries are found by _CoqProject, and the file has its own name in it", async () => {
    const directory = project("Lemma one : 1 = 1. Proof. reflexivity. Qed.");
    const text = "From Lib Require Import A. Definition d := 1. Lemma a : Lib.B.d = 1. Proof. <hole>";
    const answer = await reviewAt(reviewer, text, "exact one. Qed.", join(directory, "src", "B.v"));
    expect(answer).toMatchObject({ kind: "proved" });
  });

  test("a lemma that another file admits makes the proof conditional", async () => {
    const directory = project("Lemma one : 1 = 2. Proof. Admitted. Axiom two : 2 = 3.");
    const file = join(directory, "src", "B.v");
    const text = "From Lib Require Import A. Lemma a : 1 = 2. Proof. <hole>";
    expect(await reviewAt(reviewer, text, "exact one. Qed.", file)).toMatchObject({
      kind: "rejected",
      reason: expect.stringMatching(/conditional on one, which is admitted in .*A\.v/),
    });
    const other = "From Lib Require Import A. Lemma a : 2 = 3. Proof. <hole>";
    expect(await reviewAt(reviewer, other, "exact two. Qed.", file)).toMatchObject({
      kind: "proved",
      evidence: { assumptions: ["axiom two : 2 = 3"] },
    });
  });

  test("a library whose source changed after it was compiled is stale", async () => {
    const directory = project("Lemma one : 1 = 1. Proof. reflexivity. Qed.");
    const later = new Date(Date.now() + 10_000);
    utimesSync(join(directory, "src", "A.v"), later, later);
    const text = "From Lib Require Import A. Lemma a : 1 = 1. Proof. <hole>";
    expect(await reviewAt(reviewer, text, "exact one. Qed.", join(directory, "src", "B.v"))).toMatchObject({
      kind: "rejected",
      final: true,
      reason: expect.stringContaining("build the project"),
    });
  });

  test("an impredicative Set is the project's choice, and is listed", async () => {
    const directory = project("", "-arg -impredicative-set");
    const text = "Lemma a : (forall A : Set, A -> A) = (forall A : Set, A -> A). <hole>";
    expect(await reviewAt(reviewer, text, "reflexivity. Qed.", join(directory, "B.v"))).toMatchObject({
      kind: "proved",
      evidence: { assumptions: ["Set is impredicative"] },
    });
  });

  test("a library that the project puts under Coq's own name is the project's", async () => {
    const given = "Require Import Program. Program Definition l : False := _. Next Obligation. Admitted.";
    const directory = project(given, "", "Coq.Mine");
    const text = "From Coq.Mine Require Import A. Lemma a : 1 = 2. Proof. <hole>";
    expect(await reviewAt(reviewer, text, "destruct l. Qed.", join(directory, "B.v"))).toMatchObject({
      kind: "rejected",
      reason: "conditional on l_obligation_1 of Coq.Mine.A, which is not proved",
    });
  });

  test("under -type-in-type nothing is proved", async () => {
    const directory = project("Lemma one : 1 = 1. Proof. reflexivity. Qed.", "-arg -type-in-type");
    expect(
      await reviewAt(reviewer, "Lemma a : 1 = 1. <hole>", "auto. Qed.", join(directory, "B.v")),
    ).toMatchObject({
      kind: "rejected",
      final: true,
    });
  });

  test("a file that is wrong behind the hole ends the search, and its error is told", async () => {
    const text = "Lemma a : 1 = 1.\nProof. <hole>\nLemma b : 1 = 2.\nProof. exact nothing. Qed.";
    expect(await reviewAt(reviewer, text, "reflexivity. Qed.")).toMatchObject({
      kind: "rejected",
      final: true,
      reason: expect.stringMatching(/does not compile as it is: .*line 4.*nothing/s),
    });
    // What only this proof breaks is no reason to stop.
    const later =
      "Definition U := Type. Definition V := Type. Lemma a : exists x : V, True. Proof. <hole> Lemma b : exists x : U, True. Proof. exists V. exact I. Qed.";
    const broken = await reviewAt(reviewer, later, "exists U. exact I. Qed.");
    expect(broken).toMatchObject({ kind: "rejected", reason: expect.stringContaining("universe") });
    expect(broken).not.toHaveProperty("final");
  });

  test("coqchk reads the file on request", async () => {
    const thorough = nativeCoqReviewer(nativeCoq!, true);
    const answer = await reviewAt(thorough, "Lemma a : 1 = 1. <hole>", "auto. Qed.");
    expect(answer.kind === "proved" && answer.evidence.checkedBy.join()).toMatch(/coqchk/);
  });
});
