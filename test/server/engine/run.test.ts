import { describe, expect, it } from "vitest";
import type { Candidate } from "../../../server/engine/candidate.ts";
import type { Proposer } from "../../../server/engine/interfaces.ts";
import { defaultOptions, type RunOptions } from "../../../server/engine/options.ts";
import { createEngine } from "../../../server/engine/run.ts";
import { compare, integer, variable } from "../../../server/program/term.ts";
import { answer, collect, partsWith, saying, stubborn, summary, taskOf, whole } from "./parts.ts";

const TASK = taskOf(`int count(int n) {
  int i = 0;
  while (i < n) i++;
  //@ assert i >= 0;
  return i;
}`);
const NOT_NEGATIVE = compare(">=", variable("i"), integer(0));
const AT_MOST_THREE = compare("<=", variable("i"), integer(3));
const never = new AbortController().signal;

async function run(proposers: readonly Proposer[], options: Partial<RunOptions> = {}, ...rest: unknown[]) {
  const [replaced, solver] = rest as [Parameters<typeof partsWith>[1], Parameters<typeof partsWith>[2]];
  const engine = createEngine(await partsWith(proposers, replaced, solver));
  const events = await collect(engine(TASK, { ...defaultOptions, ...options }, never));
  return { events, ...summary(events) };
}

describe("a run", () => {
  it("offers what the judge proved, and says by whom it was proposed", async () => {
    const { outcome, fates, events } = await run([saying(whole([NOT_NEGATIVE]))]);
    expect(outcome).toMatchObject({ kind: "proved", proposer: "test" });
    expect(fates).toEqual(["judged"]);
    const states = events.flatMap((event) => (event.type === "state" ? [event.state] : []));
    expect(states).toEqual(["screen", "check", "judge", "offer", "stopped"]);
    expect(events[0]?.type).toBe("started");
  });

  it("without a proof keeps the nearest miss: too weak is nearer than not inductive", async () => {
    const { outcome, fates } = await run([
      saying(whole([compare(">=", variable("i"), integer(-1))]), whole([NOT_NEGATIVE, AT_MOST_THREE])),
    ]);
    expect(fates).toEqual(["too weak", "not inductive"]);
    expect(outcome.kind === "unknown" && outcome.nearest).toMatchObject({
      verdict: { why: "tooWeak" },
      invariants: [["i >= -1"]],
    });
  });

  it("every event is plain data, and `at` never goes back", async () => {
    const { events } = await run([saying(whole([NOT_NEGATIVE]))]);
    const text = JSON.stringify(events, (_, value) => (typeof value === "bigint" ? `${value}` : value));
    expect(JSON.parse(text)).toHaveLength(events.length);
    const times = events.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

describe("the judge's own time", () => {
  /** Enough to find the proof on a machine with much else to do. */
  const TIMEOUT_MS = 3_000;

  /** The real judge, which comes to its verdict only once the run's own time is over. */
  async function late(judgeMs?: number) {
    const proposers = [saying(whole([NOT_NEGATIVE]))];
    const { judge } = await partsWith(proposers);
    const slow = {
      ...judge,
      async judge(...[task, candidate, signal]: Parameters<typeof judge.judge>) {
        await new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS + 200));
        signal.throwIfAborted();
        return judge.judge(task, candidate, signal);
      },
    };
    const replaced = { judge: slow, ...(judgeMs !== undefined && { judgeMs }) };
    return run(proposers, { timeoutMs: TIMEOUT_MS }, replaced);
  }

  it("a proof that was found in time is not lost because judging it takes longer", async () => {
    expect((await late(60_000)).outcome.kind).toBe("proved");
  });

  it("without it the run's limit is the judge's, too", async () => {
    expect((await late()).outcome).toMatchObject({
      kind: "unknown",
      reason: expect.stringMatching(/time limit/),
    });
  });
});

describe("safety.md 1 and 4: hostile answers of a model", () => {
  const HOSTILE = [
    "i >= 0 */ i = 7; /*@ loop invariant i >= 0",
    "i >= 0; loop invariant \\false",
    "i >= 0 // comment",
    "i >= 0\n#define n 0",
    "i >= 0 \u0000",
    "(i = 0) >= 0",
    "i++ >= 0",
    "f(i) >= 0",
    "\\at(i, LoopEntry) >= 0",
    "nobody >= 0",
    `i >= ${"9".repeat(5000)}`,
    "(".repeat(3000),
    "",
  ];

  it("end with their place, or leave only what the grammar can say", async () => {
    const { outcome, events } = await run([saying(...HOSTILE.map((text) => answer(text)))]);
    expect(outcome.kind).toBe("unknown");
    const told = events.flatMap((event) => (event.type === "candidate" ? [event] : []));
    expect(told.length).toBeGreaterThanOrEqual(HOSTILE.length);
    for (const { fate, reason, text } of told) {
      if (fate === "unparsed") expect(reason).toMatch(/^\d+:\d+: |empty/);
      else expect(text).toMatch(/^[-i\d <>=!&|()n\\a-z]+$/);
      if (fate !== "unparsed") expect(text).not.toMatch(/loop|define|\(i = /);
    }
    expect(told.filter(({ fate }) => fate === "unparsed").length).toBeGreaterThan(HOSTILE.length / 2);
  });

  it("JSON is no way around the grammar", async () => {
    const { outcome, fates } = await run([
      saying(
        ...['{"kind":"true"', '{"__proto__":{}}', "[]", "null", '{"kind":"raw","text":"*/"}'].map((text) =>
          answer(text, { format: "json" }),
        ),
      ),
    ]);
    expect(outcome.kind).toBe("unknown");
    expect(new Set(fates)).toEqual(new Set(["unparsed"]));
  });

  it("what was cut off by a token limit is rejected, though its prefix parses", async () => {
    const { events } = await run([saying(answer("i >= 0", { truncated: true }))]);
    const told = events.find((event) => event.type === "candidate");
    expect(told).toMatchObject({ fate: "unparsed", reason: "cut off by the token limit" });
  });

  it("\\false from a model proves nothing", async () => {
    const { outcome } = await run([saying(answer("\\false"), answer("i < i"), answer("0 == 1"))]);
    expect(outcome.kind).toBe("unknown");
  });
});

describe("safety.md 8 and 10: nobody but the judge is believed", () => {
  it("a checker that calls everything proved is overruled", async () => {
    const credulous = {
      openChecker: () => ({
        check: async () =>
          ({
            kind: "proved",
            evidence: { obligations: [], checkedBy: ["nobody"], assumptions: [], terminates: true },
          }) as const,
        houdini: async () => ({ kind: "unknown", reason: "" }) as const,
        violation: async () => null,
        arrivals: async () => [],
        simplify: async (candidate: Candidate) => candidate,
        condense: async (candidate: Candidate) => candidate,
        close: async () => {},
      }),
    };
    const { outcome, fates } = await run([saying(whole([AT_MOST_THREE]))], {}, credulous);
    expect(outcome.kind).toBe("unknown");
    expect(fates).toContain("rejected");
  });

  it("a solver that decides nothing leaves `unknown`, with its reason", async () => {
    const { outcome } = await run([saying(whole([NOT_NEGATIVE]))], {}, {}, stubborn("silent 1.0", "unknown"));
    expect(outcome).toMatchObject({
      kind: "unknown",
      nearest: { verdict: { kind: "unknown", reason: "time-out" } },
    });
  });

  it("a run that breaks nothing refutes nothing", async () => {
    const inputs = { initial: new Map([["n", 3n]]), havocs: [] };
    const { outcome } = await run([saying({ kind: "run", proposer: "test", inputs })]);
    expect(outcome.kind).toBe("unknown");
  });

  it("nor one with values that no int has", async () => {
    const inputs = { initial: new Map([["n", 1n << 70n]]), havocs: [] };
    const { outcome } = await run([saying({ kind: "run", proposer: "test", inputs })]);
    expect(outcome.kind).toBe("unknown");
  });
});

/** Proposes one atom after another, for ever. */
const endless: Proposer = {
  name: "endless",
  kind: "always",
  async *propose() {
    for (let bound = 0; ; bound++) yield whole([compare("<=", variable("i"), integer(bound))]);
  },
};

describe("the budget ends every run, with a reason", () => {
  it.each<[Partial<RunOptions>, string]>([
    [{ timeoutMs: 300 }, "the time limit"],
    [{ maxChecks: 5 }, "the limit of 5 solver checks was reached"],
    [{ maxCandidates: 7 }, "the limit of 7 candidates was reached"],
  ])("%o", async (options, reason) => {
    const { outcome, counts } = await run([endless], options);
    expect(outcome.kind === "unknown" && outcome.reason).toContain(reason);
    expect(counts.checks).toBeLessThanOrEqual((options.maxChecks ?? 5000) + 1);
  });

  it("what is never asked for costs nothing: no candidate, no check", async () => {
    const { outcome, counts } = await run([]);
    expect(outcome).toMatchObject({ kind: "unknown", reason: "no candidate proved the goal" });
    expect(counts).toMatchObject({ proposed: 0, checks: 0, tokens: 0 });
  });
});

describe("--only and what is switched off", () => {
  const named = (name: string, kind: Proposer["kind"]): Proposer => ({ ...saying(), name, kind });
  const all = [named("a", "symbolic"), named("b", "model"), named("c", "always")];

  it.each<[Partial<RunOptions>, string[]]>([
    [{}, ["a", "b", "c"]],
    [{ only: "symbolic" }, ["a", "c"]],
    [{ only: "model" }, ["b", "c"]],
    [{ without: ["c"] }, ["a", "b"]],
    [{ only: "symbolic", without: ["a"] }, ["c"]],
  ])("%o", async (options, names) => {
    const { events } = await run(all, options);
    expect(events.flatMap((event) => (event.type === "proposer" ? [event.name] : []))).toEqual(names);
  });
});

describe("another round", () => {
  it("begins only when something was found meanwhile", async () => {
    const rounds: number[] = [];
    const learner: Proposer = {
      name: "learner",
      kind: "always",
      async *propose({ round, findings }) {
        rounds.push(round);
        yield* [];
        if (round < 2) findings.add(0, compare("<=", variable("i"), integer(round)));
      },
    };
    await run([learner]);
    expect(rounds).toEqual([0, 1, 2]);
  });
});
