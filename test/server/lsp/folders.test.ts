import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Client } from "./client.ts";
import { example } from "./examples.ts";

/** Two folders of one workspace, one's name the beginning of the other's. The first asks for int of 32 bits. */
let root: string;
let client: Client;
const uri = (...path: string[]) => pathToFileURL(join(root, ...path)).href;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "touchstone-folders-"));
  for (const folder of ["app", "app-math", "later"]) mkdirSync(join(root, folder));
  for (const folder of ["app", "later"])
    writeFileSync(join(root, folder, "touchstone.json"), '{ "int": "32" }');
  client = await Client.start({
    folders: [uri("app"), uri("app-math")],
    capabilities: { workspace: { workspaceFolders: true, workspaceEdit: { documentChanges: true } } },
  });
});
afterEach(async () => {
  await client.stop();
  rmSync(root, { recursive: true });
});

/** What is said of the sum in a file, which overflows an int for large n. */
async function said(...path: string[]): Promise<string> {
  const file = uri(...path);
  client.open(file, example("sum.c"));
  const { results } = await client.run("suggest", file, "while");
  return JSON.stringify(results);
}

test("each folder of a workspace has its own touchstone.json, and a folder that comes later, too", async () => {
  expect(await said("app", "a.c")).toContain("fits in int");
  expect(await said("app-math", "a.c")).not.toContain("fits in int");
  expect(await said("later", "a.c")).not.toContain("fits in int");
  await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added: [{ uri: uri("later"), name: "later" }], removed: [] },
  });
  expect(await said("later", "b.c")).toContain("fits in int");
}, 120_000);
