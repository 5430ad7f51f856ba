import { describe, expect, it } from "vitest";
import { Bandit } from "../../../server/engine/bandit.ts";
import { Budget } from "../../../server/engine/budget.ts";
import { Findings } from "../../../server/engine/findings.ts";
import type { Proposer } from "../../../server/engine/interfaces.ts";
import { defaultOptions } from "../../../server/engine/options.ts";
import { type Entry, Rounds } from "../../../server/engine/rounds.ts";
import { compare, integer, variable } from "../../../server/program/term.ts";

/** The names whose turn it was in one run; `gains`: how many atoms each brings in its first round. */
async function turns(
  entries: (proposer: (name: string) => Proposer) => readonly Entry<"invariants">[],
  gains: Readonly<Record<string, number>> = {},
  options: Partial<typeof defaultOptions> = {},
  proved = false,
): Promise<string[]> {
  const findings = new Findings(1);
  const budget = new Budget(defaultOptions);
  const proposer = (name: string): Proposer => ({
    name,
    kind: name === "houdini" ? "always" : "symbolic",
    // biome-ignore lint/correctness/useYield: it adds to the findings and proposes nothing itself.
    async *propose({ round }) {
      budget.checks++;
      for (let i = 0; round === 0 && i < (gains[name] ?? 0); i++)
        findings.add(0, compare("==", variable(name), integer(i)));
    },
  });
  const context = { findings, budget, options: { ...defaultOptions, ...options } };
  const rounds = new Rounds<"invariants">(
    entries(proposer),
    context as unknown as ConstructorParameters<typeof Rounds<"invariants">>[1],
  );
  const seen: string[] = [];
  while (await rounds.next((name) => seen.push(name)));
  await rounds.close(proved);
  return seen;
}

const withIdeas = (bandit: Bandit) => (proposer: (name: string) => Proposer) => [
  proposer("first"),
  { bandit, arms: ["a", "b", "c"].map(proposer), after: [proposer("houdini")] },
  proposer("last"),
];

describe("turns", () => {
  it("are taken by all in order, each idea followed by what makes use of it", async () => {
    expect(await turns(withIdeas(new Bandit()))).toEqual(
      "first a houdini b houdini c houdini last".split(" "),
    );
  });

  it("begin again when something new was found", async () => {
    const seen = await turns(withIdeas(new Bandit()), { b: 1 });
    expect(seen.filter((name) => name === "first")).toHaveLength(2);
    expect(seen.filter((name) => name === "last")).toHaveLength(2);
  });

  it("go first to who earned most in the functions before", async () => {
    const bandit = new Bandit();
    await turns(withIdeas(bandit), { c: 50, a: 1 });
    const again = await turns(withIdeas(bandit));
    expect(again.slice(0, 2)).toEqual(["first", "c"]);
    expect(again.filter((name) => name !== "houdini").sort()).toEqual(["a", "b", "c", "first", "last"]);
  });

  it("leave out whom the options switch off", async () => {
    expect(await turns(withIdeas(new Bandit()), {}, { without: ["b", "last"] })).toEqual(
      "first a houdini c houdini".split(" "),
    );
    expect(await turns(withIdeas(new Bandit()), {}, { only: "model" })).toEqual([]);
  });
});
