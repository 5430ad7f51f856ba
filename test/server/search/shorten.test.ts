import { describe, expect, it } from "vitest";
import { replay } from "../../../server/search/checker.ts";
import { type ShortenParts, shorten } from "../../../server/search/shorten.ts";
import { type Formula, Propositional } from "./propositional.ts";

const signal = new AbortController().signal;
const implies = (a: Formula, b: Formula): Formula => ["->", a, b];

/** The shortened script, which is replayed on a session of its own. */
async function short(theorem: Formula, tactics: readonly string[], changes: Partial<ShortenParts> = {}) {
  const steps = await shorten(
    await run(theorem, tactics),
    {
      session: new Propositional(theorem),
      simpler: () => [],
      merged: () => null,
      spent: () => false,
      ...changes,
    },
    signal,
  );
  expect(await replay(new Propositional(theorem), { steps }, signal)).toBeNull();
  return steps.map(({ tactic }) => tactic);
}

async function run(theorem: Formula, tactics: readonly string[]) {
  const session = new Propositional(theorem);
  let state = session.root;
  const steps = [];
  for (const tactic of tactics) {
    const result = await session.apply(state, tactic, 100, signal);
    if (result.kind === "error") throw new Error(result.message);
    steps.push({ tactic, goals: result.kind === "done" ? 0 : result.goals.length });
    state = result.state;
  }
  return steps;
}

describe("shortening", () => {
  it("drops steps that the proof does not need", async () => {
    const theorem = implies(["/\\", "A", "B"], implies("C", "C"));
    expect(await short(theorem, ["intro", "cases H0", "intro", "assumption"])).toEqual([
      "intro",
      "intro",
      "assumption",
    ]);
  });

  it("keeps steps that it needs", async () => {
    const tactics = ["intro", "split", "assumption", "assumption"];
    expect(await short(implies("A", ["/\\", "A", "A"]), tactics)).toEqual(tactics);
  });

  it("puts a plainer tactic in the place of one where the proof still goes through", async () => {
    const simpler = (tactic: string) => (tactic === "cases H0" ? ["split", "assumption"] : []);
    expect(await short(implies("False", "False"), ["intro", "cases H0"], { simpler })).toEqual([
      "intro",
      "assumption",
    ]);
    expect(await short(implies("False", "A"), ["intro", "cases H0"], { simpler })).toEqual([
      "intro",
      "cases H0",
    ]);
  });

  it("merges only into what the session takes", async () => {
    // This little calculus has no `;`, so every merged tactic is refused and the script stays.
    const tactics = ["intro", "split", "assumption", "assumption"];
    const merged = (first: string, second: string) => `${first}; ${second}`;
    expect(await short(implies("A", ["/\\", "A", "A"]), tactics, { merged })).toEqual(tactics);
  });

  it("has a step that leaves goals say what it did, and keeps what the session would not take", async () => {
    const theorem = implies("A", ["/\\", "A", "A"]);
    const tactics = ["right_rule", "right_rule", "assumption", "assumption"];
    const asked = { pinned: (tactic: string) => (tactic === "right_rule" ? `${tactic}?` : null) };
    expect(await short(theorem, tactics, asked)).toEqual(["intro", "split", "assumption", "assumption"]);
    const unknown = { pinned: () => "other?" };
    expect(await short(theorem, tactics, unknown)).toEqual(tactics);
  });

  it("leaves everything as it is when there is no time", async () => {
    const theorem = implies(["/\\", "A", "B"], implies("C", "C"));
    const tactics = ["intro", "cases H0", "intro", "assumption"];
    expect(await short(theorem, tactics, { spent: () => true })).toEqual(tactics);
  });
});
