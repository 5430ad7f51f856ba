import { describe, expect, test } from "vitest";
import { replay } from "../../../server/program/replay.ts";
import { sampleStates } from "../../../server/program/sample.ts";
import { and, implies, not, or } from "../../../server/program/term.ts";
import {
  add,
  assert,
  assign,
  assume,
  branch,
  countTo,
  goto,
  havoc,
  is,
  mod,
  multiply,
  program,
  RETURN,
  requires,
  subtract,
} from "./build.ts";
import { lower } from "./lower/listing.ts";

describe("tables of states", () => {
  test("hold hundreds of reachable states of a small loop", () => {
    const { tables, violation, blocked, runs } = sampleStates(countTo(), { seed: 1 });
    const [table] = tables;
    expect(table!.columns).toEqual(["n", "x"]);
    expect(table!.size).toBeGreaterThan(300);
    expect(table!.screen(and(is("x", "<=", "n"), is("x", ">=", 0)))).toEqual({ kind: "holds" });
    for (const wrong of [is("x", "<", "n"), is("n", "<=", 100), is("x", "==", 0), is("x", "!=", 1)]) {
      expect(table!.screen(wrong).kind).toBe("violated");
    }
    expect(violation).toBeNull();
    expect(blocked).toBeLessThan(runs / 10);
  });

  test("are the same for the same seed, and others for another", () => {
    const rows = (seed: number): number[][] => {
      const table = sampleStates(countTo(), { seed }).tables[0]!;
      return Array.from({ length: table.size }, (_, row) => table.row(row));
    };
    expect(rows(7)).toEqual(rows(7));
    expect(rows(7)).not.toEqual(rows(8));
  });

  test("say in which run and iteration each state was met, with neighbours to compare", () => {
    const table = sampleStates(countTo(3), { seed: 2, continueAfterViolation: true }).tables[0]!;
    let pairs = 0;
    for (let row = 1; row < table.size; row++) {
      const [before, after] = [table.sighting(row - 1), table.sighting(row)];
      expect(table.value(row, 1)).toBe(3 * after.iteration);
      if (before.run === after.run) expect(after.iteration).toBeGreaterThan(before.iteration);
      if (before.run === after.run && before.iteration + 1 === after.iteration) pairs++;
    }
    expect(pairs).toBeGreaterThan(100);
  });

  test("lead back to runs that reach their states", () => {
    const of = countTo();
    const sample = sampleStates(of, { seed: 3 });
    const table = sample.tables[0]!;
    for (const row of [0, 50, table.size - 1]) {
      const { run, iteration } = table.sighting(row);
      const states = replay(of, sample.inputsOf(run), { steps: 3_000_000, arrivals: 100_000 }).heads;
      expect(Number(states[iteration]!.state.get("x"))).toBe(table.value(row, 1));
    }
  });

  test("reach the last iterations of a long loop", () => {
    const long = program({
      variables: ["local int x", "local int y"],
      blocks: [
        [[assign("x", 0), assign("y", 0)], goto(1)],
        [[], branch(is("y", "<", 100_000), 2, 3)],
        [[assign("x", add("x", "y")), assign("y", add("y", 1))], goto(1)],
        [[], RETURN],
      ],
      loops: [{ head: 1, blocks: [1, 2] }],
    });
    // The sum leaves int, so it is bounded here by a modulus.
    const bounded = {
      ...long,
      blocks: long.blocks.with(2, {
        ...long.blocks[2]!,
        commands: [assign("x", mod(add("x", "y"), 1000)), assign("y", add("y", 1))],
      }),
    };
    const table = sampleStates(bounded, { seed: 4 }).tables[0]!;
    expect(table.screen(is("y", "<", 100_000)).kind).toBe("violated");
    expect(table.screen(is("y", "<=", 100_000)).kind).toBe("holds");
  });

  test("show loops that end by chance after few and after many iterations", () => {
    const chance = program({
      variables: ["local int x", "temporary int unknown#1"],
      blocks: [
        [[assign("x", 0)], goto(1)],
        [[havoc("unknown#1")], branch(is("unknown#1", "!=", 0), 2, 3)],
        [[assign("x", add("x", 1))], goto(1)],
        [[], RETURN],
      ],
      loops: [{ head: 1, blocks: [1, 2] }],
    });
    const table = sampleStates(chance, { seed: 5 }).tables[0]!;
    expect(table.screen(is("x", "<", 50)).kind).toBe("violated");
    expect(table.screen(is("x", ">=", 0)).kind).toBe("holds");
  });
});

describe("preconditions", () => {
  test.each([
    ["an equality of sums", is(add("a", "b"), "==", 1000)],
    ["a narrow range", and(is("a", ">=", 12345), is("a", "<", 12350))],
    ["a chain", and(is("a", ">", "b"), is("b", ">", "c"), is("c", ">", 500))],
    ["a choice", or(is("a", "==", 77777), is("b", "==", -77777))],
    [
      "a negation and an implication",
      and(not(is("a", "<=", 4000)), implies(is("a", ">", 0), is("c", "==", add("a", "b")))),
    ],
    ["scaled sides", is(multiply(3, "a"), "==", subtract("b", 600))],
  ])("are met by moving inputs: %s", (_, condition) => {
    const of = program({
      variables: ["parameter int a", "parameter int b", "parameter int c", "local int i"],
      blocks: [
        [[requires(condition), assign("i", 0)], goto(1)],
        [[], branch(is("i", "<", 3), 2, 3)],
        [[assign("i", add("i", 1))], goto(1)],
        [[], RETURN],
      ],
      loops: [{ head: 1, blocks: [1, 2] }],
    });
    const { tables, runs, blocked } = sampleStates(of, { seed: 6 });
    expect(tables[0]!.size).toBeGreaterThan(40);
    expect(tables[0]!.screen(condition).kind).toBe("holds");
    expect(blocked).toBeLessThan(runs * 0.9);
  });

  test("on values read during the run are met too", () => {
    const of = program({
      variables: ["local int x", "local int y", "temporary int unknown#1", "temporary int unknown#2"],
      blocks: [
        [
          [
            havoc("unknown#1"),
            assign("x", "unknown#1"),
            havoc("unknown#2"),
            assign("y", "unknown#2"),
            assume(and(is("x", ">=", 1000), is("y", "==", add("x", 17)))),
          ],
          goto(1),
        ],
        [[], branch(is("x", "<", "y"), 2, 3)],
        [[assign("x", add("x", 1))], goto(1)],
        [[], RETURN],
      ],
      loops: [{ head: 1, blocks: [1, 2] }],
    });
    const { tables, runs, blocked } = sampleStates(of, { seed: 7 });
    expect(tables[0]!.size).toBeGreaterThan(200);
    expect(blocked).toBeLessThan(runs / 2);
  });

  test("that cannot be met leave nothing", () => {
    const of = program({
      variables: ["parameter int n"],
      blocks: [
        [[requires(and(is("n", ">", 0), is("n", "<", 0)))], goto(1)],
        [[], RETURN],
      ],
      loops: [{ head: 1, blocks: [1] }],
    });
    const { tables, runs, blocked } = sampleStates(of, { seed: 8 });
    expect(tables[0]!.size).toBe(0);
    expect(blocked).toBe(runs);
  });
});

describe("violations", () => {
  test("are found, made simple, and replayed exactly", () => {
    const of = countTo(2);
    const { violation } = sampleStates(of, { seed: 9 });
    expect(violation!.outcome).toMatchObject({ kind: "violated", command: { text: "x == n" } });
    expect(violation!.inputs.map(({ value }) => value)).toEqual([1n]);
  });

  test("are not made from overflow that the reading rules out", () => {
    const of = program({
      variables: ["parameter int x", "local int y"],
      blocks: [
        [[requires(is("x", ">", 0)), assign("y", add("x", 1)), assert(is("y", ">", 0), "y > 0")], RETURN],
      ],
    });
    expect(sampleStates(of, { seed: 10 }).violation).toBeNull();
  });

  test("come from inputs given by a solver, however large", () => {
    const secret = (1n << 62n) + 12345n;
    const of = program({
      variables: ["parameter long x", "temporary int unknown#1"],
      blocks: [
        [[havoc("unknown#1")], branch(is("unknown#1", "==", 987654), 1, 2)],
        [[assert(is("x", "!=", secret), "x is not the secret")], goto(2)],
        [[], RETURN],
      ],
    });
    const extraInputs = [{ initial: new Map([["x", secret]]), havocs: [987654n] }];
    expect(sampleStates(of, { seed: 11, maxRuns: 50 }).violation).toBeNull();
    const { violation } = sampleStates(of, { seed: 11, extraInputs });
    expect(violation!.entry.get("x")).toBe(secret);
  });
});

test("sums are run until they overflow, where overflow is to be ruled out", () => {
  const of = lower("int f(int n) { int s = 0; for (int i = 0; i < n; i++) s = s + i; return s; }", "32");
  const { violation } = sampleStates(of, { seed: 12 });
  expect(violation!.outcome).toMatchObject({ kind: "violated", command: { what: "overflow" } });
  expect(violation!.heads.at(-1)!.iteration).toBe(65_536);
});

test("sampling ends at once when it is cancelled", () => {
  const signal = AbortSignal.abort(new Error("cancelled"));
  expect(() => sampleStates(countTo(), { seed: 1, signal })).toThrow("cancelled");
});
