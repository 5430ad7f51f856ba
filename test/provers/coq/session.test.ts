import { afterAll, describe, expect, test } from "vitest";
import { coqs } from "./available.ts";
import { applyAll, conclusions, openAt, sessionAt, signal } from "./opened.ts";

for (const { title, start, patience } of coqs) {
  describe.skipIf(start === null)(`sessions on ${title}`, { timeout: patience }, () => {
    const assistant = start === null ? null! : start();
    afterAll(() => assistant?.close());

    test("structured goals: hypotheses that share a type, values, conclusions", async () => {
      const session = await sessionAt(
        assistant,
        "Lemma a : forall n m : nat, n + m = m + n. Proof. <hole>Admitted.",
      );
      const result = await applyAll(session, ["intros n m.", "set (x := n)."]);
      expect(result).toMatchObject({
        kind: "progress",
        goals: [
          {
            conclusion: "x + m = m + x",
            hypotheses: [
              { names: ["n", "m"], type: "nat", body: null },
              { names: ["x"], type: "nat", body: "n" },
            ],
          },
        ],
      });
      await session.close();
    });

    test("a proof is done when nothing is open, shelved or given up and Qed is taken", async () => {
      const session = await sessionAt(assistant, "Lemma a : forall n, n + 0 = n. Proof. <hole>Admitted.");
      const result = await applyAll(session, [
        "induction n.",
        "reflexivity.",
        "simpl; rewrite IHn; reflexivity.",
      ]);
      expect(result.kind).toBe("done");
      if (result.kind !== "done") throw new Error();
      expect(session.script(result.state)).toEqual([
        "induction n.",
        "reflexivity.",
        "simpl; rewrite IHn; reflexivity.",
      ]);
      await session.close();
    });

    test("several tactics at one state are as if each were alone: errors, refusals, proofs, and one that is late", async () => {
      const session = await sessionAt(
        assistant,
        "Lemma a : forall n, n + 0 = n \\/ n = 1. Proof. <hole>Admitted.",
      );
      const quick = ["intros m.", "no_such_tactic.", "intros m. left.", "left.", "Admitted.", "now left."];
      const alone = [];
      for (const tactic of quick) alone.push(await session.apply(session.root, tactic, 20_000, signal));
      if (!session.applyEach) throw new Error("a session of Coq can do that");
      const tries = quick.map((tactic) => ({ tactic, deadlineMs: 20_000 }));
      const forever = { tactic: "let rec f n := f (S n) in f 0.", deadlineMs: 300 };
      const tried = await session.applyEach(session.root, [tries[0]!, forever, ...tries], signal);
      const results = tried.map(({ result }) => result);
      expect(results[1]).toMatchObject({ kind: "error", failure: expect.stringMatching(/time-out|crash/) });
      const shown = (result: unknown) =>
        JSON.stringify(result, (key, value) => (/^(message|state)$/.test(key) ? "" : value));
      expect(results.toSpliced(1, 1).map(shown)).toEqual([alone[0], ...alone].map(shown));
      await session.close();
    });

    test("only what stands before the hole is in scope", async () => {
      const text =
        "Lemma before : True. Proof. exact I. Qed. Lemma a : True. Proof. <hole>Admitted. Lemma after : True. exact I. Qed.";
      const session = await sessionAt(assistant, text);
      expect(await session.apply(session.root, "exact after.", 5000, signal)).toMatchObject({
        kind: "error",
        failure: "unknown name",
      });
      expect((await session.apply(session.root, "exact before.", 5000, signal)).kind).toBe("done");
      await session.close();
    });

    test("an admit is one goal: of several, of a bullet, with others given up before it", async () => {
      const several = await sessionAt(
        assistant,
        "Lemma a : 0 = 0 /\\ 1 = 1. Proof. split. <hole>admit. admit. Admitted.",
      );
      expect(conclusions(several.goals)).toEqual(["0 = 0"]);
      expect(several.frame).toEqual({ before: ["{"], after: ["}"] });
      expect((await several.apply(several.root, "reflexivity.", 5000, signal)).kind).toBe("done");
      await several.close();

      const last = await sessionAt(
        assistant,
        "Lemma a : 0 = 0 /\\ 1 = 1. Proof. split. - admit. - <hole>admit. Admitted.",
      );
      expect(conclusions(last.goals)).toEqual(["1 = 1"]);
      expect(last.frame).toEqual({ before: [], after: [] });
      expect((await last.apply(last.root, "reflexivity.", 5000, signal)).kind).toBe("done");
      await last.close();
    });

    test("an Admitted after a bullet begins the next one, and goes on to the one after", async () => {
      const text =
        "Lemma a : 0 = 0 /\\ 1 = 1 /\\ 2 = 2. Proof. split; [ | split ]. - reflexivity. <hole>Admitted.";
      const session = await sessionAt(assistant, text);
      expect(session.frame.before).toEqual(["-"]);
      const result = await applyAll(session, ["reflexivity.", "reflexivity."]);
      expect(result.kind).toBe("done");
      if (result.kind === "done")
        expect(session.script(result.state)).toEqual(["reflexivity.", "-", "reflexivity."]);
      await session.close();
    });

    test("states with the same goals are one state, and going back costs nothing but a replay", async () => {
      const session = await sessionAt(
        assistant,
        "Lemma a : forall n m : nat, n = m -> m = n. Proof. <hole>Admitted.",
      );
      const one = await session.apply(session.root, "intros n m H.", 5000, signal);
      const other = await applyAll(session, ["intros n.", "intros m H."]);
      expect(one.kind === "progress" && other.kind === "progress" && one.state === other.state).toBe(true);
      expect((await session.apply(session.root, "intros a.", 5000, signal)).kind).toBe("progress");
      if (one.kind !== "progress") throw new Error();
      expect((await session.apply(one.state, "symmetry; exact H.", 5000, signal)).kind).toBe("done");
      await session.close();
    });

    test("no progress, unknown names and ill-typed terms are told apart", async () => {
      const session = await sessionAt(assistant, "Lemma a : 0 + 0 = 0. Proof. <hole>Admitted.");
      const kinds = [];
      for (const tactic of ["idtac.", "exact nope.", "exact I.", "intros ["])
        kinds.push(await session.apply(session.root, tactic, 5000, signal));
      expect(kinds.map((one) => one.kind === "error" && one.failure)).toEqual([
        "no progress",
        "unknown name",
        "type mismatch",
        "other",
      ]);
      await session.close();
    });

    test("a loop is interrupted at its deadline, and the session goes on", async () => {
      const session = await sessionAt(assistant, "Lemma a : True. Proof. <hole>Admitted.");
      const looped = await session.apply(session.root, "let rec f n := f (S n) in f 0.", 300, signal);
      expect(looped).toMatchObject({ kind: "error", failure: "time-out" });
      expect((await session.apply(session.root, "exact I.", 20_000, signal)).kind).toBe("done");
      await session.close();
    });

    test("a search that is cut off does not spoil the next hole", async () => {
      const text = "Lemma a : forall n, n + 0 = n. Proof. <hole>Admitted.";
      for (let round = 0; round < 4; round++) {
        const session = await sessionAt(assistant, text);
        const cancel = new AbortController();
        const running = session.apply(session.root, "do 3000 (try lia); idtac.", 60_000, cancel.signal);
        // Some arrive while Coq works, some just after it has answered.
        setTimeout(() => cancel.abort(new DOMException("enough", "AbortError")), round * 3);
        await running.catch((error: Error) => expect(error.name).toBe("AbortError"));
        cancel.abort();
        await session.close();
        const next = await sessionAt(assistant, text);
        expect((await next.apply(next.root, "induction n; simpl; auto.", 20_000, signal)).kind).toBe("done");
        await next.close();
      }
    });

    test("cancelling stops the prover's work, and the session can be used again", async () => {
      const session = await sessionAt(assistant, "Lemma a : True. Proof. <hole>Admitted.");
      const cancel = new AbortController();
      const running = session.apply(session.root, "let rec f n := f (S n) in f 0.", 600_000, cancel.signal);
      setTimeout(() => cancel.abort(new DOMException("enough", "AbortError")), 200);
      await expect(running).rejects.toThrow("enough");
      expect((await session.apply(session.root, "exact I.", 20_000, signal)).kind).toBe("done");
      await session.close();
    });

    test("an error before the hole is told with its place", async () => {
      const text = "Lemma a : True. Proof. exact I. Qed. Check nope. Lemma b : True. <hole>Admitted.";
      const opened = await openAt(assistant, text);
      expect(opened).toMatchObject({ kind: "failed", message: expect.stringContaining("nope") });
      if (opened.kind === "failed")
        expect(text.slice(opened.span!.start, opened.span!.end)).toBe("Check nope.");
    });

    test("where no proof is open there is nothing to fill", async () => {
      const opened = await openAt(assistant, "Lemma a : True. exact I. Qed. <hole>");
      expect(opened).toMatchObject({ kind: "failed", message: "no proof is open here" });
    });

    test("premises: the file's own from the hole upwards with their proofs, then what the libraries know", async () => {
      const text =
        "Require Import List. Lemma first : 1 = 1. Proof. reflexivity. Qed. Definition d := 0." +
        " Lemma a : forall l : list nat, rev (rev l) = l. Proof. <hole>Admitted.";
      const session = await sessionAt(assistant, text);
      const premises = await session.premises(signal);
      expect(premises.slice(0, 2)).toEqual([
        { name: "d", statement: "Definition d := 0.", proof: null },
        { name: "first", statement: "Lemma first : 1 = 1.", proof: "reflexivity." },
      ]);
      expect(premises.find(({ name }) => name === "rev_involutive")?.statement).toContain("rev (rev l) = l");
      expect((await session.apply(session.root, "apply rev_involutive.", 5000, signal)).kind).toBe("done");
      await session.close();
    });
  });
}
