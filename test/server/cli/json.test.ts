import { describe, expect, it } from "vitest";
import { jsonLines } from "../../../server/cli/json.ts";
import { errorReport } from "../../../server/cli/report.ts";
import { applyEdit } from "../../../server/tasks/invariants/edit.ts";
import { atLeast } from "../tasks/invariants/drafting.ts";
import { COUNTS, counterexample, obligation, proved, reportOf, run, TEXT, tasksOf } from "./recorded.ts";

const task = tasksOf(TEXT)[0]!;
const lines = (outcome: Parameters<typeof run>[1]) => jsonLines(reportOf(task, run(task, outcome)));

const KEYS =
  "schemaVersion file line task group status answer edit counterexample reason assumptions proposer checkedBy proposed parsed screened checks tokens ms";

describe("the output contract", () => {
  const outcome = proved(task, [[atLeast("i", 0)], [atLeast("j", 0)]]);
  const proof = lines(outcome);

  it("has one object a loop, with its keys in order", () => {
    expect(proof.map((line) => Object.keys(line).join(" "))).toEqual([KEYS, KEYS]);
  });

  it("tells a proof", () => {
    expect(proof[1]).toEqual({
      schemaVersion: 1,
      file: "pairs.c",
      line: 7,
      task: "invariants",
      group: "pairs",
      status: "proved",
      answer: "loop invariant j >= 0; loop assigns j;",
      edit: {
        range: { start: { line: 6, character: 4 }, end: { line: 6, character: 4 } },
        text: "/*@ loop invariant j >= 0;\n      @ loop assigns j;\n      @*/\n    ",
      },
      counterexample: null,
      reason: null,
      assumptions: ["partial correctness", "mathematical integers: signed overflow is taken as impossible"],
      proposer: "houdini",
      checkedBy: ["z3 5.2.0 (wasm)", "cvc5 1.0.3"],
      ...COUNTS,
    });
  });

  it("has edits that together are the edit of the function", () => {
    const offset = ({ line, character }: { line: number; character: number }) =>
      TEXT.split("\n").slice(0, line).join("\n").length + (line > 0 ? 1 : 0) + character;
    const insertions = proof.map(({ edit }) => ({
      offset: offset(edit!.range.start),
      end: offset(edit!.range.end),
      text: edit!.text,
    }));
    expect(applyEdit(TEXT, { insertions })).toBe(
      applyEdit(TEXT, outcome.kind === "proved" ? outcome.verified.edit : { insertions: [] }),
    );
  });

  it("replaces what stands between two insertions of one loop", () => {
    const text = "void f(int n) {\n  int i = 0;\n  /*@ loop assigns i; */\n  while (i < n) i++;\n}\n";
    const one = tasksOf(text, "f.c")[0]!;
    const { edit } = jsonLines(reportOf(one, run(one, proved(one, [[atLeast("i", 0)]]))))[0]!;
    expect(edit).toEqual({
      range: { start: { line: 2, character: 6 }, end: { line: 2, character: 6 } },
      text: "loop invariant i >= 0; ",
    });
  });

  it("has no edit and no answer where the text proves as it stands", () => {
    expect(lines(proved(task, [[], []]))[0]).toMatchObject({ status: "proved", answer: null, edit: null });
  });

  it("tells a refutation, with numbers that JSON cannot hold as digits", () => {
    const [first, second] = lines({
      kind: "refuted",
      obligation: obligation(task),
      counterexample: counterexample(task, 3),
    });
    expect(first).toMatchObject({
      line: 5,
      status: "refuted",
      answer: null,
      reason: "assertion 'i >= 0' fails in a run that was replayed",
      checkedBy: ["interpreter"],
      counterexample: {
        replayed: true,
        line: 11,
        column: 3,
        inputs: [{ what: "unknown() at line 6", value: "9007199254740993" }],
      },
    });
    expect(second).toMatchObject({ line: 7, status: "refuted" });
  });

  it("tells why nothing is known, and what came nearest", () => {
    const nearest = {
      proposer: "harvest",
      invariants: [["i >= 0"], []],
      verdict: {
        kind: "refuted",
        why: "notInductive",
        obligation: obligation(task),
        counterexample: counterexample(task, 2, false),
      },
    } as const;
    const [line] = lines({ kind: "unknown", reason: "the time limit of 10 s was reached", nearest });
    expect(line).toMatchObject({ status: "unknown", counterexample: null, assumptions: [], checkedBy: [] });
    expect(line!.reason).toMatch(
      /^the time limit of 10 s was reached; nearest: 'i >= 0' at line 5 is not inductive/,
    );
  });

  it("tells what cannot be read, with its place", () => {
    const span = { start: 40, end: 45, line: 4, column: 7 };
    const group = { document: task.document, name: "g", task: null };
    const report = errorReport(group, [{ severity: "error", message: "arrays are not supported yet", span }]);
    expect(jsonLines(report)).toMatchObject([
      { line: 4, group: "g", status: "error", reason: "pairs.c:4:7: arrays are not supported yet", ms: 0 },
    ]);
  });

  it("counts a run that was cut short as unknown", () => {
    const cut = jsonLines(reportOf(task, run(task, outcome).slice(0, 4)));
    expect(cut.map(({ status, ms }) => [status, ms])).toEqual([
      ["unknown", 200],
      ["unknown", 200],
    ]);
  });
});

it("a function without loops has one line, at its own place", () => {
  const one = tasksOf("#include <assert.h>\n\nvoid f(int n) { assert(n == n); }\n", "f.c")[0]!;
  expect(jsonLines(reportOf(one, run(one, proved(one, []))))).toMatchObject([
    { line: 3, group: "f", status: "proved" },
  ]);
});
