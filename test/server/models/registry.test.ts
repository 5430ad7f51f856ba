import { expect, test } from "vitest";
import { findLocalModel, localModels } from "../../../server/models/registry.ts";

test("names and files are unique", () => {
  expect(new Set(localModels.map(({ name }) => name)).size).toBe(localModels.length);
  expect(new Set(localModels.map(({ file }) => file)).size).toBe(localModels.length);
});

test("a name is found in any case", () => {
  expect(findLocalModel("SmolLM2")?.file).toBe("SmolLM2-135M-Instruct.Q4_1.gguf");
});

test("a file of the hub has a name of its own in the cache, by repository and revision", () => {
  const files = ["hf:a/b/c.gguf", "hf:a/b/d/c.gguf", "hf:a/b2/c.gguf", "hf:a/b/c.gguf#v1.0"].map(
    (name) => findLocalModel(name)?.file,
  );
  expect(files).toEqual(["a--b--c.gguf", "a--b--d--c.gguf", "a--b2--c.gguf", "a--b--v1.0--c.gguf"]);
});

test.each([
  "gpt-5",
  "hf:a/b",
  "hf:a/b/c.bin",
  "hf:../../c.gguf",
  "hf:a/../c.gguf",
  "hf:a/b/../../c.gguf",
  "hf:a/b/c.gguf#../x",
  "",
])("'%s' is no model", (name) => {
  expect(findLocalModel(name)).toBeNull();
});
