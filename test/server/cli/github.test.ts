import { expect, it } from "vitest";
import { githubAnnotations } from "../../../server/cli/github.ts";
import { errorReport } from "../../../server/cli/report.ts";
import { counterexample, obligation, proved, reportOf, run, TEXT, tasksOf } from "./recorded.ts";

const task = tasksOf(TEXT, "src/a,b: pairs.c")[0]!;

it("says nothing of what was proved", () => {
  expect(githubAnnotations(reportOf(task, run(task, proved(task, [[], []]))))).toEqual([]);
});

it("points at what fails, on one line, with the names' own punctuation escaped", () => {
  const refuted = reportOf(
    task,
    run(task, { kind: "refuted", obligation: obligation(task), counterexample: counterexample(task, 2) }),
  );
  const [line, ...more] = githubAnnotations(refuted);
  expect(more).toEqual([]);
  expect(line).toMatch(
    /^::error file=src\/a%2Cb%3A pairs\.c,line=11,col=3,title=touchstone::pairs: .* fails in a run/,
  );
});

it("warns of what was not proved", () => {
  const unknown = reportOf(task, run(task, { kind: "unknown", reason: "50% of\nthe time", nearest: null }));
  expect(githubAnnotations(unknown)).toEqual([
    "::warning file=src/a%2Cb%3A pairs.c,line=3,col=1,title=touchstone::pairs: not proved: 50%25 of%0Athe time",
  ]);
});

it("names each thing that cannot be read", () => {
  const group = { document: task.document, name: "g", task: null };
  const span = { start: 0, end: 1, line: 4, column: 2 };
  const broken = errorReport(group, [{ severity: "error", message: "this is no C", span }]);
  expect(githubAnnotations(broken)).toEqual([
    "::error file=src/a%2Cb%3A pairs.c,line=4,col=2,title=touchstone::this is no C",
  ]);
});
