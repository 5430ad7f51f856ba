import { expect, test } from "vitest";
import type { SampleRequest } from "../../../server/engine/model.ts";
import { canonicalJson, ReplayModel, requestKey } from "../../../server/models/replay.ts";

const request: SampleRequest = {
  messages: [{ role: "user", content: "hello" }],
  n: 2,
  grammar: { name: "g", gbnf: 'root ::= "x"', schema: { b: 1, a: [2, { d: 3, c: 4 }] } },
  maxTokens: 5,
  temperature: 0.5,
  seed: 1,
  signal: new AbortController().signal,
};

test("the order in which members were written does not matter, nor does the signal", () => {
  const other = {
    signal: AbortSignal.abort(),
    ...Object.fromEntries(
      Object.entries(request)
        .filter(([name]) => name !== "signal")
        .reverse(),
    ),
    grammar: { schema: { a: [2, { c: 4, d: 3 }], b: 1 }, gbnf: 'root ::= "x"', name: "g" },
  } as SampleRequest;
  expect(requestKey(other)).toBe(requestKey(request));
});

test.each<[string, Partial<SampleRequest>]>([
  ["the prompt", { messages: [{ role: "system", content: "hello" }] }],
  ["the seed", { seed: 2 }],
  ["the temperature", { temperature: 0.6 }],
  ["the number", { n: 3 }],
  ["the limit", { maxTokens: 6 }],
  ["the grammar", { grammar: { ...request.grammar!, gbnf: 'root ::= "y"' } }],
  ["no grammar", { grammar: null }],
])("%s matters", (_, change) => {
  expect(requestKey({ ...request, ...change })).not.toBe(requestKey(request));
});

test("canonical JSON sorts members and keeps lists in order", () => {
  expect(canonicalJson({ b: [3, 1, null], a: { d: undefined, c: "é" } })).toBe(
    '{"a":{"c":"é"},"b":[3,1,null]}',
  );
});

test("a recording that is not there", async () => {
  await expect(ReplayModel.open("nowhere.jsonl")).rejects.toThrow(
    "cannot read the recording nowhere.jsonl (ENOENT)",
  );
});
