import { afterEach, describe, expect, test } from "vitest";
import { goneOf } from "../../provers/processes.ts";
import { Client } from "./client.ts";
import { descendants, solvers } from "./descendants.ts";
import { ENDLESS, example } from "./examples.ts";

const URI = "file:///project/a.c";
let client: Client;

afterEach(async () => {
  client.process.kill("SIGKILL");
  await client.exited;
});

describe("the life of a server", () => {
  test("begins with what it can do, and ends with status 0 and no process left", async () => {
    client = new Client();
    const result = await client.initialize();
    expect(result).toMatchObject({
      serverInfo: { name: "touchstone" },
      capabilities: {
        textDocumentSync: { openClose: true, change: 2 },
        codeActionProvider: { codeActionKinds: expect.arrayContaining(["quickfix"]) },
        hoverProvider: true,
      },
    });
    client.open(URI, example("sum.c"));
    await client.run("verify", URI, null);
    const children = descendants(client.process.pid!).map(({ pid }) => pid);
    expect(children.length).toBeGreaterThan(0);
    expect(await client.stop()).toBe(0);
    for (const pid of children) await goneOf(pid);
  });

  test.each([
    ["a request before the beginning", -32002],
    ["a request after the end", -32600],
  ])("refuses %s", async (when, code) => {
    client = when.includes("before") ? new Client() : await Client.start();
    if (when.includes("after")) await client.connection.sendRequest("shutdown");
    await expect(client.lenses(URI)).rejects.toMatchObject({ code });
  });

  test("starts no process before something is to be computed", async () => {
    client = await Client.start();
    client.open(URI, example("sum.c"));
    await client.lenses(URI);
    expect(descendants(client.process.pid!)).toEqual([]);
  });

  test("ends with a client that dies, and so does all that it started", async () => {
    client = await Client.start({ initializationOptions: { settings: { model: "none", timeout: 60 } } });
    client.open(URI, ENDLESS);
    client.run("suggest", URI, "while").catch(() => {});
    await client.until(() => solvers(client.process.pid!).length > 0);
    const children = descendants(client.process.pid!).map(({ pid }) => pid);
    client.process.stdin!.end();
    await client.exited;
    for (const pid of children) await goneOf(pid);
  });

  test("goes on after its engine was killed, and starts another", async () => {
    client = await Client.start({ initializationOptions: { settings: { model: "none", timeout: 60 } } });
    client.open(URI, ENDLESS);
    const run = client.run("suggest", URI, "while");
    await client.until(() => solvers(client.process.pid!).length > 0);
    const [engine] = descendants(client.process.pid!);
    process.kill(engine!.pid, "SIGKILL");
    expect(await run).toMatchObject({ kind: "refused", message: expect.stringContaining("started again") });
    client.open("file:///project/b.c", example("remainder.c"));
    expect(await client.run("verify", "file:///project/b.c", null)).toMatchObject({ kind: "done" });
  });
});
