import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { OutputGrammar, SampleRequest } from "../../../../server/engine/model.ts";
import { pulledPath } from "../../../../server/install/models.ts";
import { bench } from "../../../../server/models/bench.ts";
import { LlamaEmbedder } from "../../../../server/models/llama/embedder.ts";
import { LlamaModel } from "../../../../server/models/llama/model.ts";
import { defaultModel } from "../../../../server/models/registry.ts";
import { collect } from "../collect.ts";

const grammar: OutputGrammar = {
  name: "atom",
  gbnf: 'root ::= [xyn] " " ("<=" | ">=" | "==") " " [0-9]',
  schema: {},
};

function request(changes: Partial<SampleRequest> = {}): SampleRequest {
  return {
    messages: [
      { role: "system", content: "You write loop invariants." },
      { role: "user", content: "int x = 0; while (x < n) x++;" },
    ],
    n: 1,
    grammar,
    maxTokens: 12,
    temperature: 0.9,
    seed: 1,
    signal: new AbortController().signal,
    ...changes,
  };
}

describe("files that are no models", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "touchstone-test-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const header = Buffer.from("GGUF\x03\0\0\0", "latin1");
  const counts = (tensors: number, pairs: number) => {
    const bytes = Buffer.alloc(16);
    bytes.writeBigUInt64LE(BigInt(tensors), 0);
    bytes.writeBigUInt64LE(BigInt(pairs), 8);
    return bytes;
  };
  test.each<[string, Buffer, RegExp]>([
    ["empty", Buffer.alloc(0), /is not a GGUF model/],
    ["text", Buffer.from("GGUF, but not really a model"), /is not a GGUF model/],
    ["a header and no more", Buffer.concat([header, counts(0, 0)]), /cannot be loaded/],
  ])("%s", async (name, bytes, message) => {
    const modelPath = join(folder, `${name}.gguf`);
    writeFileSync(modelPath, bytes);
    const model = new LlamaModel({ modelPath, title: name });
    const error = await collect(model.sample(request())).catch((reason: unknown) => reason);
    await model.close();
    expect(error).toMatchObject({ name: "ModelError", kind: "refused" });
    expect(String(error)).toMatch(message);
  });

  test("one that takes for ever to read", async () => {
    const modelPath = join(folder, "endless.gguf");
    // Says that it has a thousand million million pairs of metadata.
    writeFileSync(modelPath, Buffer.concat([header, counts(0, 1e15), Buffer.alloc(4096)]));
    const model = new LlamaModel({ modelPath, title: "endless", loadDeadlineMs: 3000 });
    const error = await collect(model.sample(request())).catch((reason: unknown) => reason);
    await model.close();
    expect(error).toMatchObject({ name: "ModelError", kind: "refused" });
  });
});

test("a file that is gone", async () => {
  const model = new LlamaModel({ modelPath: "/nonexistent/model.gguf", title: "gone" });
  await expect(collect(model.sample(request()))).rejects.toMatchObject({ kind: "refused" });
  await model.close();
});

const path = await pulledPath(defaultModel);
const why = path === null ? " (skipped: run 'touchstone model pull')" : "";

describe.skipIf(path === null)(`${defaultModel.title}${why}`, () => {
  let model: LlamaModel;
  const open: LlamaModel[] = [];
  beforeAll(() => {
    model = new LlamaModel({ modelPath: path!, title: defaultModel.title });
  });
  afterAll(() => model.close());
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  test("answers in the grammar, with counts and log-probabilities", async () => {
    const answers = await collect(model.sample(request({ n: 4 })));
    expect(answers).toHaveLength(4);
    for (const { text, finish, format, tokens, promptTokens, logProbability } of answers) {
      expect(text).toMatch(/^[xyn] (<=|>=|==) [0-9]$/);
      expect([finish, format]).toEqual(["stop", "text"]);
      expect(tokens).toBeGreaterThan(0);
      expect(promptTokens).toBeGreaterThan(20);
      expect(logProbability).toBeLessThanOrEqual(0);
    }
    expect(model.name).toBe("llama:SmolLM2-135M-Instruct-Q4_1");
  });

  test("the same seed gives the same answers; a prompt is evaluated once", async () => {
    const texts = async () =>
      (await collect(model.sample(request({ n: 5, seed: 3 })))).map(({ text }) => text);
    const first = await texts();
    const before = model.timing.evaluatedTokens;
    expect(await texts()).toEqual(first);
    expect(model.timing.evaluatedTokens).toBe(before);
  });

  test("embeds texts: like ones lie near to each other, and an abort ends the work", async () => {
    const embedder = new LlamaEmbedder({ modelPath: path!, title: "vectors" });
    try {
      const texts = [
        "forall n m : nat, n + m = m + n",
        "forall a b : nat, a + b = b + a",
        "the cat sat on the mat and ate a fish",
      ];
      const [sum, renamed, cat] = await embedder.embed(texts, new AbortController().signal);
      const near = (a: readonly number[], b: readonly number[]) =>
        a.reduce((all, one, at) => all + one * b[at]!, 0);
      expect(near(sum!, sum!)).toBeCloseTo(1, 3);
      expect(near(sum!, renamed!)).toBeGreaterThan(near(sum!, cat!));
      const stopping = new AbortController();
      const endless = embedder.embed(
        Array.from({ length: 100_000 }, (_, at) => `text ${at}`),
        stopping.signal,
      );
      setTimeout(() => stopping.abort(), 100);
      await expect(endless).rejects.toThrow();
      expect(await embedder.embed(["again"], new AbortController().signal)).toHaveLength(1);
    } finally {
      await embedder.close();
    }
  });

  test("an answer that reaches the limit is cut off", async () => {
    const [answer] = await collect(model.sample(request({ maxTokens: 2 })));
    expect(answer).toMatchObject({ finish: "length", tokens: 2 });
  });

  test("without a grammar, and several side by side", async () => {
    const wide = new LlamaModel({ modelPath: path!, title: "wide", sequences: 3 });
    open.push(wide);
    const answers = await collect(wide.sample(request({ n: 5, grammar: null, maxTokens: 5 })));
    expect(answers).toHaveLength(5);
    expect((await wide.description(new AbortController().signal)).sequences).toBe(3);
  });

  test("a grammar that does not compile and a prompt that does not fit are refused; the next request works", async () => {
    const broken = { ...grammar, gbnf: "root ::= missing" };
    await expect(collect(model.sample(request({ grammar: broken })))).rejects.toMatchObject({
      kind: "refused",
    });
    const long = [{ role: "user" as const, content: "x ".repeat(5000) }];
    await expect(collect(model.sample(request({ messages: long })))).rejects.toThrow(/do not fit/);
    expect(await collect(model.sample(request()))).toHaveLength(1);
  });

  test("two workers share the host", async () => {
    const both = await Promise.all([1, 2].map((seed) => collect(model.sample(request({ n: 2, seed })))));
    expect(both.map((answers) => answers.length)).toEqual([2, 2]);
  });

  test("a host that is killed in the middle is reported, and the next request starts another", async () => {
    const killed = new LlamaModel({ modelPath: path!, title: "killed" });
    open.push(killed);
    const got: string[] = [];
    const error = await (async () => {
      for await (const { text } of killed.sample(request({ n: 100 }))) {
        got.push(text);
        if (got.length === 1) process.kill(killed.pid!, "SIGKILL");
      }
    })().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "ModelError", kind: "died" });
    expect(String(error)).toContain("SIGKILL");
    expect(got.length).toBeLessThan(100);
    const before = killed.pid;
    expect(await collect(killed.sample(request()))).toHaveLength(1);
    expect(killed.pid).not.toBe(before);
  });

  test("a host that outgrows its memory is ended, and says so", async () => {
    const small = new LlamaModel({ modelPath: path!, title: "small", memoryMegabytes: 80, gpu: false });
    open.push(small);
    const error = await collect(small.sample(request({ n: 500 }))).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: "died" });
    expect(String(error)).toContain("80 MB");
  });

  // A minute's work at the least: only a stop within the answer lets the next request through in time.
  const endless: Partial<SampleRequest> = {
    grammar: { ...grammar, gbnf: "root ::= [a-z ] root" },
    maxTokens: 3500,
  };

  test("an abort stops the sampling itself, in the middle of an answer", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const ended = expect(
      collect(model.sample(request({ ...endless, signal: controller.signal }))),
    ).rejects.toBe(reason);
    await sleep(300);
    controller.abort(reason);
    await ended;
    expect(await collect(model.sample(request()))).toHaveLength(1);
    if (process.platform === "linux") {
      const before = cpuTicks(model.pid!);
      await sleep(300);
      expect(cpuTicks(model.pid!) - before).toBeLessThanOrEqual(3);
    }
  });

  test("leaving the loop stops it, too", async () => {
    for await (const _ of model.sample(request({ n: 1000, grammar: null, maxTokens: 200 }))) break;
    expect(await collect(model.sample(request()))).toHaveLength(1);
  });

  test("a close during loading ends the host", async () => {
    const closing = new LlamaModel({ modelPath: path!, title: "closing" });
    const ended = expect(collect(closing.sample(request()))).rejects.toMatchObject({ kind: "died" });
    const pid = closing.pid!;
    await closing.close();
    await ended;
    expect(() => process.kill(pid, 0)).toThrow();
  });

  test.runIf(process.platform === "linux")("the host's environment has none of our secrets", async () => {
    process.env.TOUCHSTONE_API_KEY = "sk-test-0123456789abcdef";
    try {
      const fresh = new LlamaModel({ modelPath: path!, title: "fresh" });
      open.push(fresh);
      await fresh.description(new AbortController().signal);
      const environment = readFileSync(`/proc/${fresh.pid}/environ`, "utf8");
      expect(environment).toContain("PATH=");
      expect(environment).not.toContain("sk-test");
    } finally {
      delete process.env.TOUCHSTONE_API_KEY;
    }
  });

  test("the bench counts what the model made", async () => {
    const result = await bench(model, { answers: 3, signal: new AbortController().signal });
    expect(result.answers).toBe(3);
    expect(result.tokens).toBeGreaterThan(0);
    expect(result.promptTokensPerSecond).toBeGreaterThan(0);
    expect(result.tokensPerSecond).toBeGreaterThan(0);
  });
});

/** User and system time of a process, in clock ticks (proc(5), stat, fields 14 and 15). */
function cpuTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
