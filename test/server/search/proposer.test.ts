import { describe, expect, it } from "vitest";
import { Budget } from "../../../server/engine/budget.ts";
import type { ScriptCandidate } from "../../../server/engine/candidate.ts";
import { defaultOptions } from "../../../server/engine/options.ts";
import type { ProofFindings } from "../../../server/engine/proof.ts";
import { Bandit } from "../../../server/search/bandit.ts";
import { type ProofLanguage, searchProposer } from "../../../server/search/proposer.ts";
import { draftPartialCoqProof } from "../../../server/tasks/proof-hole/draft.ts";
import { locateCoqHoles } from "../../../server/tasks/proof-hole/locate.ts";
import { everything, type Formula, Propositional } from "./propositional.ts";

const [located] = locateCoqHoles({ file: "a.v", text: "Lemma a : P.\nProof.\nAdmitted.\n", version: 0 });
if (located?.kind !== "task") throw new Error("no hole");
const { task } = located;

/** Libraries that never answer: whoever asks them waits until it loses patience. */
class Silent extends Propositional {
  asked = 0;
  near() {
    return [];
  }
  override async premises(signal?: AbortSignal): Promise<never[]> {
    this.asked++;
    return new Promise((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason)));
  }
}

/** What a search with a source proposes first, and what it leaves in the findings. */
async function propose(theorem: Formula, timeoutMs: number, sources = [everything]) {
  const session = new Silent(theorem);
  const options = { ...defaultOptions, timeoutMs };
  const language: ProofLanguage = {
    sources: () => sources,
    draftPartial: draftPartialCoqProof,
    simpler: () => [],
    merged: () => () => null,
    fragility: (steps) => steps.length,
  };
  const findings: ProofFindings = { revision: 0, partial: null, rejected: new Map() };
  const proposer = searchProposer({
    language: () => language,
    strategy: "best-first",
    workers: 1,
    bandit: () => new Bandit(),
  });
  const context = {
    task,
    options,
    findings,
    checker: { open: async () => ({ kind: "open", session }) },
    budget: new Budget(options),
    signal: AbortSignal.timeout(timeoutMs),
    note: () => {},
    round: 0,
  };
  let found: ScriptCandidate | null = null;
  for await (const one of proposer.propose(context as never)) {
    found = one as ScriptCandidate;
    break;
  }
  return { found, findings, session };
}

describe("a search at a hole", () => {
  it("proves what is easy without asking the libraries", async () => {
    const { found, session } = await propose(["->", "A", "A"], 20_000);
    expect(found?.scripts).toHaveLength(1);
    expect(session.asked).toBe(0);
    expect(session.closed).toBe(true);
  });

  it("goes on without the libraries when they do not answer, and keeps how far it came", async () => {
    const { found, findings, session } = await propose(["->", "A", "B"], 2_000);
    expect(found).toBeNull();
    expect(session.asked).toBe(1);
    expect(findings.partial).toMatchObject({ proposer: "search", open: [expect.any(String)] });
    expect(findings.partial!.texts[0]).toContain("admit.");
  });
});
