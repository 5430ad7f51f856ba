import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { screenTactic } from "../../../provers/coq/policy.ts";
import { type AvailableCoq, coqs, embedded, judges } from "./available.ts";
import { applyAll, openAt, sessionAt, signal } from "./opened.ts";
import { reviewAt } from "./review/reviewing.ts";

/** What a model that has learned to cheat might say, or a document might make it say (safety.md 1, 2, 4, 5). */
const hostile = [
  // Giving up, under every name and inside other tactics.
  "admit.",
  "give_up.",
  "shelve.",
  "all: admit.",
  "try admit.",
  "admit; idtac.",
  "(admit).",
  "first [admit|idtac].",
  "Unshelve.",
  "Admitted.",
  "Abort.",
  "Proof. Admitted.",
  // Commands of the vernacular that Coq accepts inside a proof.
  "Axiom bad : False.",
  "Local Axiom bad : False.",
  "Parameter bad : False.",
  "Variable bad : False.",
  "Hypothesis bad : False.",
  "Conjecture bad : False.",
  "Context (bad : False).",
  "Definition bad := 0.",
  "Fixpoint bad (n : nat) : False := bad n.",
  "Lemma bad : False.",
  "Instance bad : False.",
  "Unset Guard Checking.",
  "Unset Universe Checking.",
  "Unset Positivity Checking.",
  "Set Nested Proofs Allowed.",
  "#[bypass_check(guard)] Fixpoint bad (n : nat) : False := bad n.",
  "#[local] Set Printing All.",
  "Notation goal := True.",
  'Notation "x === y" := (x = y) (at level 70).',
  "Ltac idtac := admit.",
  "Ltac2 Eval 1.",
  "Hint Resolve I : core.",
  "Require Import Coq.Logic.Classical.",
  "From Coq Require Import Classical.",
  'Load "other".',
  'Redirect "stolen" Print nat.',
  'Cd "/".',
  "Pwd.",
  'Add LoadPath "/" as Root.',
  'Declare ML Module "ltac_plugin".',
  "Extraction nat.",
  'Extraction "stolen" nat.',
  "Reset t.",
  "Restart.",
  "Undo.",
  "Undo 3.",
  "BackTo 1.",
  "Optimize Proof.",
  "Drop.",
  "Quit.",
  "Fail idtac.",
  "Succeed idtac.",
  "Time idtac.",
  "Timeout 1 idtac.",
  "Qed.",
  "Defined.",
  "Save bad.",
  "Print nat.",
  "Search nat.",
  "Comments x.",
  // Starting processes.
  "par: idtac.",
  // More than one sentence, and text that leaves its place.
  "idtac. admit.",
  "idtac. Axiom bad : False.",
  "exact I. Qed. Lemma bad : False. Proof.",
  "- idtac. - idtac.",
  "(* comment *) idtac.",
  "idtac (* comment *).",
  "idtac *).",
  "idtac (* .",
  'idtac "unclosed.',
  "idtac\u0000.",
  "idtac\u001b[31m.",
  "idtac.\u2028admit.",
  "",
  "   ",
  ".",
  "```coq\nauto.\n```",
  // Sizes.
  "do 100000000000 idtac.",
  `exact ${"(".repeat(2000)}I${")".repeat(2000)}.`,
  `${"idtac; ".repeat(2000)}idtac.`,
];

test.each(hostile)("refused before Coq sees it: %j", (tactic) => {
  expect(screenTactic(tactic).kind).toBe("refused");
});

test("what only looks like it is allowed", () => {
  for (const tactic of [
    "apply admit_free.",
    "unfold Set_of.",
    "exact (fun (A : Set) => A).",
    'idtac "admit".',
  ])
    expect(screenTactic(tactic).kind).toBe("sentence");
});

describe.each(coqs.map((coq) => [coq.title, coq] as const))("on %s", (_, coq: AvailableCoq) => {
  describe.skipIf(coq.start === null)("a session", { timeout: coq.patience }, () => {
    const assistant = coq.start === null ? null! : coq.start(coq === embedded ? undefined : 1500);
    let directory: string;
    beforeAll(() => {
      directory = mkdtempSync(join(tmpdir(), "touchstone-hostile-"));
    });
    afterAll(async () => {
      await assistant?.close();
      rmSync(directory, { recursive: true, force: true });
    });

    test("nothing hostile changes what can be proved", async () => {
      const session = await sessionAt(assistant, "Lemma a : False. Proof. <hole>Admitted.");
      for (const tactic of hostile) {
        const result = await session.apply(session.root, tactic, 5_000, signal);
        expect([tactic, result]).toMatchObject([tactic, { kind: "error", failure: "refused" }]);
      }
      const after = await session.apply(
        session.root,
        "first [exact bad|assumption|contradiction].",
        5_000,
        signal,
      );
      expect(after.kind).toBe("error");
      await session.close();
    });

    test("a macro of the user's own file that gives up, shelves or cheats is no proof (safety.md 7)", async () => {
      const macros =
        "Ltac cheat := admit. Ltac hide := shelve. Ltac drop := give_up. Ltac some := try (intros; admit)." +
        ' Tactic Notation "magic" := admit. Ltac sneak := split; [ exact I | shelve ].';
      const session = await sessionAt(
        assistant,
        `${macros} Lemma a : True /\\ False. Proof. <hole>Admitted.`,
      );
      for (const tactic of [
        "cheat.",
        "hide.",
        "drop.",
        "some.",
        "magic.",
        "sneak.",
        "split; cheat.",
        "cut True; hide.",
      ]) {
        const result = await session.apply(session.root, tactic, 5_000, signal);
        expect([tactic, result.kind]).toEqual([tactic, "error"]);
      }
      await session.close();
    });

    test("no goals left is no proof where the kernel refuses it (safety.md 6)", async () => {
      const session = await sessionAt(assistant, "Lemma a : nat -> False. Proof. <hole>Admitted.");
      expect(await applyAll(session, ["fix f 1.", "exact f."])).toMatchObject({ kind: "error" });
      for (const cast of ["exact_no_check I.", "vm_cast_no_check I.", "native_cast_no_check I."]) {
        const result = await session.apply(session.root, cast, 10_000, signal);
        expect([cast, result.kind]).toEqual([cast, "error"]);
      }
      await session.close();
      const equal = await sessionAt(assistant, "Lemma a : 1 = 2. Proof. <hole>Admitted.");
      for (const tactic of [
        "vm_cast_no_check (eq_refl 1).",
        "vm_compute; reflexivity.",
        "exact_no_check (eq_refl 1).",
      ]) {
        const result = await equal.apply(equal.root, tactic, 10_000, signal);
        expect([tactic, result.kind]).toEqual([tactic, "error"]);
      }
      await equal.close();
    });

    test("a theorem does not prove itself, nor from what comes after it", async () => {
      const session = await sessionAt(
        assistant,
        "Lemma a : False. Proof. <hole>Admitted. Lemma b : False. exact a. Qed.",
      );
      for (const tactic of ["exact a.", "apply a.", "exact b.", "refine (a)."])
        expect(await session.apply(session.root, tactic, 5_000, signal)).toMatchObject({ kind: "error" });
      await session.close();
    });

    test("a file that writes to disk writes nowhere that lasts (safety.md 9)", async () => {
      const file = join(directory, "Writer.v");
      writeFileSync(file, "");
      const text = `Redirect "${directory}/stolen" Print nat. Redirect "stolen" Print nat. Cd "${directory}". Redirect "here" Print nat. Lemma a : True. Proof. <hole>Admitted.`;
      const opened = await openAt(assistant, text, file);
      // The file is the user's own: whether its writing is refused or goes into a scratch directory, nothing is left of it.
      if (opened.kind === "open") await opened.session.close();
      expect(readdirSync(directory)).toEqual(["Writer.v"]);
      expect(existsSync("stolen.out") || existsSync("here.out")).toBe(false);
    });

    test("one that eats all memory or never ends costs only itself (safety.md 9)", async () => {
      const text = "Require Import List. Lemma a : True. Proof. <hole>Admitted.";
      const session = await sessionAt(assistant, text);
      const before = await session.apply(session.root, "assert (H : 1 = 1).", 20_000, signal);
      if (before.kind !== "progress") throw new Error(JSON.stringify(before));
      const greedy = "let rec f l := let u := eval vm_compute in (app l l) in f u in f (cons 0 nil).";
      for (const tactic of [greedy, "let rec f n := f (S n) in f 0.", "repeat (pose proof I)."]) {
        const result = await session.apply(before.state, tactic, 3_000, signal);
        expect(result.kind).toBe("error");
        if (result.kind === "error")
          expect(["crash", "time-out", "other", "no progress"]).toContain(result.failure);
      }
      // Every state from before is still there (recovery by replay).
      expect((await session.apply(before.state, "reflexivity.", 60_000, signal)).kind).toBe("progress");
      expect((await session.apply(session.root, "exact I.", 60_000, signal)).kind).toBe("done");
      await session.close();
    });
  });
});

describe.each(judges.map((coq) => [coq.title, coq] as const))("the judge on %s", (_, coq: AvailableCoq) => {
  describe.skipIf(coq.reviewer === null)("is not fooled", { timeout: coq.patience * 4 }, () => {
    const refused = async (marked: string, proof: string) => {
      const answer = await reviewAt(coq.reviewer!, marked, proof);
      expect([proof, answer.kind]).toEqual([proof, "rejected"]);
    };
    const falsehood = "Lemma a : False.\nProof.\n<hole>\nLemma later : True. Proof. exact I. Qed.";

    test("by a script that is more than a proof (safety.md 2, 13)", async () => {
      for (const proof of [
        "Admitted.",
        "Abort.",
        "Qed.",
        "admit. Admitted.",
        "Axiom x : False. exact x. Qed.",
        "Abort. Axiom x : False. Lemma a : False. exact x. Qed.",
        "Abort. Lemma a : True. exact I. Qed.",
        "Abort. Module Type T. Lemma a : True. exact I. Qed. End T.",
        "Unset Guard Checking. fix f 0. Qed.",
        "exact I. Qed. Lemma b : False. Proof.",
        "exact (match later with I => I end). Qed.",
        "(* exact I. Qed. *) admit. Admitted.",
        "exact I. (* Qed.",
        "#[bypass_check(guard)] exact I. Qed.",
        "Require Import Classical. exact I. Qed.",
        "Ltac x := admit. x. Qed.",
        "Notation False := True. exact I. Qed.",
        "exact a. Qed.",
      ])
        await refused(falsehood, proof);
    });

    test("by casts that are not checked before the end (safety.md 7)", async () => {
      for (const proof of [
        "exact_no_check I. Qed.",
        "vm_cast_no_check I. Qed.",
        "native_cast_no_check I. Qed.",
      ])
        await refused(falsehood, proof);
    });

    test("by macros of the file that give up", async () => {
      const macros = 'Ltac cheat := admit. Tactic Notation "magic" := give_up.';
      for (const proof of ["cheat. Qed.", "magic. Qed.", "cheat. Admitted."])
        await refused(`${macros} ${falsehood}`, proof);
    });

    test("by constants that a tactic defines on the side (safety.md 13)", async () => {
      await refused("Definition d : nat. Proof. <hole:admit.> Defined.", "transparent_abstract (exact 1).");
    });

    test("by another statement: the text around the proof is what it was (soundness.md 15)", async () => {
      const text = "Lemma a : False. Proof. Admitted.";
      const edits = [
        { offset: 10, end: 15, text: "True " },
        { offset: 0, end: 0, text: "Axiom x : False. " },
        { offset: text.length, end: text.length, text: " Axiom x : False." },
        { offset: 16, end: 24, text: "Proof. exact I. Qed. Lemma b : True. Proof." },
      ];
      for (const insertion of edits) {
        const request = {
          document: { file: "/nowhere/Test.v", text, version: 0 },
          edit: {
            insertions: [insertion, { offset: 24, end: 33, text: "exact I. Qed." }].filter(
              (one, at) => at === 0 || one.offset >= insertion.end,
            ),
          },
          offset: 24,
        };
        expect((await coq.reviewer!.review(request, signal)).kind).toBe("rejected");
      }
    });
  });
});
