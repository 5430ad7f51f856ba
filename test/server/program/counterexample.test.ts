import { describe, expect, test } from "vitest";
import { toCounterexample } from "../../../server/program/counterexample.ts";
import { execute } from "../../../server/program/interpret.ts";
import { add, assert, assign, branch, countTo, goto, havoc, is, program, RETURN } from "./build.ts";

describe("a counterexample", () => {
  test("is a table: entry, iterations, the failure", () => {
    const of = countTo(2);
    const run = execute(of, () => 3n, { steps: 100 });
    expect(toCounterexample(of, run)).toEqual({
      replayed: true,
      states: [
        { where: "entry", line: 1, values: { n: "3" } },
        { where: "loop at line 5, on entry", line: 5, values: { n: "3", x: "0" } },
        { where: "loop at line 5, after 1 iteration", line: 5, values: { n: "3", x: "2" } },
        { where: "loop at line 5, after 2 iterations", line: 5, values: { n: "3", x: "4" } },
        { where: "line 8", line: 8, values: { n: "3", x: "4" } },
      ],
      inputs: [],
      violated: "assertion 'x == n'",
      span: { start: 0, end: 1, line: 8, column: 1 },
    });
  });

  test("of a long run shows the first and the last iterations", () => {
    const of = countTo(2);
    const run = execute(of, () => 999n, { steps: 10_000 });
    expect(toCounterexample(of, run).states.map(({ where, values }) => [where, values.x])).toEqual([
      ["entry", undefined],
      ["loop at line 5, on entry", "0"],
      ["loop at line 5, after 1 iteration", "2"],
      ["loop at line 5, after 2 iterations", "4"],
      ["loop at line 5, after 498 iterations", "996"],
      ["loop at line 5, after 499 iterations", "998"],
      ["loop at line 5, after 500 iterations", "1000"],
      ["line 8", "1000"],
    ]);
  });

  test("names inputs as the source does and leaves out what the source cannot name", () => {
    const of = program({
      variables: [
        "parameter int p",
        "pre int \\at(p,Pre)",
        "local int x",
        "local int x#2",
        "temporary int unknown#1",
        "flag int f",
      ],
      blocks: [
        [
          [
            assign("\\at(p,Pre)", "p"),
            assign("f", 1),
            havoc("unknown#1", 4),
            havoc("x#2", 5),
            assert(is(add("x", "x#2"), "<", "unknown#1"), "x < unknown()", 6),
          ],
          RETURN,
        ],
      ],
    });
    const run = execute(of, (_, sequence) => BigInt(sequence), { steps: 10 });
    const shown = toCounterexample(of, run);
    expect(shown.inputs).toEqual([
      { what: "x (uninitialised at line 1)", value: "1" },
      { what: "unknown() at line 4", value: "2" },
      { what: "x (uninitialised at line 5)", value: "3" },
    ]);
    expect(shown.states).toEqual([
      { where: "entry", line: 1, values: { p: "0", x: "1" } },
      { where: "line 6", line: 6, values: { p: "0", x: "3" } },
    ]);
  });

  test("of an invariant names it", () => {
    const of = countTo();
    const run = execute(of, () => 5n, { steps: 100, invariants: [[is("x", "<", 2)]] });
    const shown = toCounterexample(of, run, "x < 2");
    expect(shown.violated).toBe("loop invariant 'x < 2'");
    expect(shown.states.at(-1)).toMatchObject({
      where: "loop at line 5, after 2 iterations",
      values: { x: "2" },
    });
  });

  test("cannot be made of a run that fails nothing", () => {
    const of = program({
      variables: [],
      blocks: [
        [[], goto(1)],
        [[], branch(is(1, "==", 1), 2, 2)],
        [[], RETURN],
      ],
    });
    expect(() =>
      toCounterexample(
        of,
        execute(of, () => 0n, { steps: 10 }),
      ),
    ).toThrow("returned");
  });
});
