import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Event } from "../../server/engine/event.ts";
import { defaultOptions } from "../../server/engine/options.ts";
import type { Outcome } from "../../server/engine/outcome.ts";
import { applyVerified } from "../../server/wiring.ts";
import { openProofs, type ProofSettings } from "../../server/wiring-proofs.ts";
import { nativeCoq } from "../provers/coq/available.ts";

const SECONDS = 60;
const directory = mkdtempSync(join(tmpdir(), "touchstone-fill-"));

const settings: ProofSettings = {
  model: "none",
  offline: true,
  workers: 1,
  options: { ...defaultOptions, timeoutMs: SECONDS * 1000 },
};

/** Runs every theorem of a text and keeps the events. */
async function fillAll(text: string, changes: Partial<ProofSettings> = {}) {
  const file = join(directory, "Test.v");
  writeFileSync(file, text);
  const proofs = await openProofs({ ...settings, ...changes });
  const results: { group: string; outcome: Outcome<"proofHole">; events: Event<"proofHole">[] }[] = [];
  try {
    for (const located of proofs.locate({ file, text, version: 0 })) {
      if (located.kind === "error") throw new Error(located.diagnostics[0]!.message);
      const events: Event<"proofHole">[] = [];
      for await (const event of proofs.run(located.task, new AbortController().signal)) events.push(event);
      const last = events.at(-1)!;
      if (last.type !== "finished") throw new Error("the run did not finish");
      results.push({ group: located.task.group, outcome: last.outcome, events });
    }
  } finally {
    await proofs.close();
  }
  return results;
}

const why = nativeCoq === null ? " (skipped: no native Coq)" : "";

describe.skipIf(nativeCoq === null)(
  `proof holes of a Coq file${why}`,
  { timeout: 4 * SECONDS * 1000 },
  () => {
    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    it("are proved, and the edit is what the judge compiled", async () => {
      const text = "Lemma add_0 : forall n, n + 0 = n.\nProof.\nAdmitted.\n";
      const [result] = await fillAll(text);
      if (result?.outcome.kind !== "proved") throw new Error(JSON.stringify(result?.outcome));
      const applied = applyVerified(text, result.outcome.verified);
      expect(applied.kind === "applied" && applied.text).toMatch(
        /^Lemma add_0 .*\nProof\.\n( {2}.*\n)+Qed\.\n$/,
      );
      expect(result.outcome.verified.evidence.checkedBy.join()).toMatch(/coqc/);
    });

    it("of one theorem are filled together", async () => {
      const text =
        "Lemma two : forall n m : nat, n + 0 = n /\\ (n = m -> m = n).\nProof.\n  intros n m. split.\n  - admit.\n  - admit.\nAdmitted.\n";
      const [result] = await fillAll(text);
      if (result?.outcome.kind !== "proved") throw new Error(JSON.stringify(result?.outcome));
      const [answer] = result.outcome.answers;
      expect(answer!.texts).toHaveLength(2);
      const applied = applyVerified(text, result.outcome.verified);
      expect(applied.kind === "applied" && applied.text).not.toMatch(/admit/i);
    });

    it("that are false are not proved; how far the search came is told, with its holes marked", async () => {
      const text = "Lemma small : forall n, n < 3.\nProof.\nAdmitted.\n";
      const [result] = await fillAll(text, { options: { ...settings.options, timeoutMs: 8_000 } });
      if (result?.outcome.kind !== "unknown") throw new Error("proved something false");
      expect(result.outcome.nearest!.open.length).toBeGreaterThan(0);
      expect(result.outcome.nearest!.texts[0]).toMatch(/admit\.\n?.*Admitted\.$/s);
    });

    it("do not rest on a lemma that is itself a hole", async () => {
      const text =
        "Axiom P : Prop.\nLemma first : P.\nProof.\nAdmitted.\nLemma second : P.\nProof.\nAdmitted.\n";
      const results = await fillAll(text, { options: { ...settings.options, timeoutMs: 10_000 } });
      expect(results.map(({ outcome }) => outcome.kind)).toEqual(["unknown", "unknown"]);
    });

    it("are reported step by step, each step charged", async () => {
      const [result] = await fillAll("Lemma a : forall n m : nat, n = m -> m = n.\nProof.\nAdmitted.\n");
      const steps = result!.events.filter((event) => event.type === "step");
      expect(steps.length).toBeGreaterThan(0);
      const last = result!.events.at(-1)!;
      expect(last.type === "finished" && last.counts.checks).toBeGreaterThanOrEqual(steps.length);
      for (const step of steps) expect(step.node === null || step.node > step.parent).toBe(true);
    });

    it("are left at once when the run is cancelled", async () => {
      const text = "Lemma small : forall n, n < 3.\nProof.\nAdmitted.\n";
      const file = join(directory, "Cancel.v");
      writeFileSync(file, text);
      const proofs = await openProofs(settings);
      const stop = new AbortController();
      const [located] = proofs.locate({ file, text, version: 0 });
      if (located?.kind !== "task") throw new Error("no hole");
      let outcome: Outcome<"proofHole"> | null = null;
      for await (const event of proofs.run(located.task, stop.signal)) {
        if (event.type === "step") stop.abort();
        if (event.type === "finished") outcome = event.outcome;
      }
      await proofs.close();
      expect(outcome).toMatchObject({ kind: "unknown", reason: "it was cancelled" });
    });
  },
);
