import { describe, expect, it } from "vitest";
import { hashText } from "../../../provers/judge/apply.ts";
import { mint } from "../../../provers/judge/mint.ts";
import { parseArguments } from "../../../server/cli/arguments.ts";
import { fillLines } from "../../../server/cli/fill-json.ts";
import { addFillEvent, startFillReport } from "../../../server/cli/fill-report.ts";
import { showFillReport } from "../../../server/cli/fill-terminal.ts";
import { plain } from "../../../server/cli/paint.ts";
import type { Script } from "../../../server/engine/candidate.ts";
import type { Outcome } from "../../../server/engine/outcome.ts";
import type { ProofHoleTask } from "../../../server/engine/task.ts";
import { applyEdit } from "../../../server/tasks/invariants/edit.ts";
import { draftCoqProof, draftPartialCoqProof } from "../../../server/tasks/proof-hole/draft.ts";
import { locateCoqHoles } from "../../../server/tasks/proof-hole/locate.ts";

const TEXT = "Lemma two : P /\\ Q.\nProof.\n  split.\n  - admit.\n  - admit.\nAdmitted.\n";
const COUNTS = { proposed: 3, parsed: 3, screened: 1, checks: 70, tokens: 0, ms: 900 };

function taskOf(text: string): ProofHoleTask {
  const [located] = locateCoqHoles({ file: "two.v", text, version: 0 });
  if (located?.kind !== "task") throw new Error("no hole");
  return located.task;
}

const task = taskOf(TEXT);
const script = (tactic: string, goals = 0): Script => ({
  goals: 1,
  frame: { before: [], after: [] },
  steps: [{ tactic, goals }],
});

/** A report whose run ended so; the edit and its hashes are real, no prover took part. */
function report(outcome: Outcome<"proofHole">) {
  return addFillEvent(startFillReport(task), { type: "finished", at: 900, outcome, counts: COUNTS });
}

function proved(): Outcome<"proofHole"> {
  const { edit, texts } = draftCoqProof(task, [script("auto"), script("lia")]);
  const verified = mint({
    edit,
    baseHash: hashText(TEXT),
    textHash: hashText(applyEdit(TEXT, edit)),
    evidence: { obligations: [], checkedBy: ["coqc 8.16.1"], assumptions: [], terminates: false },
  });
  return { kind: "proved", verified, answers: [{ texts, verified }], proposer: "automation" };
}

describe("fill on the command line", () => {
  const printer = { out: () => {}, err: () => {} };
  const parse = (...argv: string[]) => parseArguments(argv, "0", printer);

  it("reads its options", () => {
    expect(
      parse("fill", "a.v:12", "--timeout", "2m", "--only", "symbolic", "--json", "--seed", "7"),
    ).toMatchObject({
      kind: "fill",
      targets: [{ file: "a.v", line: 12 }],
      timeoutMs: 120_000,
      only: "symbolic",
      json: true,
      seed: 7,
      search: "best-first",
    });
  });

  it("refuses what makes no sense", () => {
    expect(parse("fill")).toMatchObject({ kind: "done", status: 2 });
    expect(parse("fill", "a.v", "--search", "luck")).toMatchObject({ kind: "done", status: 2 });
  });
});

describe("fill --json", () => {
  it("has one line a hole, with the contract's keys; applying all edits gives the judged text", () => {
    const lines = fillLines(report(proved()));
    expect(lines.map(({ line, status, answer, task: kind }) => [line, status, answer, kind])).toEqual([
      [4, "proved", "auto.", "proofHole"],
      [5, "proved", "lia.", "proofHole"],
    ]);
    expect(lines[0]).toMatchObject({ group: "two", checks: 70, checkedBy: ["coqc 8.16.1"], partial: null });
    const edited = lines
      .map(({ edit }) => edit!)
      .reverse()
      .reduce((text, { range, text: fresh }) => {
        const rows = text.split("\n");
        const at = (place: { line: number; character: number }) =>
          rows.slice(0, place.line).reduce((sum, row) => sum + row.length + 1, 0) + place.character;
        return text.slice(0, at(range.start)) + fresh + text.slice(at(range.end));
      }, TEXT);
    expect(edited).toBe("Lemma two : P /\\ Q.\nProof.\n  split.\n  - auto.\n  - lia.\nQed.\n");
  });

  it("offers the partial proof apart from the answer, never as proved", () => {
    const { edit, texts } = draftPartialCoqProof(task, [script("auto"), script("intros", 1)]);
    const nearest = { proposer: "search", texts, edit, open: ["Q"], rejected: null };
    const [, second] = fillLines(report({ kind: "unknown", reason: "the time is over", nearest }));
    expect(second).toMatchObject({
      status: "unknown",
      answer: null,
      edit: null,
      reason: "the time is over",
      partial: { text: "intros.\n    admit.", open: ["Q"] },
    });
  });
});

describe("fill for a person", () => {
  it("shows the proof, who found it and who checked it", () => {
    const text = showFillReport(report(proved()), plain);
    expect(text).toMatch(/^two\.v:4: two: proved/);
    expect(text).toContain("+ auto.");
    expect(text).toContain("checked by coqc 8.16.1");
  });

  it("says what is open", () => {
    const { edit, texts } = draftPartialCoqProof(task, [script("auto")]);
    const nearest = { proposer: "search", texts, edit, open: ["Q"], rejected: null };
    const text = showFillReport(report({ kind: "unknown", reason: "the time is over", nearest }), plain);
    expect(text).toMatch(/unknown/);
    expect(text).toMatch(/one goal is open:\n {4}Q/);
  });

  it("tells a run that was cut short", () => {
    expect(showFillReport(startFillReport(task), plain)).toContain("stopped before it finished");
  });
});
