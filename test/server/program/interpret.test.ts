import { describe, expect, test } from "vitest";
import { type Chooser, execute } from "../../../server/program/interpret.ts";
import type { Program } from "../../../server/program/program.ts";
import { replay } from "../../../server/program/replay.ts";
import { inputsOf, type Run } from "../../../server/program/run.ts";
import {
  add,
  assert,
  assign,
  assume,
  branch,
  countTo,
  div,
  goto,
  havoc,
  is,
  multiply,
  program,
  RETURN,
} from "./build.ts";

const always =
  (value: bigint): Chooser =>
  () =>
    value;

function run(of: Program, choose: Chooser, steps = 1000): Run {
  return execute(of, choose, { steps });
}

/** A straight line of commands. */
function straight(
  variables: readonly string[],
  ...commands: Parameters<typeof program>[0]["blocks"][0][0]
): Program {
  return program({ variables, blocks: [[commands, RETURN]] });
}

describe("outcomes", () => {
  test("a run that reaches the end returns", () => {
    const counted = run(countTo(), always(3n));
    expect(counted.outcome).toEqual({ kind: "returned" });
    expect(counted.last.get("x")).toBe(3n);
  });

  test("a precondition that fails blocks", () => {
    expect(run(countTo(), always(-1n)).outcome).toMatchObject({ kind: "blocked", block: 0 });
  });

  test("an assertion that fails is a violation", () => {
    const broken = run(countTo(2), always(3n));
    expect(broken.outcome).toMatchObject({ kind: "violated", block: 3, command: { text: "x == n" } });
  });

  test("the first of two failing assertions counts", () => {
    const twice = straight(
      ["parameter int x"],
      assert(is("x", ">", 0), "first"),
      assert(is("x", ">", 1), "second"),
    );
    expect(run(twice, always(0n)).outcome).toMatchObject({ kind: "violated", command: { text: "first" } });
  });

  test("a value that leaves int is no run where overflow is impossible", () => {
    const square = straight(
      ["parameter int x", "local int y"],
      assign("y", multiply("x", "x")),
      assert(is("y", "<", 0), "y < 0"),
    );
    expect(run(square, always(65536n)).outcome).toMatchObject({ kind: "outOfRange", value: 65536n * 65536n });
  });

  test("nor is one whose arithmetic overflows on the way to a verdict", () => {
    const sum = straight(["parameter int x"], assert(is(add("x", 1), "<=", 2147483647), "x + 1 <= INT_MAX"));
    expect(run(sum, always(2147483647n)).outcome).toMatchObject({ kind: "outOfRange", value: 2147483648n });
  });

  test("unsigned arithmetic and contracts have no such limit", () => {
    const unsigned = straight(["parameter unsigned int u", "local long y"], assign("y", add("u", "u")));
    expect(run(unsigned, always(4_000_000_000n)).outcome.kind).toBe("returned");
    const contract = straight(["parameter int x"], {
      ...assert(is(multiply("x", "x"), "<", 0), "x * x < 0"),
      what: "ensures",
    } as ReturnType<typeof assert>);
    expect(run(contract, always(1_000_000n)).outcome.kind).toBe("violated");
  });

  test("long holds what int does not", () => {
    const square = straight(["parameter int x", "parameter long y"], assign("y", multiply("y", "x")));
    expect(run(square, always(65536n)).outcome.kind).toBe("returned");
  });

  test("an undefined value ends a run and proves nothing", () => {
    const quotient = straight(["parameter int x"], assert(is(div(1, "x"), ">", 0), "1 / x > 0"));
    expect(run(quotient, always(0n)).outcome).toMatchObject({ kind: "undefined", block: 0 });
  });

  test("a loop without an end runs into the limit", () => {
    const forever = program({ variables: [], blocks: [[[], goto(0)]], loops: [{ head: 0, blocks: [0] }] });
    expect(run(forever, always(0n), 50)).toMatchObject({
      outcome: { kind: "steps" },
      steps: 50,
      arrivals: 51,
    });
  });

  test("growth without bounds ends by the range", () => {
    const doubling = program({
      variables: ["parameter int x"],
      blocks: [[[assign("x", multiply("x", 2))], goto(0)]],
      loops: [{ head: 0, blocks: [0] }],
    });
    const grown = run(doubling, always(1n), 1_000_000);
    expect(grown.outcome.kind).toBe("outOfRange");
    expect(grown.steps).toBe(31);
  });

  test("a chooser that leaves the type makes no run", () => {
    const none = straight(["parameter unsigned char c"]);
    expect(run(none, always(256n)).outcome).toMatchObject({ kind: "outOfRange", variable: "c" });
  });

  test("an aborted signal is thrown", () => {
    const signal = AbortSignal.abort(new Error("cancelled"));
    expect(() => execute(countTo(), always(3n), { steps: 100, signal })).toThrow("cancelled");
  });
});

describe("inputs", () => {
  const reading = program({
    variables: ["parameter int p", "local int unset", "local int set", "temporary int unknown#1"],
    blocks: [
      [
        [
          havoc("unknown#1", 2),
          assign("set", "unknown#1"),
          havoc("unknown#1", 3),
          assume(is("unknown#1", "!=", "set")),
          assert(is("unset", "==", "p"), "unset == p"),
        ],
        RETURN,
      ],
    ],
  });

  test("come in order of use: entry first, with what may be read before it is written", () => {
    const read = run(reading, (_, sequence) => BigInt(sequence * 10));
    expect(read.inputs.map(({ variable, value, when }) => [variable.name, value, when])).toEqual([
      ["p", 0n, "entry"],
      ["unset", 10n, "entry"],
      ["unknown#1", 20n, "havoc"],
      ["unknown#1", 30n, "havoc"],
    ]);
    expect(read.entry).toEqual(
      new Map([
        ["p", 0n],
        ["unset", 10n],
      ]),
    );
  });

  test("make the same run again", () => {
    const first = run(reading, (_, sequence) => BigInt(sequence * 10));
    expect(replay(reading, inputsOf(first))).toEqual(first);
    expect(first.outcome.kind).toBe("violated");
  });

  test("that are missing in a replay are zero", () => {
    const outcome = replay(reading, { initial: new Map([["p", 5n]]), havocs: [1n] }).outcome;
    expect(outcome).toMatchObject({ kind: "violated", command: { text: "unset == p" } });
    expect(replay(reading, { initial: new Map(), havocs: [] }).outcome.kind).toBe("blocked");
  });
});

describe("arrivals at loop heads", () => {
  test("are kept from both ends, and all are counted", () => {
    const long = execute(countTo(), always(100n), { steps: 1000, arrivals: 2 });
    expect(long.heads.map(({ iteration, state }) => [iteration, state.get("x")])).toEqual([
      [0, 0n],
      [1, 1n],
      [99, 99n],
      [100, 100n],
    ]);
    expect(long.arrivals).toBe(101);
  });

  test("tell visits to an inner loop apart", () => {
    const nested = program({
      variables: ["local int i", "local int j"],
      blocks: [
        [[assign("i", 0)], goto(1)],
        [[], branch(is("i", "<", 2), 2, 5)],
        [[assign("j", 0)], goto(3)],
        [[], branch(is("j", "<", 2), 4, 6)],
        [[assign("j", add("j", 1))], goto(3)],
        [[], RETURN],
        [[assign("i", add("i", 1))], goto(1)],
      ],
      loops: [
        { head: 1, blocks: [1, 2, 3, 4, 6] },
        { head: 3, blocks: [3, 4], parent: 0 },
      ],
    });
    const inner = run(nested, always(0n)).heads.filter(({ loop }) => loop === 1);
    expect(inner.map(({ visit, iteration }) => [visit, iteration])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
  });

  test("can check invariants: the first that fails ends the run", () => {
    const invariants = [[is("x", "<=", "n"), is("x", "<", 2)]];
    const checked = execute(countTo(), always(5n), { steps: 1000, invariants });
    expect(checked.outcome).toEqual({ kind: "invariant", loop: 0, clause: 1 });
    expect(checked.heads.at(-1)!.state.get("x")).toBe(2n);
  });
});
