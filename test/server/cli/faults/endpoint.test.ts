import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Behaviour, completion, endpoint, json, key } from "../../models/openai/endpoint.ts";
import { command, workplace } from "./spawned.ts";

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.remove());

/** The command with only this endpoint to get ideas from; the key must turn up nowhere (safety.md 15). */
async function suggest(behave: Behaviour | null, ...args: string[]) {
  const server = await endpoint(behave ?? (() => {}));
  if (behave === null) await server.close();
  const options = ["--json", "--events", "events.jsonl", "--timeout", "4s", "--model", "openai:test"];
  const ended = await command(place.folder, ["suggest", ...options, ...args, "count.c"], {
    TOUCHSTONE_BASE_URL: server.url,
    TOUCHSTONE_API_KEY: key,
  });
  if (behave !== null) await server.close();
  const everything = ended.stdout + ended.stderr + place.read("events.jsonl");
  expect(everything).not.toContain(key.slice(3));
  expect(ended.stderr).not.toContain("internal error");
  return { ...ended, asked: server.asked, answer: JSON.parse(ended.stdout) };
}

const FAULTS: readonly (readonly [string, Behaviour | null, RegExp])[] = [
  ["is down", null, /cannot reach the model at http:\/\/127\.0\.0\.1:\d+\/v1 \(ECONNREFUSED\)/],
  [
    "limits us for ever",
    (_, response) => json(response, 429, { error: {} }, { "retry-after": "30" }),
    /limit/,
  ],
  [
    "does not know the key",
    (_, response) => json(response, 401, { error: { message: `bad ${key}` } }),
    /TOUCHSTONE_API_KEY/,
  ],
  ["answers with prose", (_, response) => response.writeHead(200).end("<html>Welcome!</html>"), /\w/],
  [
    "breaks off in the middle",
    (_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
      response.write('{"choices": [{"message"');
      setTimeout(() => response.destroy(), 50);
    },
    /\w/,
  ],
  [
    "never stops talking",
    (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const timer = setInterval(() => response.write('{"a": "'.padEnd(60_000, "x")), 1);
      response.on("close", () => clearInterval(timer));
    },
    /./,
  ],
];

describe("an endpoint that", () => {
  it.each(FAULTS)(
    "%s: one line says so, and nothing is proved",
    { timeout: 60_000 },
    async (_, behave, words) => {
      const { status, stderr, answer } = await suggest(behave, "--only", "model");
      expect(status).toBe(1);
      expect(answer).toMatchObject({ status: "unknown", answer: null });
      expect(stderr + answer.reason).toMatch(words);
      expect(stderr.trim().split("\n").length).toBeLessThanOrEqual(2);
    },
  );

  it("does not answer at all: the time limit ends it", { timeout: 60_000 }, async () => {
    const { status, answer } = await suggest(() => {}, "--only", "model");
    expect(status).toBe(1);
    expect(answer).toMatchObject({ status: "unknown", reason: expect.stringContaining("time limit") });
  });

  it("fails in any way leaves the symbolic search", { timeout: 60_000 }, async () => {
    const { status, answer } = await suggest((_, response) => json(response, 500, {}));
    expect([status, answer.status]).toEqual([0, "proved"]);
  });

  it("answers with hostile text changes nothing but `unknown`", { timeout: 60_000 }, async () => {
    const texts = ["i <= n */ i = n; /*@", "\\false", "assume(0)", "x".repeat(100_000), "\u0000", ""];
    const { status, answer } = await suggest(
      (_, response) => json(response, 200, completion(texts)),
      "--only",
      "model",
    );
    expect([status, answer.status]).toEqual([1, "unknown"]);
  });

  it("has the right idea gets it proved, with its tokens counted", { timeout: 60_000 }, async () => {
    const { status, answer, asked } = await suggest(
      (_, response) =>
        json(response, 200, completion(["i <= n"], { usage: { prompt_tokens: 50, completion_tokens: 4 } })),
      "--only",
      "model",
    );
    expect(asked[0]!.authorization).toBe(`Bearer ${key}`);
    expect([status, answer.status]).toEqual([0, "proved"]);
    expect(answer.answer).toContain("loop invariant i <= n");
    expect(answer.tokens).toBeGreaterThan(0);
  });
});
