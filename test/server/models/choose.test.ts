import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chooseEmbedder, chooseModel } from "../../../server/models/choose.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "touchstone-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const choose = (name?: string, more: Record<string, string> = {}) =>
  chooseModel(name, { environment: { TOUCHSTONE_CACHE: folder, ...more } });

test("none is none, and silent", async () => {
  expect(await choose("none")).toEqual({ kind: "none", message: null });
});

test("without a name and without a model: one line says what to pull", async () => {
  const choice = await choose();
  expect(choice.kind).toBe("none");
  if (choice.kind !== "none") return;
  expect(choice.message).toContain("touchstone model pull");
  expect(choice.message).not.toContain("\n");
});

test("the environment can name a model", async () => {
  expect(await choose(undefined, { TOUCHSTONE_MODEL: "none" })).toEqual({ kind: "none", message: null });
});

test("a model that was not pulled, when asked for by name", async () => {
  expect(await choose("smollm2")).toEqual({
    kind: "failed",
    message: "the model smollm2 has not been pulled: run 'touchstone model pull smollm2'",
  });
});

test("a path to a GGUF file", async () => {
  const path = join(folder, "My Model.gguf");
  expect((await choose(path)).kind).toBe("failed");
  writeFileSync(path, "");
  const choice = await choose(path);
  expect(choice.kind === "model" && choice.model.name).toBe("llama:My-Model");
});

test.each([
  ["llama", "no model is called 'llama': take one of smollm2"],
  ["openai:", "which model?"],
  ["replay:nowhere.jsonl", "cannot read the recording nowhere.jsonl"],
  ["nowhere.gguf", "there is no model file nowhere.gguf"],
])("'%s' says what is wrong", async (name, message) => {
  const choice = await choose(name);
  expect(choice.kind).toBe("failed");
  expect(choice.kind === "failed" && choice.message).toContain(message);
});

test.each([
  [{ TOUCHSTONE_TOKEN_BUDGET: "much" }, "TOUCHSTONE_TOKEN_BUDGET"],
  [{ TOUCHSTONE_CONSTRAINT: "regex" }, "TOUCHSTONE_CONSTRAINT"],
  [{ TOUCHSTONE_BASE_URL: "nowhere" }, "TOUCHSTONE_BASE_URL"],
])("a wrong setting is named: %j", async (settings, name) => {
  const choice = await choose("openai:small", settings);
  expect(choice.kind === "failed" && choice.message).toContain(name);
});

test("an embedder is a local model, by its name or its path", async () => {
  const environment = { TOUCHSTONE_CACHE: folder };
  expect(await chooseEmbedder(undefined, environment)).toBeNull();
  expect(await chooseEmbedder("none", environment)).toBeNull();
  for (const [name, message] of [
    ["smollm2", "has not been pulled"],
    ["nowhere.gguf", "there is no model file nowhere.gguf"],
    ["openai:text-embedding", "no local model is called 'openai:text-embedding'"],
  ] as const)
    expect(await chooseEmbedder(name, environment)).toMatchObject({
      kind: "failed",
      message: expect.stringContaining(message),
    });
  const path = join(folder, "e.gguf");
  writeFileSync(path, "");
  const named = { ...environment, TOUCHSTONE_EMBEDDING_MODEL: path };
  expect(await chooseEmbedder(undefined, named)).toMatchObject({ kind: "embedder" });
});
