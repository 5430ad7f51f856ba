import { describe, expect, it } from "vitest";
import type { StepEvent } from "../../../server/engine/proof.ts";
import { Bandit } from "../../../server/search/bandit.ts";
import { type Found, ProofSearch, type SearchParts } from "../../../server/search/search.ts";
import type { TacticSource } from "../../../server/search/source.ts";
import { everything, type Formula, Propositional } from "./propositional.ts";

const implies = (a: Formula, b: Formula): Formula => ["->", a, b];
const and = (a: Formula, b: Formula): Formula => ["/\\", a, b];
const or = (a: Formula, b: Formula): Formula => ["\\/", a, b];
const not = (a: Formula): Formula => implies(a, "False");

const THEOREMS: readonly (readonly [string, Formula])[] = [
  ["identity", implies("A", "A")],
  ["composition", implies(implies("A", "B"), implies(implies("B", "C"), implies("A", "C")))],
  ["conjunction commutes", implies(and("A", "B"), and("B", "A"))],
  ["disjunction commutes", implies(or("A", "B"), or("B", "A"))],
  ["distribution", implies(and("A", or("B", "C")), or(and("A", "B"), and("A", "C")))],
  ["de Morgan", implies(not(or("A", "B")), and(not("A"), not("B")))],
  ["excluded middle is not refutable", not(not(or("A", not("A"))))],
  ["S", implies(implies("A", implies("B", "C")), implies(implies("A", "B"), implies("A", "C")))],
];

function partsOf(
  [session, ...others]: readonly Propositional[],
  changes: Partial<SearchParts> = {},
): SearchParts {
  const spent = () => [session!, ...others].reduce((sum, { applied }) => sum + applied, 0) >= 3_000;
  return {
    session: session!,
    others: others.map((one) => Promise.resolve(one)),
    sources: [everything],
    strategy: "best-first",
    bandit: new Bandit(),
    retrieve: () => [],
    spent,
    report: () => {},
    ...changes,
  };
}

async function first(search: ProofSearch, signal = new AbortController().signal): Promise<Found | null> {
  for await (const found of search.run(signal)) return found;
  return null;
}

/** Replays a script from the hole; true when it leaves nothing open. */
async function proves(theorem: Formula, found: Found): Promise<boolean> {
  const session = new Propositional(theorem);
  let state = session.root;
  for (const [at, { tactic, goals }] of found.script.entries()) {
    const result = await session.apply(state, tactic, 100, new AbortController().signal);
    if (result.kind === "error") return false;
    expect(goals).toBe(result.kind === "done" ? 0 : result.goals.length);
    if (result.kind === "done") return at === found.script.length - 1;
    state = result.state;
  }
  return false;
}

describe.each(["best-first", "mcts"] as const)("%s", (strategy) => {
  it.each(THEOREMS)("proves %s", async (_, theorem) => {
    const found = await first(new ProofSearch(partsOf([new Propositional(theorem)], { strategy })));
    expect(found).not.toBeNull();
    expect(await proves(theorem, found!)).toBe(true);
  });

  it("proves with two sessions what it proves with one", async () => {
    for (const [, theorem] of THEOREMS) {
      const sessions = [new Propositional(theorem), new Propositional(theorem)];
      const found = await first(new ProofSearch(partsOf(sessions, { strategy })));
      expect(await proves(theorem, found!)).toBe(true);
      expect(sessions.every(({ applied }) => applied > 0) || found!.script.length < 3).toBe(true);
    }
  });

  it("finds nothing where there is no proof, and ends", async () => {
    for (const theorem of [or("A", not("A")), implies(implies("A", "B"), implies("B", "A"))]) {
      const session = new Propositional(theorem);
      expect(await first(new ProofSearch(partsOf([session], { strategy })))).toBeNull();
    }
  });
});

describe("a search", () => {
  it("tries no state twice: a loop ends by itself", async () => {
    // `(A -> A)` can be applied for ever and always leaves the same goal.
    const session = new Propositional(implies(implies("A", "A"), "A"));
    const steps: StepEvent[] = [];
    const search = new ProofSearch(partsOf([session], { report: (event) => steps.push(event) }));
    expect(await first(search)).toBeNull();
    expect(session.applied).toBeLessThan(100);
    expect(steps.some(({ result }) => result === "duplicate")).toBe(true);
  });

  it("leaves a goal alone once it is closed", async () => {
    // The first half can be closed in two ways; the second cannot be closed.
    const theorem = implies("A", and(or("A", "A"), "B"));
    const steps: StepEvent[] = [];
    await first(
      new ProofSearch(partsOf([new Propositional(theorem)], { report: (event) => steps.push(event) })),
    );
    const closings = steps.filter(
      ({ goals, text, result }) => result === "progress" && goals === 1 && text === "B",
    );
    expect(closings).toHaveLength(1);
  });

  it("goes on to other proofs when it is asked to", async () => {
    const theorem = implies(and("A", "B"), or("A", "B"));
    const scripts: string[] = [];
    for await (const found of new ProofSearch(partsOf([new Propositional(theorem)])).run(
      new AbortController().signal,
    )) {
      expect(await proves(theorem, found)).toBe(true);
      scripts.push(found.script.map(({ tactic }) => tactic).join("; "));
    }
    expect(new Set(scripts).size).toBe(scripts.length);
    expect(scripts.length).toBeGreaterThan(1);
  });

  it("says how far it came", async () => {
    const search = new ProofSearch(partsOf([new Propositional(implies("A", and("A", "B")))]));
    expect(await first(search)).toBeNull();
    const { script, goals } = search.nearest();
    expect(script.map(({ tactic }) => tactic)).toEqual(["intro", "split", "assumption"]);
    expect(goals.map(({ conclusion }) => conclusion)).toEqual(["B"]);
  });

  it("applies whole scripts, each step of which becomes a state", async () => {
    const whole: TacticSource = {
      name: "whole",
      kind: "symbolic",
      *suggest({ depth }) {
        if (depth > 0) return;
        yield { tactics: ["intro", "split", "assumption", "cases H9"], cost: 0, deadlineMs: 100 };
        yield { tactics: ["intro", "split", "assumption", "assumption"], cost: 0.1, deadlineMs: 100 };
      },
    };
    const session = new Propositional(implies("A", and("A", "A")));
    const found = await first(new ProofSearch(partsOf([session], { sources: [whole] })));
    expect(found?.script.map(({ goals }) => goals)).toEqual([1, 2, 1, 0]);
  });

  it("lets sources answer a failure by its class", async () => {
    const guessing: TacticSource = {
      name: "guessing",
      kind: "symbolic",
      *suggest({ depth }) {
        yield { tactics: [depth === 0 ? "intro" : "apply h0"], cost: 0, deadlineMs: 100 };
      },
      *repair(_, { tactic, failure }) {
        if (failure === "unknown name")
          yield { tactics: [tactic.replace("h", "H")], cost: 1, deadlineMs: 100 };
      },
    };
    const theorem = implies(implies("A", "B"), implies("A", "B"));
    const sources = [guessing, everything];
    const steps: StepEvent[] = [];
    await first(
      new ProofSearch(partsOf([new Propositional(theorem)], { sources, report: (e) => steps.push(e) })),
    );
    const answers = steps.filter(({ proposer, tactic }) => proposer === "guessing" && tactic === "apply H0");
    expect(answers.length).toBeGreaterThan(0);
  });

  it("gives a time-out a second chance, and no third", async () => {
    const sleepy: TacticSource = {
      name: "sleepy",
      kind: "symbolic",
      *suggest({ depth }) {
        if (depth === 0) yield { tactics: ["sleep"], cost: 1, deadlineMs: 10 };
      },
    };
    const session = new Propositional("A");
    await first(new ProofSearch(partsOf([session], { sources: [sleepy] })));
    expect(session.applied).toBeLessThan(5);
    expect(session.applied).toBeGreaterThan(1);
  });

  it("asks a slow source beside the search and uses what it says", async () => {
    const slow: TacticSource = {
      name: "slow",
      kind: "model",
      async *sample({ depth }) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        yield { tactics: [depth === 0 ? "intro" : "assumption"], cost: 0.5, deadlineMs: 100 };
      },
    };
    const found = await first(
      new ProofSearch(partsOf([new Propositional(implies("A", "A"))], { sources: [slow] })),
    );
    expect(found?.source).toBe("slow");
  });

  it("stops at once when it is cancelled, and when its budget is spent", async () => {
    const hard = not(not(or("A", not("A"))));
    const stop = new AbortController();
    const session = new Propositional(hard);
    const running = first(
      new ProofSearch(partsOf([session], { report: () => session.applied === 3 && stop.abort() })),
      stop.signal,
    );
    await running.catch((error: Error) => expect(error.name).toBe("AbortError"));
    expect(session.applied).toBeLessThan(6);
    const poor = new Propositional(hard);
    expect(await first(new ProofSearch(partsOf([poor], { spent: () => poor.applied >= 2 })))).toBeNull();
    expect(poor.applied).toBe(2);
  });
});

describe("the bandit", () => {
  it("makes dearer what never helps, and what is slow", () => {
    const bandit = new Bandit();
    for (let i = 0; i < 40; i++) {
      bandit.pulled("good", 1);
      bandit.pulled("bad", 1);
      bandit.pulled("slow", 500);
      bandit.won("good");
      bandit.won("slow");
    }
    expect(bandit.penalty("fresh")).toBe(0);
    expect(bandit.penalty("good")).toBeLessThan(bandit.penalty("bad"));
    expect(bandit.penalty("good")).toBeLessThan(bandit.penalty("slow"));
  });

  it("learns over the proofs of a file: the second needs fewer steps", async () => {
    const useless: TacticSource = {
      name: "useless",
      kind: "symbolic",
      *suggest() {
        for (let i = 0; i < 30; i++) yield { tactics: [`nonsense ${i}`], cost: 0.5, deadlineMs: 100 };
      },
    };
    const bandit = new Bandit();
    const effort: number[] = [];
    for (let i = 0; i < 3; i++) {
      const session = new Propositional(THEOREMS[1]![1]);
      const found = await first(
        new ProofSearch(partsOf([session], { bandit, sources: [useless, everything] })),
      );
      expect(found).not.toBeNull();
      effort.push(session.applied);
    }
    expect(effort[2]!).toBeLessThan(effort[0]!);
  });
});
