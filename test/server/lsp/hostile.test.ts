import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Client } from "./client.ts";
import { descendants } from "./descendants.ts";
import { ENDLESS, example, large } from "./examples.ts";

const URI = "file:///project/a.c";
let client: Client;

const kill = async () => {
  client.process.kill("SIGKILL");
  await client.exited;
};

describe("a request that makes no sense", () => {
  // One server gets them all, and goes on after each.
  beforeAll(async () => {
    client = await Client.start();
    client.open(URI, example("sum.c"));
  });
  afterAll(kill);

  test.each([
    ["params of the wrong shape", "touchstone/run", { task: 7 }],
    ["no params", "touchstone/run", null],
    ["a task that there is none of", "touchstone/run", { task: "guess", uri: URI, position: null }],
    ["a position that is none", "touchstone/explain", { uri: URI, position: { line: "3" } }],
    ["a command that there is none of", "workspace/executeCommand", { command: "rm -rf" }],
    ["a command without arguments", "workspace/executeCommand", { command: "touchstone.server.suggest" }],
    ["a method that there is none of", "touchstone/everything", {}],
  ])("is answered with an error, and the server goes on: %s", async (_what, method, params) => {
    await expect(client.connection.sendRequest(method, params)).rejects.toThrow();
    expect(await client.actions(URI, "while")).toHaveLength(2);
  });
});

describe("a client that misbehaves", () => {
  afterEach(kill);

  test.each([
    ["text that is no JSON", "{never closed"],
    ["JSON that is no message", "[1, 2, 3]"],
    ["a message of an old version", '{"id": 999, "method": "guess"}'],
  ])("may send %s", async (_what, body) => {
    client = await Client.start();
    client.process.stdin!.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    client.open(URI, example("sum.c"));
    expect(await client.actions(URI, "while")).toHaveLength(2);
  });

  test("may change what it never opened, and close it", async () => {
    client = await Client.start();
    const textDocument = { uri: URI, version: 3 };
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument,
      contentChanges: [{ text: "" }],
    });
    await client.connection.sendNotification("textDocument/didClose", { textDocument });
    expect(await client.lenses(URI)).toEqual([]);
    client.documents.set(URI, null as never);
    const request = { task: "verify", uri: URI, position: null };
    expect(await client.connection.sendRequest("touchstone/run", request)).toMatchObject({ kind: "refused" });
  });

  test("may flood it with edits and requests: the last text counts, and every request is answered", async () => {
    client = await Client.start();
    client.open(URI, example("sum.c"));
    const answers: Promise<unknown>[] = [];
    for (let i = 0; i < 2_000; i++) {
      client.change(URI, `${"\n".repeat(i % 7)}${example("sum.c")}`);
      if (i % 4 === 0) answers.push(client.actions(URI, "while"));
    }
    expect(await Promise.all(answers)).toHaveLength(500);
    const [suggest] = await client.actions(URI, "while");
    expect(suggest!.command!.arguments).toEqual([URI, client.find(URI, "while")]);
  });

  test("may ask while everything computes, and is answered", async () => {
    client = await Client.start({ initializationOptions: { settings: { model: "none", timeout: 60 } } });
    client.open("file:///project/b.c", ENDLESS);
    client.open(URI, large(130));
    client.run("suggest", "file:///project/b.c", "while").catch(() => {});
    client.run("verify", URI, null).catch(() => {});
    await client.until(() => client.progress.length > 0);
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const before = performance.now();
      await client.lenses(URI);
      times.push(performance.now() - before);
    }
    // A limit against hanging; what it takes is measured by the benchmark.
    expect(Math.min(...times)).toBeLessThan(1_000);
  });

  test("may hold any text that is no C", async () => {
    client = await Client.start();
    for (const text of [
      "",
      "}{",
      "while",
      "for (",
      "/*",
      '"',
      "#",
      "do do do do",
      "if (".repeat(5_000),
      "while (1) ".repeat(5_000),
      "else ".repeat(5_000),
    ]) {
      client.open(URI, `int f() {${text}`);
      expect(Array.isArray(await client.lenses(URI))).toBe(true);
    }
    client.open(URI, "int f(int n) { while (n > 0) { n--; return n; }");
    expect(await client.run("verify", URI, null)).toMatchObject({ kind: "done" });
    expect(client.diagnostics.get(URI)![0]).toMatchObject({ code: "unsupported", source: "touchstone" });
  });
});

describe("a workspace that is not trusted", () => {
  afterEach(kill);

  test("starts nothing, says why, and works once it is trusted", async () => {
    client = await Client.start({ initializationOptions: { trusted: false, settings: { model: "none" } } });
    client.open(URI, example("sum.c"));
    const [suggest] = await client.actions(URI, "while");
    expect(suggest!.disabled!.reason).toContain("not trusted");
    expect(await client.run("suggest", URI, "while")).toMatchObject({ kind: "refused" });
    expect(await client.connection.sendRequest("touchstone/setupReport")).toMatchObject({ works: false });
    expect(descendants(client.process.pid!)).toEqual([]);
    await client.connection.sendNotification("touchstone/trust", { trusted: true });
    expect(await client.run("suggest", URI, "while")).toMatchObject({ kind: "applied" });
  });
});

describe("a key", () => {
  afterEach(kill);

  test("reaches no log, no message and no child's environment", async () => {
    const key = "sk-very-secret-0123456789";
    client = await Client.start({ initializationOptions: { events: true, settings: { model: "none" } } });
    await client.connection.sendNotification("touchstone/setKeys", { keys: { TOUCHSTONE_API_KEY: key } });
    client.open(URI, example("sum.c"));
    await client.run("suggest", URI, "while");
    const { readFileSync } = await import("node:fs");
    for (const { pid, command } of descendants(client.process.pid!)) {
      expect(command).not.toContain(key);
      expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toContain(key);
    }
    expect(JSON.stringify([client.log, client.messages, client.notifications])).not.toContain(key);
  });
});
