import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Client } from "../server/lsp/client.ts";
import { residentMegabytes } from "../server/lsp/descendants.ts";
import { ENDLESS, large } from "../server/lsp/examples.ts";
import { markdown } from "./table.ts";

const EXAMPLES = fileURLToPath(new URL("../../examples/c/", import.meta.url));
const STAGED = fileURLToPath(new URL("../../dist/vsix/server/lsp/main.js", import.meta.url));
const LISTS = 300;

/**
 * What an editor's user waits for, measured at the server over JSON-RPC: the staged one where `npm run package` made it, else
 * the source tree's. `model` is the one that takes part in the second table of suggestions.
 */
export async function benchEditor(options: { readonly model: string | undefined }): Promise<void> {
  const main = existsSync(STAGED) ? STAGED : undefined;
  const out = (text: string) => process.stdout.write(`${text}\n`);
  out(`Server: ${main ? "dist/vsix" : "source tree"}, Node ${process.versions.node}\n`);
  out(
    markdown(
      ["", "p50", "p95", "max"],
      [
        ["start to `initialize` answered, ms", ...(await starts(main))],
        ["code actions, 2,000 lines, ms", ...(await lists(main, false))],
        ["the same while a search and a verification run, ms", ...(await lists(main, true))],
        ["the same after every key stroke, ms", ...(await lists(main, false, true))],
      ],
    ),
  );
  out(`\nMemory at rest: ${(await atRest(main)).toFixed(0)} MB\n`);
  const models = ["none", ...(options.model === undefined ? [] : [options.model])];
  const rows: string[][] = [];
  for (const model of models) // The extension does not carry the embedded model's library; the source tree has it.
    rows.push(await suggestions(model === "none" ? main : undefined, model));
  out(
    markdown(
      ["first judged answer over examples/c", "answers", "edits", "first s", "p50 s", "p95 s", "max s"],
      rows,
    ),
  );
}

function start(main: string | undefined, settings: object): Promise<Client> {
  return Client.start({ ...(main ? { main } : {}), initializationOptions: { settings } });
}

async function starts(main: string | undefined): Promise<string[]> {
  const times: number[] = [];
  for (let i = 0; i < 8; i++) {
    const before = performance.now();
    const client = await start(main, { model: "none" });
    times.push(performance.now() - before);
    await client.stop();
  }
  return summary(times);
}

async function lists(main: string | undefined, busy: boolean, typing = false): Promise<string[]> {
  const client = await start(main, { model: "none", timeout: 300 });
  const uri = "file:///bench/large.c";
  const text = large(133);
  client.open(uri, text);
  if (busy) {
    client.open("file:///bench/endless.c", ENDLESS);
    client.run("suggest", "file:///bench/endless.c", "while").catch(() => {});
    client.run("verify", uri, null).catch(() => {});
    await client.until(() => client.progress.length > 0);
  }
  const times: number[] = [];
  for (let i = 0; i < LISTS; i++) {
    if (typing) client.change(uri, " ", { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } });
    const place = { line: 9 + 15 * (i % 133), character: 4 };
    const before = performance.now();
    await client.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: place, end: place },
      context: { diagnostics: [] },
    });
    times.push(performance.now() - before);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  client.process.kill("SIGKILL");
  await client.exited;
  return summary(times.slice(5));
}

async function atRest(main: string | undefined): Promise<number> {
  const client = await start(main, { model: "none" });
  client.open("file:///bench/large.c", large(133));
  await client.lenses("file:///bench/large.c");
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const memory = residentMegabytes(client.process.pid!);
  await client.stop();
  return memory;
}

/** From the request to the judged answer, in one server, as in an editor: the first one starts the engine. */
async function suggestions(main: string | undefined, model: string): Promise<string[]> {
  const client = await start(main, { model });
  const times: number[] = [];
  let edits = 0;
  for (const name of readdirSync(EXAMPLES).filter((file) => file.endsWith(".c"))) {
    const uri = `file:///bench/${name}`;
    const text = readFileSync(EXAMPLES + name, "utf8");
    client.open(uri, text);
    for (const keyword of [...text.matchAll(/^[ \t]*(?:for|while|do)\b/gm)].slice(0, 1)) {
      const before = performance.now();
      const line = text.slice(0, keyword.index).split("\n").length - 1;
      const { kind } = await client.connection.sendRequest<{ kind: string }>("touchstone/run", {
        task: "suggest",
        uri,
        position: { line, character: 0 },
      });
      times.push((performance.now() - before) / 1000);
      if (kind === "applied") edits++;
    }
  }
  await client.stop();
  const first = times[0]!.toFixed(2);
  const title = model === "none" ? "without a model" : `with ${model}`;
  return [title, String(times.length), String(edits), first, ...summary(times, 2)];
}

function summary(times: readonly number[], digits = 1): string[] {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
  return [at(0.5), at(0.95), sorted.at(-1)!].map((value) => value.toFixed(digits));
}
