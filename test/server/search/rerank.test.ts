import { describe, expect, it } from "vitest";
import type { Embedder } from "../../../server/engine/model.ts";
import { openReranker } from "../../../server/search/rerank.ts";
import { openRetrieval } from "../../../server/search/retrieval.ts";

const premise = (name: string) => ({ name, statement: `Lemma ${name} : rev l = l.`, proof: null });
const PREMISES = ["one", "two", "three", "four", "five"].map(premise);
const goal = { name: null, hypotheses: [], conclusion: "rev x = x" };

/** Embeds by the one word that is looked for: texts with it lie where the goal lies. */
function wordEmbedder(word: string): Embedder & { readonly asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    async embed(texts) {
      asked.push([...texts]);
      return texts.map((text) => (text.includes(word) || text.startsWith("rev x") ? [1, 0] : [0, 1]));
    },
    close: async () => {},
  };
}

async function names(embedder: Embedder, failed: (error: unknown) => void = () => {}) {
  const reranker = openReranker(embedder, failed);
  const retrieval = openRetrieval(PREMISES, reranker);
  const found = () => retrieval.relevant(goal, 5).map(({ name }) => name);
  const before = found();
  await reranker.settle(5_000);
  const after = found();
  retrieval.close();
  reranker.close();
  return { before, after };
}

describe("ranking premises again", () => {
  it("brings forward what the model says is near, once it has read it, and loses nothing", async () => {
    const embedder = wordEmbedder("four");
    const { before, after } = await names(embedder);
    expect(before.indexOf("four")).toBeGreaterThan(0);
    expect(after.indexOf("four")).toBeLessThan(before.indexOf("four"));
    expect([...after].sort()).toEqual([...before].sort());
    // Nothing is read twice.
    expect(new Set(embedder.asked.flat()).size).toBe(embedder.asked.flat().length);
  });

  it("goes on in the old order when the model gives nothing, and says it once", async () => {
    const errors: unknown[] = [];
    const broken: Embedder = {
      embed: () => Promise.reject(new Error("no vectors")),
      close: async () => {},
    };
    const { before, after } = await names(broken, (error) => errors.push(error));
    expect(after).toEqual(before);
    expect(errors).toHaveLength(1);
  });

  it("waits no longer than it is told, and ends the model's work when it is closed", async () => {
    let ended = false;
    const slow: Embedder = {
      embed: (_, signal) =>
        new Promise((_, reject) =>
          signal.addEventListener("abort", () => {
            ended = true;
            reject(signal.reason);
          }),
        ),
      close: async () => {},
    };
    const reranker = openReranker(slow, () => {
      throw new Error("an end is no failure");
    });
    const order = () => reranker.order("rev x = x", PREMISES).map(({ name }) => name);
    expect(order()).toEqual(PREMISES.map(({ name }) => name));
    await reranker.settle(20);
    reranker.close();
    await reranker.settle(1_000);
    expect(ended).toBe(true);
  });
});
