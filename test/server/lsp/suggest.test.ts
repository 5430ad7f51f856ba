import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { frama } from "../../provers/frama-c/available.ts";
import { Client, type ClientOptions } from "./client.ts";
import { example } from "./examples.ts";

const URI = "file:///project/a.c";
let client: Client;

async function opened(text: string, options: ClientOptions = {}): Promise<Client> {
  client = await Client.start(options);
  client.open(URI, text);
  return client;
}

afterEach(async () => {
  await client.stop();
});

describe("a suggestion for a loop", () => {
  test("is listed at once, carries a command, and is tagged as machine-made", async () => {
    await opened(example("sum.c"));
    const [suggest, ...others] = await client.actions(URI, "sum + i");
    expect(suggest).toMatchObject({
      title: "Suggest loop invariant",
      kind: "quickfix",
      tags: [1],
      command: { command: "touchstone.server.suggest", arguments: [URI, client.find(URI, "while")] },
    });
    expect(suggest).not.toHaveProperty("edit");
    expect(others.map(({ title }) => title)).toEqual(["Verify this file"]);
    expect(await client.actions(URI, "// The sum")).toEqual([]);
    // In front of the loop on its line, too.
    expect((await client.actions(URI, "    while"))[0]!.title).toBe("Suggest loop invariant");
  });

  test("ends in one edit of the version that it was made for, and the loop is shown as proved", async () => {
    await opened(example("sum.c"));
    const { line } = client.find(URI, "while");
    await client.connection.sendRequest(
      "workspace/executeCommand",
      (await client.actions(URI, "while"))[0]!.command,
    );
    await client.until(() => client.edits.length > 0);
    expect(client.edits).toHaveLength(1);
    expect(client.edits[0]!.documentChanges).toMatchObject([{ textDocument: { uri: URI, version: 1 } }]);
    expect(client.text(URI)).toContain("loop invariant");
    expect(client.text(URI).replace(/ *\/\*@ loop[\s\S]*?\*\/\n/, "")).toBe(example("sum.c"));
    const [lens] = await client.lenses(URI);
    expect(lens!.command.title).toMatch(/^✓ proved/);
    expect(client.find(URI, "while").line).toBeGreaterThan(line);
    await client.until(() => client.messages.length > 0);
    expect(client.messages[0]).toMatch(/sum_below: proved/);
  });

  test.skipIf(frama.checker === null)(
    `is confirmed by a checker that was chosen, ${frama.title}`,
    async () => {
      await opened(example("countdown.c"), { initializationOptions: { settings: { checker: "both" } } });
      expect(await client.run("suggest", URI, "while")).toMatchObject({ kind: "applied" });
      expect((await client.hover(URI, "while"))!.contents.value).toMatch(/checked by .*frama\\-c \d/);
    },
    120_000,
  );

  test.skipIf(frama.checker === null)(
    `holds of a text that only Frama-C reads while that text stands there, ${frama.title}`,
    async () => {
      await opened(readFileSync(new URL("../../../examples/frama-c/cleanup.c", import.meta.url), "utf8"), {
        initializationOptions: { settings: { checker: "frama-c" } },
      });
      const title = async () => (await client.lenses(URI))[0]!.command.title;
      expect(await client.run("suggest", URI, "for (")).toMatchObject({ kind: "applied" });
      await vi.waitFor(async () => expect(await title()).toMatch(/^✓ proved/), 20_000);
      // Once the edited text was read again, it is known by itself and not as this version alone.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const at = client.find(URI, "n; i++");
      client.change(URI, "-", { start: at, end: at });
      expect(await title()).toMatch(/^↻ out of date/);
      client.change(URI, "", { start: at, end: { ...at, character: at.character + 1 } });
      await vi.waitFor(async () => expect(await title()).toMatch(/^✓ proved/), 20_000);
    },
    180_000,
  );

  test("keeps the line endings of the text", async () => {
    await opened(example("sum.c").replaceAll("\n", "\r\n"));
    expect(await client.run("suggest", URI, "while")).toMatchObject({ kind: "applied" });
    expect(client.text(URI).replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  test("works on a text that was never saved", async () => {
    client = await Client.start();
    client.open("untitled:Untitled-1", example("remainder.c"));
    expect(await client.run("suggest", "untitled:Untitled-1", "while")).toMatchObject({ kind: "applied" });
  });

  test("completes the invariants that are there", async () => {
    await opened(example("annotated.c"));
    const [suggest] = await client.actions(URI, "while");
    expect(suggest!.title).toBe("Suggest loop invariants that strengthen these");
    expect(await client.run("suggest", URI, "while")).toMatchObject({ kind: "applied" });
    expect(client.text(URI)).toContain("loop invariant start <= at;");
  });

  test("is not made where the assertion is false: the run that breaks it is shown", async () => {
    await opened(example("off_by_one.c"));
    expect(await client.run("suggest", URI, "while")).toMatchObject({
      kind: "done",
      message: "count_to: assertion 'i == limit' does not hold",
    });
    expect(client.edits).toEqual([]);
    const [diagnostic] = client.diagnostics.get(URI)!;
    expect(diagnostic).toMatchObject({ severity: 1, code: "refuted", source: "touchstone" });
    expect(diagnostic!.range.start).toEqual(client.find(URI, "assert(i"));
    expect(diagnostic!.relatedInformation!.at(-1)!.message).toMatch(/^line 10: limit = \d+, i = \d+$/);
    const hover = await client.hover(URI, "assert(i");
    expect(hover!.contents.value).toContain("| | limit | i |");
    expect((await client.lenses(URI))[0]!.command.title).toMatch(/^✗ an assertion is false/);
    expect((await client.actions(URI, "while")).map(({ title }) => title)).toContain(
      "Show the run that breaks it",
    );
  });

  test("says what is too weak, and why, where nothing was proved", async () => {
    await opened(example("sum.c"));
    expect(await client.run("verify", URI, null)).toMatchObject({ kind: "done", message: "1 not proved" });
    const [diagnostic] = client.diagnostics.get(URI)!;
    expect(diagnostic).toMatchObject({ severity: 2, code: "tooWeak" });
    expect(diagnostic!.relatedInformation!.length).toBeGreaterThan(0);
    expect((await client.lenses(URI))[0]!.command.title).toMatch(/^\? not proved: too weak/);
  });

  test("can be replaced by another one, judged as the first one was", async () => {
    await opened(example("sum.c"));
    await client.run("suggest", URI, "while");
    const first = client.text(URI);
    const another = (await client.actions(URI, "while")).find(({ title }) => title.includes("another"));
    expect(another!.tags).toEqual([1]);
    await client.connection.sendRequest("workspace/executeCommand", another!.command);
    await client.until(() => client.messages.length > 0);
    const second = client.text(URI);
    if (client.messages[0]!.includes("no other invariant")) {
      expect(second).toBe(first);
      return;
    }
    expect(client.edits).toHaveLength(2);
    expect(second).not.toBe(first);
    expect(second.replace(/ *\/\*@ loop[\s\S]*?\*\/\n/, "")).toBe(example("sum.c"));
    expect((await client.lenses(URI))[0]!.command.title).toMatch(/^✓ proved/);
    expect(await client.run("verify", URI, null)).toMatchObject({ message: "1 proved" });
  });

  test("is dropped when the editor does not want it", async () => {
    await opened(example("sum.c"), { applies: false });
    expect(await client.run("suggest", URI, "while")).toMatchObject({
      kind: "dropped",
      message: "the editor did not apply the edit: the client does not want to",
    });
    expect((await client.lenses(URI))[0]!.command.title).toBe("○ suggest loop invariant");
  });
});

describe("the state of a loop", () => {
  test("is out of date as soon as its function is another, and stays where only others changed", async () => {
    await opened(
      `${example("sum.c")}\nint other(int n) {\n  int i = 0;\n  while (i < n) i++;\n  return i;\n}\n`,
    );
    await client.run("verify", URI, null);
    await client.run("suggest", URI, "sum + i");
    const states = async () => (await client.lenses(URI)).map(({ command }) => command.title.slice(0, 3));
    const settled = async (wanted: string[]) => {
      for (;;) {
        const now = await states();
        if (now.join() === wanted.join()) return now;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await settled(["✓ p", "✓ p"]);
    // A comment in front moves everything; what is to be proved stays.
    client.change(URI, "// a line more\n", {
      start: { line: 0, character: 0 },
      end: { line: 0, character: 0 },
    });
    await settled(["✓ p", "✓ p"]);
    const at = client.find(URI, "n) i++");
    client.change(URI, "-", { start: at, end: at });
    expect(await states()).toEqual(["↻ o", "↻ o"]);
    await settled(["✓ p", "↻ o"]);
    client.change(URI, "", { start: at, end: { ...at, character: at.character + 1 } });
    await settled(["✓ p", "✓ p"]);
  });

  test("is conditional where the proof rests on an assumption of the program", async () => {
    await opened(example("parity.c"));
    await client.run("suggest", URI, "while");
    expect((await client.lenses(URI))[0]!.command.title).toMatch(/^✓ proved on 2 conditions/);
    expect((await client.hover(URI, "while"))!.contents.value).toContain("assume");
  });

  test("is never a proof for a contract that nobody can meet", async () => {
    await opened(example("vacuous.c"));
    await client.run("suggest", URI, "while");
    expect((await client.lenses(URI))[0]!.command.title).toMatch(/^\? not proved/);
  });
});
