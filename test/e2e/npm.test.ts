import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pulledPath } from "../../server/install/models.ts";
import { defaultModel } from "../../server/models/registry.ts";
import { root } from "./tools.ts";

/** A project of somebody who runs `npm install touchstone`, with a cache of its own. */
const folder = mkdtempSync(join(tmpdir(), "touchstone-npm-"));
const model = await pulledPath(defaultModel);
const env = { ...process.env, TOUCHSTONE_CACHE: join(folder, "cache") };

function run(command: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(command, args, { cwd: folder, env, encoding: "utf8", timeout: 250_000 });
}

/** As `npx touchstone` does, on the Node that the launcher finds. */
const touchstone = (...args: string[]) => run(join(folder, "node_modules/.bin/touchstone"), ...args);

describe("the npm package, installed in an empty folder", () => {
  beforeAll(() => {
    writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
    const packed = run("npm", "pack", "--silent", join(root, "dist/npm"));
    expect(packed.status, packed.stderr).toBe(0);
    const installed = run("npm", "install", "--no-audit", "--no-fund", `./${packed.stdout.trim()}`);
    expect(installed.status, installed.stderr).toBe(0);
    cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("proves what the source tree proves, and changes nothing but the loop", () => {
    const { status, stdout, stderr } = touchstone("suggest", "examples/c/sum.c", "--json");
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: "proved", group: "sum_below", task: "invariants" });
  });

  test("says what is on the machine", () => {
    const { status, stdout } = touchstone("doctor");
    expect(status).toBe(0);
    expect(stdout).toContain("Z3 (WebAssembly)");
    expect(stdout).toContain("Ready to prove");
  });

  test("has the library's entry: a proof assistant as a gym, or a line on what to install", () => {
    const script = `import { openSession } from "touchstone";
const opened = await openSession({ file: "examples/coq/gym.v" });
if (opened.kind === "open") {
  console.log(opened.session.goals[0].conclusion);
  await opened.session.close();
} else console.log(opened.message);`;
    writeFileSync(join(folder, "gym.js"), script);
    const { status, stdout, stderr } = run(process.execPath, "gym.js");
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/forall n : nat, n \+ 0 = n|touchstone prover pull coq/);
  });

  test("shows its grammars", () => {
    const { status, stdout } = touchstone("grammar", "show", "invariant", "--as", "diagram");
    expect(status).toBe(0);
    expect(stdout).toContain("<svg");
  });

  test.skipIf(model === null)("brings the library for local models with the model, and runs it", () => {
    const models = join(folder, "cache/models");
    mkdirSync(models, { recursive: true });
    symlinkSync(model!, join(models, model!.split("/").at(-1)!));
    const before = touchstone("suggest", "examples/c/sum.c", "--model", defaultModel.name);
    expect(before.status).toBe(2);
    expect(before.stderr).toContain("touchstone model pull");
    const pulled = touchstone("model", "pull");
    expect(pulled.status, pulled.stderr).toBe(0);
    const events = join(folder, "events.jsonl");
    touchstone("suggest", "examples/c/sum.c", "--only", "model", "--timeout", "60s", "--events", events);
    expect(readFileSync(events, "utf8")).toMatch(/"type":"model".*"tokens":[1-9]/);
  });
});
