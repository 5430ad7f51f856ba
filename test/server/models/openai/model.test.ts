import { afterEach, expect, test } from "vitest";
import { TokenBudget } from "../../../../server/models/budget.ts";
import type { OpenAiOptions } from "../../../../server/models/openai/model.ts";
import { collect } from "../collect.ts";
import { type Behaviour, completion, endpoint, grammar, json, key, modelAt, request } from "./endpoint.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function model(behave: Behaviour, options: Partial<OpenAiOptions> = {}) {
  const server = await endpoint(behave);
  const opened = modelAt(server.url, options);
  open.push(opened, server);
  return { model: opened, asked: server.asked, server };
}

const fields = (body: Record<string, unknown>) =>
  ["response_format", "grammar", "structured_outputs", "guided_grammar"].filter((name) => name in body);

test("asks for chat completions with the key, and gives the answers with their counts", async () => {
  const { model: m, asked } = await model((_, response) =>
    json(response, 200, completion(["x >= 0", "y > 1"])),
  );
  const answers = await collect(m.sample(request({ n: 2 })));
  expect(answers.map(({ text, finish, format }) => ({ text, finish, format }))).toEqual([
    { text: "x >= 0", finish: "stop", format: "text" },
    { text: "y > 1", finish: "stop", format: "text" },
  ]);
  expect(answers[0]?.promptTokens).toBe(10);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.path).toBe("/v1/chat/completions");
  expect(asked[0]?.authorization).toBe(`Bearer ${key}`);
  expect(asked[0]?.body).toMatchObject({
    model: "small",
    n: 2,
    max_tokens: 20,
    temperature: 0.5,
    seed: 7,
    stream: false,
  });
});

test("sends no Authorization where there is no key", async () => {
  const server = await endpoint((_, response) => json(response, 200, completion(["x"])));
  const m = modelAt(server.url, {
    endpoint: { baseUrl: server.url, key: null, keyVariable: "TOUCHSTONE_API_KEY" },
  });
  open.push(m, server);
  await collect(m.sample(request()));
  expect(server.asked[0]?.authorization).toBeUndefined();
});

test("tops up one by one, with other seeds, where n is ignored, and remembers it", async () => {
  const { model: m, asked } = await model((one, response) =>
    json(response, 200, completion([`seed ${one.body.seed}`])),
  );
  const texts = (await collect(m.sample(request({ n: 6 })))).map(({ text }) => text);
  expect(new Set(texts).size).toBe(6);
  expect(asked).toHaveLength(6);
  expect(asked.slice(1).every(({ body }) => !("n" in body))).toBe(true);
  await collect(m.sample(request({ n: 2 })));
  expect(asked).toHaveLength(8);
});

test("drops answers beyond n", async () => {
  const { model: m } = await model((_, response) => json(response, 200, completion(["a", "b", "c"])));
  expect(await collect(m.sample(request({ n: 2 })))).toHaveLength(2);
});

test("binds the answer by a strict schema", async () => {
  const { model: m, asked } = await model((_, response) => json(response, 200, completion(['{"op":">="}'])));
  const [answer] = await collect(m.sample(request({ grammar })));
  expect(answer?.format).toBe("json");
  expect(asked[0]?.body.response_format).toEqual({
    type: "json_schema",
    json_schema: { name: "invariant", strict: true, schema: grammar.schema },
  });
});

test.each([
  ["grammar", 'root ::= "x >= 0"'],
  ["structured_outputs", { grammar: 'root ::= "x >= 0"' }],
  ["guided_grammar", 'root ::= "x >= 0"'],
])("finds out that a server takes %s only, and remembers it", async (way, value) => {
  const { model: m, asked } = await model((one, response) => {
    const used = fields(one.body);
    if (used.length === 1 && used[0] === way) json(response, 200, completion(["x >= 0"]));
    else json(response, 400, { error: { message: "unsupported", param: used[0] } });
  });
  const [answer] = await collect(m.sample(request({ grammar })));
  expect(answer).toMatchObject({ text: "x >= 0", format: "text" });
  expect(asked.at(-1)?.body[way]).toEqual(value);
  const tries = asked.length;
  await collect(m.sample(request({ grammar })));
  expect(asked).toHaveLength(tries + 1);
});

test("asks without a constraint where the server refuses every one without saying which field it minds", async () => {
  const { model: m, asked } = await model((one, response) =>
    fields(one.body).length > 0
      ? json(response, 422, { detail: "no" })
      : json(response, 200, completion(["x >= 0"])),
  );
  const [answer] = await collect(m.sample(request({ grammar })));
  expect(answer?.text).toBe("x >= 0");
  expect(asked.length).toBeLessThanOrEqual(6);
});

test("a schema that is dropped without a word: the answer is text, and the next request tries another way", async () => {
  const { model: m, asked } = await model((_, response) => json(response, 200, completion(["x >= 0"])));
  const [answer] = await collect(m.sample(request({ grammar })));
  expect(answer?.format).toBe("text");
  await collect(m.sample(request({ grammar })));
  expect(asked.map(({ body }) => fields(body))).toEqual([["response_format"], ["grammar"]]);
});

test("a configured constraint is not traded for another", async () => {
  const { model: m, asked } = await model(
    (_, response) => json(response, 400, { error: { message: "no", param: "grammar" } }),
    { constraint: "grammar" },
  );
  await expect(collect(m.sample(request({ grammar })))).rejects.toMatchObject({ kind: "refused" });
  expect(asked.every(({ body }) => fields(body).join() === "grammar")).toBe(true);
});

test.each([
  ["max_tokens", "max_completion_tokens"],
  ["temperature", null],
  ["seed", null],
  ["logprobs", null],
])("does without %s where the server refuses it by name", async (field, instead) => {
  const { model: m, asked } = await model((one, response) =>
    field in one.body
      ? json(response, 400, { error: { message: "unsupported parameter", param: field } })
      : json(response, 200, completion(["x"])),
  );
  expect(await collect(m.sample(request()))).toHaveLength(1);
  expect(asked).toHaveLength(2);
  if (instead !== null) expect(asked[1]?.body[instead]).toBe(20);
});

test("an answer cut off by the limit says so, and so does one that ends for a reason unknown", async () => {
  const ends = (reason: unknown) => ({
    choices: [{ message: { role: "assistant", content: "x >" }, finish_reason: reason }],
  });
  const { model: m } = await model((_, response, count) =>
    json(response, 200, ends(count === 1 ? "length" : null)),
  );
  expect(await collect(m.sample(request()))).toMatchObject([{ finish: "length" }]);
  expect(await collect(m.sample(request()))).toMatchObject([{ finish: "length" }]);
});

test("gives the mean log-probability and the tokens of each answer", async () => {
  const tokens = [
    { token: "x", logprob: -0.5 },
    { token: ">", logprob: -1.5 },
  ];
  const { model: m } = await model((_, response) =>
    json(response, 200, {
      choices: [{ message: { content: "x>" }, finish_reason: "stop", logprobs: { content: tokens } }],
    }),
  );
  expect(await collect(m.sample(request()))).toMatchObject([{ logProbability: -1, tokens: 2 }]);
});

test("withheld answers are not asked for again", async () => {
  const { model: m, asked } = await model((_, response) =>
    json(response, 200, {
      choices: [
        { message: { content: null, refusal: "no" }, finish_reason: "stop" },
        { message: { content: "x" }, finish_reason: "stop" },
        { message: { content: "y" }, finish_reason: "content_filter" },
      ],
    }),
  );
  expect((await collect(m.sample(request({ n: 3 })))).map(({ text }) => text)).toEqual(["x"]);
  expect(asked).toHaveLength(1);
});

test("the budget is charged as the server counts, and never overrun", async () => {
  const budget = new TokenBudget({ tokens: 100, requests: 100 });
  const { model: m, asked } = await model(
    (one, response) => json(response, 200, completion(Array(Number(one.body.n ?? 1)).fill("x"))),
    { budget },
  );
  // The prompt is estimated at 7 tokens, an answer at 20 at most: four fit.
  await collect(m.sample(request({ n: 4 })));
  expect(asked[0]?.body.n).toBe(4);
  expect(budget.spent).toBe(10 + 4 * 3);
  const rest = m.sample(request({ n: 50 }));
  const got: string[] = [];
  await expect(
    (async () => {
      for await (const { text } of rest) got.push(text);
    })(),
  ).rejects.toMatchObject({ name: "ModelError", kind: "budget" });
  expect(got.length).toBeGreaterThan(0);
  expect(budget.spent).toBeLessThanOrEqual(100);
});

test("an answer without usage is charged by an estimate", async () => {
  const budget = new TokenBudget({ tokens: 1000, requests: 10 });
  const { model: m } = await model(
    (_, response) =>
      json(response, 200, { choices: [{ message: { content: "x".repeat(30) }, finish_reason: "stop" }] }),
    { budget },
  );
  await collect(m.sample(request()));
  expect(budget.spent).toBe(7 + 10);
});
