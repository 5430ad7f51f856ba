import { describe, expect, it } from "vitest";
import { crush } from "../../../../server/proposers/coq/crush.ts";
import { readDefinitions } from "../../../../server/proposers/coq/definitions.ts";
import { openRetrieval } from "../../../../server/search/retrieval.ts";
import type { TacticResult } from "../../../../server/search/session.ts";
import { openCoq } from "../../../../server/wiring-assistants.ts";
import { nativeCoq } from "../../../provers/coq/available.ts";

const limit = { timeout: 180_000 };

/** What becomes of the sentences that the source has for the first state of a hole: of all, or as far as the first that proves it. */
async function outcomes(
  text: string,
  as: "all" | "as far as a proof",
): Promise<{ tactic: string; result: TacticResult }[]> {
  const signal = AbortSignal.timeout(170_000);
  const coq = await openCoq("native");
  if (coq.kind === "missing") throw new Error(coq.message);
  const { assistant } = coq;
  try {
    const opened = await assistant.open(
      { file: "/nowhere/a.v", text, offset: text.indexOf("Admitted") },
      signal,
    );
    if (opened.kind === "failed") throw new Error(opened.message);
    const { session } = opened;
    const premises = await session.premises(signal);
    const retrieval = openRetrieval(premises);
    const goal = session.goals[0]!;
    const relevant = retrieval.relevant(goal, 30);
    retrieval.close();
    const position = { goals: [goal], goal, depth: 0, script: [], last: null, failures: [], relevant };
    const found: { tactic: string; result: TacticResult }[] = [];
    for (const { tactics, deadlineMs } of crush(new Set(), readDefinitions(premises)).suggest!(position)) {
      const tactic = tactics[0]!;
      const result = await session.apply(session.root, tactic, deadlineMs, signal);
      found.push({ tactic, result });
      if (as === "as far as a proof" && result.kind === "done") break;
    }
    await session.close();
    return found;
  } finally {
    await assistant.close();
  }
}

const LISTS = "Require Import List Lia. Import ListNotations. ";

describe.skipIf(nativeCoq === null)("a whole proof in one sentence", limit, () => {
  it("is a sentence of Coq, whatever it comes to", async () => {
    const all = await outcomes(
      `${LISTS}Lemma l : forall (A : Type) (l : list A) x, In x l -> exists a b, l = a ++ x :: b. Proof. Admitted.`,
      "all",
    );
    expect(all.length).toBeGreaterThan(20);
    const wrong = all.filter(({ result }) => result.kind === "error" && /Syntax error/i.test(result.message));
    expect(wrong).toEqual([]);
  });

  it.each([
    [
      "premises of the induction hypothesis are discharged, and lemmas rewrite",
      "Lemma l : forall (A : Type) (l l' : list A), NoDup l -> NoDup l' -> (forall a, In a l -> ~ In a l') -> NoDup (l ++ l').",
    ],
    [
      "what a function hides is unfolded where it appears",
      "Definition set (f : nat -> nat) k v := fun i => if PeanoNat.Nat.eq_dec i k then v else f i. " +
        "Fixpoint fill (f : nat -> nat) (l : list nat) := match l with [] => f | k :: l => fill (set f k 0) l end. " +
        "Lemma l : forall (l : list nat) f g n, f n = g n -> fill f l n = fill g l n.",
    ],
  ])("%s", async (_, text) => {
    const all = await outcomes(`${LISTS}${text} Proof. Admitted.`, "as far as a proof");
    expect(all.at(-1)!.result.kind).toBe("done");
  });
});
