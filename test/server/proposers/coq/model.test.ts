import { describe, expect, it } from "vitest";
import { parseCoqTactic } from "../../../../grammars/coq-tactic/parse.ts";
import { Budget } from "../../../../server/engine/budget.ts";
import type { Completion, Model, SampleRequest } from "../../../../server/engine/model.ts";
import { defaultOptions } from "../../../../server/engine/options.ts";
import { modelTactics } from "../../../../server/proposers/coq/model.ts";
import type { Position, Suggestion } from "../../../../server/search/source.ts";
import { locateCoqHoles } from "../../../../server/tasks/proof-hole/locate.ts";

const signal = new AbortController().signal;
const [located] = locateCoqHoles({
  file: "a.v",
  text: "Lemma two : P -> P.\nProof.\nAdmitted.\n",
  version: 0,
});
if (located?.kind !== "task") throw new Error("no hole");
const { task } = located;
const goal = { name: null, hypotheses: [{ names: ["H"], type: "P", body: null }], conclusion: "P" };
const position: Position = {
  goals: [goal],
  goal,
  depth: 1,
  script: ["intros"],
  last: "intros",
  failures: [],
  relevant: [],
};

/** A model that says the next list of answers each time, and remembers what it was asked. */
function saying(...turns: readonly (readonly Partial<Completion>[])[]) {
  const asked: SampleRequest[] = [];
  const model: Model = {
    name: "test",
    async *sample(request) {
      const answers = turns[asked.length] ?? [];
      asked.push(request);
      for (const answer of answers)
        yield {
          text: "",
          format: "text",
          finish: "stop",
          promptTokens: 1,
          tokens: 1,
          logProbability: null,
          ...answer,
        };
    },
    close: async () => {},
  };
  const source = modelTactics(async () => model, [], {
    task,
    options: defaultOptions,
    budget: new Budget(defaultOptions),
    note: () => {},
  } as never);
  const sample = async () => {
    const found: Suggestion[] = [];
    for await (const one of source.sample!(position, signal)) found.push(one);
    return found.flatMap(({ tactics }) => tactics);
  };
  return { sample, asked };
}

function json(tactic: string): Partial<Completion> {
  const parsed = parseCoqTactic(tactic);
  if (parsed.kind === "error") throw new Error(parsed.message);
  return { format: "json", text: JSON.stringify({ answer: parsed.tree }) };
}

describe("a model's tactics", () => {
  it("come as text or as JSON; what is no tactic, or is the theorem itself, is dropped", async () => {
    const { sample } = saying([
      { text: "exact H." },
      json("apply H"),
      json("apply two"),
      { text: "admit." },
      { text: '{"answer": 1}', format: "json" },
    ]);
    expect(await sample()).toEqual(["exact H", "apply H"]);
  });

  it("what was cut off is dropped, though it parses; when all was, the next answers may be longer", async () => {
    const { sample, asked } = saying(
      [{ text: "auto", finish: "length" }],
      [{ text: "auto" }],
      [{ text: "auto" }],
    );
    expect(await sample()).toEqual([]);
    expect(await sample()).toEqual(["auto"]);
    await sample();
    expect(asked[1]!.maxTokens).toBe(2 * asked[0]!.maxTokens);
    expect(asked[2]!.maxTokens).toBe(asked[1]!.maxTokens);
  });

  it("the grammar of the request speaks of the goal's own names", async () => {
    const { sample, asked } = saying([]);
    await sample();
    expect(asked[0]!.grammar!.gbnf).toContain('"H"');
  });
});
