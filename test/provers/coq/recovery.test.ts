import { afterAll, describe, expect, test } from "vitest";
import { type CoqLauncher, coqAssistant } from "../../../provers/coq/assistant.ts";
import type { Toplevel } from "../../../provers/coq/toplevel.ts";
import { coqs } from "./available.ts";
import { conclusions, sessionAt, signal } from "./opened.ts";

for (const { title, launcher, patience } of coqs) {
  describe.skipIf(launcher === null)(`recovery on ${title}`, { timeout: patience }, () => {
    const started: Toplevel[] = [];
    const observed: CoqLauncher = {
      name: title,
      async launch(project, signal) {
        const result = await launcher!.launch(project, signal);
        if (result.kind === "started") started.push(result.toplevel);
        return result;
      },
    };
    const assistant = coqAssistant(observed);
    afterAll(() => assistant.close());

    test("after a crash every state is replayed where it is needed", async () => {
      const text =
        "Definition d := 1. Lemma a : forall n m : nat, n = m -> m = n /\\ d = 1. Proof. <hole>Admitted.";
      const session = await sessionAt(assistant, text);
      const states = [session.root];
      for (const tactic of ["intros n m H.", "split.", "symmetry."]) {
        const result = await session.apply(states.at(-1)!, tactic, 20_000, signal);
        if (result.kind !== "progress") throw new Error(JSON.stringify(result));
        states.push(result.state);
      }
      await started.at(-1)!.close();
      const deepest = await session.apply(states[3]!, "exact H.", 60_000, signal);
      expect(deepest).toMatchObject({ kind: "progress" });
      if (deepest.kind === "progress") expect(conclusions(deepest.goals)).toEqual(["d = 1"]);
      await started.at(-1)!.close();
      // From the deepest down to the root, each by its own way.
      for (const [state, tactic] of [
        [states[2]!, "reflexivity || (symmetry; exact H)."],
        [states[1]!, "subst; split; reflexivity."],
        [states[0]!, "intros; subst; split; reflexivity."],
      ] as const)
        expect((await session.apply(state, tactic, 60_000, signal)).kind).not.toBe("error");
      expect(started.length).toBe(3);
      await session.close();
    });

    test("a hole opens on a process that died while it was idle", async () => {
      const text = "Lemma a : True. Proof. <hole>Admitted.";
      await (await sessionAt(assistant, text)).close();
      await started.at(-1)!.close();
      const session = await sessionAt(assistant, text);
      expect((await session.apply(session.root, "exact I.", 60_000, signal)).kind).toBe("done");
      await session.close();
    });

    test("two sentences in one are never run as one: the first alone would be (safety.md 5)", async () => {
      const result = await launcher!.launch(
        { directory: "/nowhere", file: null, loadPaths: [], options: [], module: "Test" },
        signal,
      );
      if (result.kind === "failed") throw new Error(result.message);
      const { toplevel } = result;
      const limits = { deadlineMs: 60_000, signal };
      const stated = await toplevel.run(toplevel.start, ["Lemma a : True /\\ True."], limits);
      if (stated.kind !== "ok") throw new Error(stated.kind);
      const ran = await toplevel.run(stated.places[0]!, ["split. exact I."], limits);
      // coqidetop drops the rest without a word, so the screen has to see it; the embedded one tells how far it read.
      if (ran.kind === "ok") expect(ran.goals!.focused.length).toBe(2);
      else expect(ran).toMatchObject({ kind: "error", message: "this is more than one sentence" });
      await toplevel.close();
    });

    test("options of the search are not lost by going back", async () => {
      const session = await sessionAt(
        assistant,
        `Lemma a : ${"S (".repeat(200)}0${")".repeat(200)} = 1. Proof. <hole>Admitted.`,
      );
      const deep = session.goals[0]!.conclusion;
      expect(deep).not.toContain("...");
      const one = await session.apply(session.root, "assert (1 = 1).", 20_000, signal);
      expect(one.kind === "progress" && one.goals[1]!.conclusion).toBe(deep);
      const other = await session.apply(session.root, "assert (2 = 2).", 20_000, signal);
      expect(other.kind === "progress" && other.goals[1]!.conclusion).toBe(deep);
      await session.close();
    });
  });
}
