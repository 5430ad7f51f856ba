import { describe, expect, it } from "vitest";
import { parseCoqTactic } from "../../../../grammars/coq-tactic/parse.ts";
import { parseLeanTactic } from "../../../../grammars/lean-tactic/parse.ts";
import { Budget } from "../../../../server/engine/budget.ts";
import type { Completion, Model, SampleRequest } from "../../../../server/engine/model.ts";
import { defaultOptions } from "../../../../server/engine/options.ts";
import { coqSpeech } from "../../../../server/proposers/coq/speech.ts";
import { leanSpeech } from "../../../../server/proposers/lean/speech.ts";
import { modelTactics, type TacticSpeech } from "../../../../server/proposers/model/tactics.ts";
import type { Position, Suggestion } from "../../../../server/search/source.ts";
import { locateLeanHoles } from "../../../../server/tasks/proof-hole/lean-locate.ts";
import { locateCoqHoles } from "../../../../server/tasks/proof-hole/locate.ts";

const signal = new AbortController().signal;
const located = [
  ...locateCoqHoles({ file: "a.v", text: "Lemma two : P -> P.\nProof.\nAdmitted.\n", version: 0 }),
  ...locateLeanHoles({ file: "a.lean", text: "theorem two : P → P := by\n  sorry\n", version: 0 }),
];
const [coqTask, leanTask] = located.map((one) => {
  if (one.kind !== "task") throw new Error("no hole");
  return one.task;
});
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
function saying(speech: TacticSpeech, ...turns: readonly (readonly Partial<Completion>[])[]) {
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
  const source = modelTactics(speech, async () => model, [], {
    task: speech === coqSpeech ? coqTask : leanTask,
    options: defaultOptions,
    budget: new Budget(defaultOptions),
    note: () => {},
  } as never);
  const sample = async (at: Position = position) => {
    const found: Suggestion[] = [];
    for await (const one of source.sample!(at, signal)) found.push(one);
    return found.flatMap(({ tactics }) => tactics);
  };
  return { sample, asked };
}

const coqJson = (tactic: string) => json(parseCoqTactic(tactic));
const leanJson = (tactic: string) => json(parseLeanTactic(tactic, { entry: "tactic" }));

function json(parsed: ReturnType<typeof parseCoqTactic>): Partial<Completion> {
  if (parsed.kind === "error") throw new Error(parsed.message);
  return { format: "json", text: JSON.stringify({ answer: parsed.tree }) };
}

describe("a model's tactics", () => {
  it("of Coq come as text or as JSON; what is no tactic, or is the theorem itself, is dropped", async () => {
    const { sample } = saying(coqSpeech, [
      { text: "exact H." },
      coqJson("apply H"),
      coqJson("apply two"),
      { text: "admit." },
      { text: '{"answer": 1}', format: "json" },
    ]);
    expect(await sample()).toEqual(["exact H", "apply H"]);
  });

  it("of Lean are read in its symbols and in ASCII, and printed in its symbols", async () => {
    const { sample } = saying(leanSpeech, [
      { text: "exact H" },
      leanJson("rw [← H]"),
      { text: "refine (| H, rfl |)" },
      leanJson("exact two"),
      { text: "sorry" },
      { text: "native_decide" },
      { text: "induction n <;> simp_all", finish: "length" },
    ]);
    expect(await sample()).toEqual(["exact H", "rw [← H]", "refine ⟨H, rfl⟩"]);
  });

  it("what was cut off is dropped, though it parses; when all was, the next answers may be longer", async () => {
    const { sample, asked } = saying(
      coqSpeech,
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

  it.each([
    ["Coq", coqSpeech, "============\nP"],
    ["Lean", leanSpeech, "H : P\n⊢ P"],
  ])(
    "of %s are asked for in a grammar of the goal's own names, about the goal and what failed",
    async (prover, speech, goalText) => {
      const { sample, asked } = saying(speech, []);
      await sample({
        ...position,
        failures: [{ tactic: "exact G", failure: "unknown name", message: "G is not there" }],
      });
      expect(asked[0]!.grammar!.gbnf).toContain('"H"');
      const question = asked[0]!.messages.at(-1)!.content;
      expect(question).toContain(goalText);
      expect(question).toContain(`Tried: exact G\n${prover} says: G is not there`);
    },
  );
});
