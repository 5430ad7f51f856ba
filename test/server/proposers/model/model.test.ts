import { describe, expect, it } from "vitest";
import {
  type Completion,
  type Model,
  ModelError,
  type SampleRequest,
} from "../../../../server/engine/model.ts";
import { modelProposer } from "../../../../server/proposers/model/model.ts";
import { taskOf } from "../../engine/parts.ts";
import { propose } from "../proposing.ts";

const TASK = taskOf("int f(int n) { int i = 0; while (i < n) i++; assert(i >= 0); return i; }");

const completion = (text: string, more: Partial<Completion> = {}): Completion => ({
  text,
  format: "text",
  finish: "stop",
  promptTokens: 10,
  tokens: 3,
  logProbability: null,
  ...more,
});

/** A model that answers as told, and what it was asked. */
function scripted(answers: (request: SampleRequest) => readonly Completion[]) {
  const asked: SampleRequest[] = [];
  const model: Model = {
    name: "scripted",
    async *sample(request) {
      asked.push(request);
      yield* answers(request);
    },
    close: async () => {},
  };
  return { asked, proposer: modelProposer(async () => model) };
}

describe("the model proposer", () => {
  it("asks for atoms and whole invariants under the grammar, hotter each time", async () => {
    const { asked, proposer } = scripted(() => []);
    await propose(proposer, TASK);
    expect(asked.map(({ temperature }) => temperature)).toEqual([0.3, 0.2, 0.9]);
    expect(asked.every(({ grammar, maxTokens, n }) => grammar !== null && maxTokens <= 64 && n > 1)).toBe(
      true,
    );
    expect(JSON.stringify(asked[0]!.messages)).toContain("while (i < n)");
  });

  it("hands on the most probable answers first", async () => {
    const { proposer } = scripted(({ temperature }) =>
      temperature === 0.3
        ? [completion("i <= n", { logProbability: -3 }), completion("i >= 0", { logProbability: -0.1 })]
        : [],
    );
    expect((await propose(proposer, TASK)).texts).toEqual(["i >= 0", "i <= n"]);
  });

  it("charges what was used, prompt included, and stops when nothing is left", async () => {
    const { asked, proposer } = scripted(() => [completion("i >= 0", { promptTokens: 30_000 })]);
    const { budget } = await propose(proposer, TASK);
    expect(budget.tokens).toBe(30_003);
    expect(asked).toHaveLength(1);
  });

  it("a slow one leaves time to everybody behind it, and what it had said by then counts", async () => {
    const proposer = modelProposer(async () => ({
      name: "slow",
      async *sample({ signal }) {
        yield completion("i >= 0");
        await new Promise((_, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
        );
      },
      close: async () => {},
    }));
    const { texts, budget } = await propose(proposer, TASK);
    expect(texts).toEqual(["i >= 0"]);
    expect(budget.exhausted()).toBeNull();
  });

  it("a model that fails is one note, and what it said before stays out of the way", async () => {
    const proposer = modelProposer(async () => {
      throw new ModelError("unreachable", "cannot reach the model");
    });
    expect(await propose(proposer, TASK)).toMatchObject({ texts: [], notes: ["cannot reach the model"] });
  });

  it("repairs once, with the counterexample in words, and only where something failed", async () => {
    const { asked, proposer } = scripted(() => [completion("i >= 0")]);
    await propose(proposer, TASK, () => {}, 1);
    expect(asked).toHaveLength(0);
    const miss = (findings: { miss(one: never): void }) =>
      findings.miss({
        proposer: "test",
        invariants: [["i <= 3"]],
        verdict: { kind: "unknown", reason: "time-out" },
      } as never);
    await propose(proposer, TASK, miss, 1);
    expect(asked).toHaveLength(1);
    expect(JSON.stringify(asked[0]!.messages)).toContain("i <= 3");
    await propose(proposer, TASK, miss, 2);
    expect(asked).toHaveLength(1);
  });
});
