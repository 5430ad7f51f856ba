import { describe, expect, it } from "vitest";
import { plain } from "../../../server/cli/paint.ts";
import { errorReport } from "../../../server/cli/report.ts";
import { showReport } from "../../../server/cli/terminal.ts";
import { atLeast } from "../tasks/invariants/drafting.ts";
import { counterexample, obligation, proved, reportOf, run, TEXT, tasksOf } from "./recorded.ts";

const task = tasksOf(TEXT)[0]!;
const show = (outcome: Parameters<typeof run>[1]) => showReport(reportOf(task, run(task, outcome)), plain);

describe("on a terminal", () => {
  it("a proof is the annotated loop as it will stand, who checked it, and what it assumes", () => {
    expect(show(proved(task, [[atLeast("i", 0)], [atLeast("j", 0)]]))).toBe(
      [
        "pairs.c:3: pairs: proved (0.41 s)",
        "",
        "     +   /*@ loop invariant i >= 0;",
        "     +     @ loop assigns i;",
        "     +     @*/",
        "   5     while (i < n) {",
        "   6       int j = i;",
        "     +     /*@ loop invariant j >= 0;",
        "     +       @ loop assigns j;",
        "     +       @*/",
        "   7       while (j < n)",
        "   8         j++;",
        "   9       i++;",
        "  10     }",
        "",
        "  found      by houdini",
        "  checked by z3 5.2.0 (wasm), cvc5 1.0.3",
        "  assuming   partial correctness; mathematical integers: signed overflow is taken as impossible",
        "",
        "",
      ].join("\n"),
    );
  });

  it("a proof with variants says that the function terminates", () => {
    expect(show(proved(task, [[atLeast("i", 0)], []], true))).toContain("pairs: proved, and it terminates");
  });

  it("a text that proves as it stands is shown without a listing", () => {
    const text = show(proved(task, [[], []]));
    expect(text).toContain("proved as it stands");
    expect(text).not.toContain("while");
  });

  it("a refutation is a table of the run", () => {
    expect(
      show({ kind: "refuted", obligation: obligation(task), counterexample: counterexample(task, 3) }),
    ).toBe(
      [
        "pairs.c:3: pairs: assertion 'i >= 0' does not hold (0.41 s)",
        "  This run was replayed from the entry and breaks it at pairs.c:11:3:",
        "",
        "                   n    i",
        "  entry           -3",
        "  loop at line 5  -3   10",
        "  loop at line 5  -3  100",
        "  with unknown() at line 6 = 9007199254740993",
        "",
        "",
      ].join("\n"),
    );
  });

  it("a long run is shown by its ends", () => {
    const text = show({
      kind: "refuted",
      obligation: obligation(task),
      counterexample: counterexample(task, 15),
    });
    expect(text).toContain("… 3 more …");
    expect(text.split("\n").filter((line) => line.includes("loop at line 5"))).toHaveLength(11);
  });

  it.each([
    ["wrong", "is wrong: a run of the function breaks it", "The run, replayed"],
    [
      "notInductive",
      "is not inductive: one step of the loop leads",
      "whether its first state can be reached is not known",
    ],
    [
      "tooWeak",
      "is too weak: it holds, but assertion 'i >= 0' does not follow from it",
      "A state that it leaves possible",
    ],
  ] as const)("a near miss that is %s is explained in words", (why, words, states) => {
    const verdict = {
      kind: "refuted",
      why,
      obligation: obligation(task),
      counterexample: counterexample(task, 2, why === "wrong"),
    } as const;
    const text = show({
      kind: "unknown",
      reason: "no candidate proved the goal",
      nearest: { proposer: "harvest", invariants: [["i >= 0"], []], verdict },
    });
    expect(text).toContain("pairs: unknown (0.41 s)\n  no candidate proved the goal\n");
    expect(text).toContain(`'i >= 0' at line 5 ${words}`);
    expect(text).toContain(states);
  });

  it("an unknown without a near miss says why, and no more", () => {
    expect(show({ kind: "unknown", reason: "it was cancelled", nearest: null })).toBe(
      "pairs.c:3: pairs: unknown (0.41 s)\n  it was cancelled\n\n",
    );
  });

  it("a function that cannot be read is named by file, line and column", () => {
    const span = { start: 40, end: 45, line: 4, column: 7 };
    const group = { document: task.document, name: "g", task: null };
    const report = errorReport(group, [{ severity: "error", message: "arrays are not supported yet", span }]);
    expect(showReport(report, plain)).toBe(
      "pairs.c:4: g: cannot be read\n  pairs.c:4:7: arrays are not supported yet\n\n",
    );
  });

  it("a merged annotation keeps the numbers of the lines that were there", () => {
    const text =
      "void f(int n) {\n  int i = 0;\n  /*@ loop assigns i;\n    @*/\n  while (i < n)\n    i++;\n}\n";
    const one = tasksOf(text, "f.c")[0]!;
    expect(showReport(reportOf(one, run(one, proved(one, [[atLeast("i", 0)]]))), plain)).toContain(
      [
        "    +   /*@ loop invariant i >= 0;",
        "  3       @ loop assigns i;",
        "  4       @*/",
        "  5     while (i < n)",
        "  6       i++;",
      ].join("\n"),
    );
  });
});
