import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { readOutline } from "../../grammars/lean/outline.ts";
import { defaultOptions } from "../../server/engine/options.ts";
import { openProofs, type ProofTouchstone } from "../../server/wiring-proofs.ts";
import { embedded } from "../provers/lean/available.ts";

const folder = fileURLToPath(new URL("../../examples/lean", import.meta.url));
const expected: Record<string, Record<string, string>> = JSON.parse(
  readFileSync(join(folder, "expected.json"), "utf8"),
);
const nightly = process.env.TOUCHSTONE_NIGHTLY !== undefined;
/** What is run every time; each file costs the judge a process. */
const ALWAYS = ["append_length.lean", "double.lean"];
const HANG = 600_000;

test("every file is listed with its holes, and nothing else is", () => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".lean"));
  expect(Object.keys(expected)).toEqual(files.sort());
  for (const file of files) {
    const { holes, unclosed } = readOutline(readFileSync(join(folder, file), "utf8"));
    expect(unclosed).toBeNull();
    expect([file, [...new Set(holes.map(({ declaration }) => declaration.fullName))]]).toEqual([
      file,
      Object.keys(expected[file]!),
    ]);
  }
});

describe.runIf(embedded.launcher !== null)(`the examples on ${embedded.title}`, () => {
  let proofs: ProofTouchstone | null = null;
  afterAll(() => proofs?.close());

  const files = Object.keys(expected).filter((file) => nightly || ALWAYS.includes(file));
  test.each(files)("%s comes out as expected", { timeout: HANG }, async (file) => {
    const options = { ...defaultOptions, timeoutMs: nightly ? 60_000 : 180_000 };
    proofs ??= await openProofs({ model: "none", offline: true, options, prover: "embedded" }, "lean");
    const path = join(folder, file);
    const located = proofs.locate({ file: path, text: readFileSync(path, "utf8"), version: 0 });
    const statuses: Record<string, string> = {};
    for (const one of located) {
      if (one.kind !== "task") throw new Error(JSON.stringify(one));
      for await (const event of proofs.run(one.task, new AbortController().signal))
        if (event.type === "finished") statuses[one.task.group] = event.outcome.kind;
    }
    expect(statuses).toEqual(expected[file]);
  });

  test.runIf(nightly)("touchstone fill prints the same", { timeout: HANG }, async () => {
    const main = fileURLToPath(new URL("../../server/cli/main.ts", import.meta.url));
    const args = [main, "fill", join(folder, "double.lean"), "--json", "--model", "none", "--timeout", "60s"];
    const printed = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, (_, stdout) => resolve(stdout));
    });
    expect(JSON.parse(printed)).toMatchObject({ group: "double_eq", status: "proved" });
  });
});
