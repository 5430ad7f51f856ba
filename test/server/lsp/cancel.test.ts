import { afterEach, describe, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import { goneOf } from "../../provers/processes.ts";
import { Client } from "./client.ts";
import { solvers } from "./descendants.ts";
import { ENDLESS, example } from "./examples.ts";

const URI = "file:///project/a.c";
const settings = { model: "none", timeout: 60 };
let client: Client;

/** A client with a search that goes on, and the solvers that work for it. */
async function searching(): Promise<{ run: ReturnType<Client["run"]>; working: readonly number[] }> {
  client = await Client.start({ initializationOptions: { settings } });
  client.open(URI, ENDLESS);
  const run = client.run("suggest", URI, "while");
  await client.until(() =>
    client.progress.some(({ message }) => message && / [1-9]\d* checks/.test(message)),
  );
  const working = solvers(client.process.pid!).map(({ pid }) => pid);
  expect(working.length).toBeGreaterThan(0);
  return { run, working };
}

afterEach(async () => {
  await client.stop();
});

describe("a search", () => {
  test("shows numbers that mean something, and stops with its solvers at the button of its progress", async () => {
    const { run, working } = await searching();
    expect(client.progress[0]).toMatchObject({ kind: "begin", cancellable: true });
    expect(client.progress.at(-1)!.message).toMatch(/\d+ candidates, \d+ checks, \d+ s left/);
    await client.connection.sendNotification("window/workDoneProgress/cancel", {
      token: client.progress[0]!.token,
    });
    expect(await run).toMatchObject({ kind: "cancelled" });
    for (const pid of working) await goneOf(pid);
    await client.until(() => solvers(client.process.pid!).length === 0);
    expect(client.edits).toEqual([]);
    expect(client.progress.at(-1)!.kind).toBe("end");
  });

  test("stops when its request is cancelled", async () => {
    client = await Client.start({ initializationOptions: { settings } });
    client.open(URI, ENDLESS);
    const source = new CancellationTokenSource();
    const request = { task: "suggest", uri: URI, position: client.find(URI, "while") };
    const run = client.connection.sendRequest("touchstone/run", request, source.token);
    await client.until(() => solvers(client.process.pid!).length > 0);
    source.cancel();
    expect(await run).toMatchObject({ kind: "cancelled" });
    await client.until(() => solvers(client.process.pid!).length === 0);
  });

  test("stops at the command", async () => {
    const { run } = await searching();
    await client.connection.sendRequest("workspace/executeCommand", { command: "touchstone.server.stop" });
    expect(await run).toMatchObject({ kind: "cancelled" });
    await client.until(() => solvers(client.process.pid!).length === 0);
  });

  test("stops when its text changes, since its result would be dropped; nothing is inserted", async () => {
    const { run } = await searching();
    client.change(URI, example("sum.c"));
    expect(await run).toMatchObject({ kind: "dropped", message: expect.stringContaining("run it again") });
    expect(client.edits).toEqual([]);
    expect((await client.lenses(URI))[0]!.command.title).toBe("○ suggest loop invariant");
  });

  test("that waits for another one stops without having begun", async () => {
    const { run } = await searching();
    client.open("file:///project/b.c", ENDLESS);
    const source = new CancellationTokenSource();
    const request = { task: "verify", uri: "file:///project/b.c", position: null };
    const second = client.connection.sendRequest("touchstone/run", request, source.token);
    source.cancel();
    expect(await second).toMatchObject({ kind: "cancelled" });
    await client.connection.sendNotification("touchstone/stop");
    expect(await run).toMatchObject({ kind: "cancelled" });
  });

  test("in a text that takes long to read is stopped by ending its process", async () => {
    client = await Client.start({ initializationOptions: { settings } });
    // Deep inside the reading of this the engine hears nothing.
    client.open(
      URI,
      Array.from(
        { length: 12_000 },
        (_, i) => `int f${i}(int n) { int i = 0; while (i < n) i++; return i; }\n`,
      ).join(""),
    );
    const run = client.run("verify", URI, null);
    await client.until(() => client.progress.length > 0);
    await client.connection.sendNotification("touchstone/stop");
    expect(await run).toMatchObject({ kind: "cancelled" });
    client.open("file:///project/b.c", example("remainder.c"));
    expect(await client.run("verify", "file:///project/b.c", null)).toMatchObject({ kind: "done" });
  });
});
