import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ModelError } from "../../../../server/engine/model.ts";
import { chooseModel } from "../../../../server/models/choose.ts";
import type { OpenAiOptions } from "../../../../server/models/openai/model.ts";
import { RecordingModel, ReplayModel } from "../../../../server/models/replay.ts";
import { collect } from "../collect.ts";
import { type Behaviour, completion, endpoint, json, key, modelAt, request } from "./endpoint.ts";

const open: { close(): Promise<void> }[] = [];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "touchstone-test-"));
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  rmSync(folder, { recursive: true });
});

async function at(behave: Behaviour, options: Partial<OpenAiOptions> = {}) {
  const server = await endpoint(behave);
  const m = modelAt(server.url, options);
  open.push(m, server);
  return { m, asked: server.asked, url: server.url };
}

/** What the model throws; fails the test when it throws nothing, something else, or the key. */
async function failure(m: { sample: OpenAiSample }, changes = {}): Promise<ModelError> {
  const recorded = join(folder, "recorded.jsonl");
  const recording = new RecordingModel(
    { name: "m", sample: m.sample.bind(m), close: async () => {} },
    recorded,
    [],
  );
  const error = await collect(recording.sample(request(changes))).then(
    () => expect.unreachable("no failure"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ModelError);
  const everything = `${(error as Error).message}\n${(error as Error).stack}\n${JSON.stringify(error)}\n${readFileSync(recorded, "utf8")}`;
  expect(everything).not.toContain(key.slice(3));
  expect((error as Error).cause).toBeUndefined();
  return error as ModelError;
}
type OpenAiSample = ReturnType<typeof modelAt>["sample"];

const limits = { deadlineMs: 300, bodyBytes: 1 << 20 };

test("nobody listens: says where, at once", async () => {
  const server = await endpoint(() => {});
  await server.close();
  const error = await failure(modelAt(server.url));
  expect(error.kind).toBe("unreachable");
  expect(error.message).toContain(`${server.url} (ECONNREFUSED)`);
});

test("429, then an answer: waits as long as the server asks", async () => {
  const { m, asked } = await at((_, response, count) =>
    count === 1
      ? json(response, 429, { error: { message: "slow down" } }, { "retry-after": "0" })
      : json(response, 200, completion(["x"])),
  );
  expect(await collect(m.sample(request()))).toHaveLength(1);
  expect(asked).toHaveLength(2);
});

test("429 with a wait longer than is accepted: gives up and says how long", async () => {
  const { m, asked } = await at((_, response) =>
    json(response, 429, { error: { message: "slow down" } }, { "retry-after": "3600" }),
  );
  const error = await failure(m);
  expect(error.kind).toBe("rate-limited");
  expect(error.message).toContain("it asks to wait 3600 s");
  expect(asked).toHaveLength(1);
});

test("429 for good: the last one is told", async () => {
  const { m, asked } = await at((_, response) => json(response, 429, {}));
  expect((await failure(m)).kind).toBe("rate-limited");
  expect(asked).toHaveLength(3);
});

test("no quota left: no use in waiting", async () => {
  const { m, asked } = await at((_, response) =>
    json(response, 429, { error: { code: "insufficient_quota" } }),
  );
  expect((await failure(m)).message).toContain("no quota left");
  expect(asked).toHaveLength(1);
});

test("500s, then an answer", async () => {
  const { m, asked } = await at((_, response, count) =>
    count < 3 ? json(response, 503, "overloaded") : json(response, 200, completion(["x"])),
  );
  expect(await collect(m.sample(request()))).toHaveLength(1);
  expect(asked).toHaveLength(3);
});

test("500s for good", async () => {
  const { m } = await at((_, response) =>
    json(response, 500, { error: { message: "out of\n\u001b[31mmemory" } }),
  );
  const error = await failure(m);
  expect(error.kind).toBe("unreachable");
  expect(error.message).toMatch(/failed \(500\); it says: out of \[31mmemory$/);
});

test("401: names the variable, and not the key that the server quotes", async () => {
  const { m, asked } = await at((one, response) =>
    json(response, 401, { error: { message: `Incorrect API key provided: ${one.authorization}, ${key}` } }),
  );
  const error = await failure(m);
  expect(error.kind).toBe("unauthorized");
  expect(error.message).toContain("check the key in TOUCHSTONE_API_KEY");
  expect(error.message).toContain("[redacted]");
  expect(asked).toHaveLength(1);
});

test("a key at the edge of what is quoted is not cut in half and shown", async () => {
  for (const padding of [180, 185, 190, 195]) {
    const { m } = await at((_, response) =>
      json(response, 403, { error: { message: `${"x".repeat(padding)} ${key}` } }),
    );
    expect((await failure(m)).message).not.toContain("sk-test");
  }
});

test("404: says that the model's name or the address is wrong", async () => {
  const { m } = await at((_, response) => json(response, 404, { error: { message: "not found" } }));
  const error = await failure(m);
  expect(error.kind).toBe("refused");
  expect(error.message).toContain("no model 'small' at");
});

test("a redirect is not followed: the prompt goes to the configured endpoint only", async () => {
  const elsewhere = await endpoint((_, response) => json(response, 200, completion(["x"])));
  open.push(elsewhere);
  const { m } = await at((_, response) =>
    response.writeHead(307, { location: `${elsewhere.url}/chat/completions` }).end(),
  );
  expect((await failure(m)).message).toContain("redirects elsewhere (307)");
  expect(elsewhere.asked).toHaveLength(0);
});

test.each([
  ["HTML", "text/html", "<html>welcome</html>"],
  ["JSON that breaks off", "application/json", '{"choices":[{"mess'],
  ["JSON of another kind", "application/json", '{"hello":"world"}'],
  ["nothing", "application/json", ""],
  ["choices without messages", "application/json", '{"choices":[1,2]}'],
  ["a list", "application/json", "[]"],
])("garbage: %s", async (_, type, body) => {
  const { m } = await at((__, response) => response.writeHead(200, { "content-type": type }).end(body));
  expect((await failure(m)).kind).toBe("garbage");
});

test("no choices at all", async () => {
  const { m } = await at((_, response) => json(response, 200, { choices: [] }));
  expect((await failure(m)).message).toContain("sends no answers");
});

test("half a body", async () => {
  const { m, asked } = await at((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"choices":[{"message":{"content":"x >= 0"}', () => response.destroy());
  });
  const error = await failure(m);
  expect(error.kind).toBe("garbage");
  expect(error.message).toContain("broke off in the middle");
  expect(asked).toHaveLength(3);
});

test("an endless body is cut at the limit", async () => {
  let written = 0;
  const { m } = await at(
    (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = () => {
        while (!response.destroyed && response.write(" ".repeat(1 << 16))) written += 1 << 16;
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    },
    { limits: { deadlineMs: 20_000, bodyBytes: 1 << 20 } },
  );
  const error = await failure(m);
  expect(error.kind).toBe("garbage");
  expect(error.message).toContain("longer than 1 MB");
  expect(written).toBeLessThan(64 << 20);
});

test("silence, before the answer and in the middle of it", async () => {
  for (const start of [() => {}, (response: { write(text: string): unknown }) => response.write("{")]) {
    const { m, asked } = await at((_, response) => start(response), { limits });
    const error = await failure(m);
    expect(error.kind).toBe("unreachable");
    expect(error.message).toContain("no whole answer within 0.3 s");
    expect(asked).toHaveLength(1);
  }
});

test("an abort ends a request that is under way, with the caller's reason", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const { m } = await at((_, response) => {
    response.write("{");
    setImmediate(() => controller.abort(reason));
  });
  await expect(collect(m.sample(request({ signal: controller.signal })))).rejects.toBe(reason);
});

test("an abort ends a wait for another try", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const { m, asked } = await at(
    (_, response) => {
      response.on("finish", () => setTimeout(() => controller.abort(reason), 20));
      json(response, 429, {}, { "retry-after": "50" });
    },
    { retry: { attempts: 3, firstDelayMs: 1, longestDelayMs: 60_000 } },
  );
  await expect(collect(m.sample(request({ signal: controller.signal })))).rejects.toBe(reason);
  expect(asked).toHaveLength(1);
});

test("a recording has the failures and the cut-off answers, replays them in order, and has no key", async () => {
  const file = join(folder, "exchanges.jsonl");
  const { m } = await at((one, response, count) => {
    if (count === 1)
      json(response, 429, { error: { message: `for ${one.authorization}` } }, { "retry-after": "99" });
    else
      json(response, 200, {
        choices: [{ message: { content: `x > ${key}` }, finish_reason: "length" }],
      });
  });
  const recording = new RecordingModel(m, file, [key]);
  await expect(collect(recording.sample(request()))).rejects.toMatchObject({ kind: "rate-limited" });
  const live = await collect(recording.sample(request()));
  expect(readFileSync(file, "utf8")).not.toContain(key.slice(3));

  const replay = await ReplayModel.open(file);
  await expect(collect(replay.sample(request()))).rejects.toMatchObject({ kind: "rate-limited" });
  const again = await collect(replay.sample(request()));
  expect(again).toEqual(live.map((one) => ({ ...one, text: "x > [redacted]" })));
  expect(again[0]?.finish).toBe("length");
  await expect(collect(replay.sample(request({ seed: 8 })))).rejects.toMatchObject({
    kind: "refused",
  });
  appendFileSync(file, "{}\n");
  await expect(ReplayModel.open(file)).rejects.toThrow(`${file}:3: not a recorded exchange`);
});

test("chosen by name and environment, it is asked at the address of the environment", async () => {
  const server = await endpoint((_, response) => json(response, 200, completion(["x >= 0"])));
  open.push(server);
  const environment = { TOUCHSTONE_BASE_URL: server.url, TOUCHSTONE_API_KEY: key };
  const choice = await chooseModel("openai:small", { environment });
  if (choice.kind !== "model") return expect.unreachable(choice.message ?? "none");
  open.push(choice.model);
  expect(await collect(choice.model.sample(request()))).toMatchObject([{ text: "x >= 0" }]);
  expect(choice.model.name).toBe("openai:small");
  expect(server.asked[0]?.authorization).toBe(`Bearer ${key}`);
});
