import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultOptions } from "../../server/engine/options.ts";
import type { Outcome } from "../../server/engine/outcome.ts";
import { applyVerified, openTouchstone, type Touchstone } from "../../server/wiring.ts";

const FOLDER = join(import.meta.dirname, "../../examples/c");
const expected: Record<string, Record<string, string>> = JSON.parse(
  readFileSync(join(FOLDER, "expected.json"), "utf8"),
);
const files = Object.keys(expected);
const never = new AbortController().signal;

const nightly = process.env.TOUCHSTONE_NIGHTLY === "1";
/** Long searches, which only the nightly run makes, with the fastest solver there is. */
const LONG = new Set(
  [
    "axiomatics",
    "gathering",
    "inductions",
    "lists",
    "matrices",
    "merging",
    "protocol",
    "rearranging",
    "saturating",
    "sorting",
    "strings",
    "sums",
    "tables",
    "writing",
  ].map((name) => `${name}.c`),
);

/** What everybody has: no model, and the solver that comes with Touchstone. */
const bare = {
  reading: "math",
  model: "none",
  offline: true,
  solver: "wasm",
  options: { ...defaultOptions, timeoutMs: 60_000 },
} as const;

describe("examples/c", () => {
  let touchstone: Touchstone;
  let fast: Touchstone | null = null;
  beforeAll(async () => {
    touchstone = await openTouchstone(bare);
    if (nightly) fast = await openTouchstone({ ...bare, solver: "auto" });
  });
  afterAll(() => Promise.all([touchstone.close(), fast?.close()]));

  async function outcomes(file: string, text: string, how: "run" | "verify") {
    const solving = LONG.has(file) ? fast! : touchstone;
    const found: Record<string, Outcome> = {};
    const document = await solving.prepare({ file, text, version: 0 }, never);
    for (const located of solving.locate(document)) {
      if (located.kind === "error") {
        found[located.group ?? ""] = { kind: "error", diagnostics: located.diagnostics };
        continue;
      }
      for await (const event of solving[how](located.task, never))
        if (event.type === "finished") found[located.task.group] = event.outcome;
    }
    return found;
  }

  it("every file has its expected outcome written down, and there are twenty", () => {
    expect(
      readdirSync(FOLDER)
        .filter((name) => name.endsWith(".c"))
        .sort(),
    ).toEqual([...files].sort());
    expect(files.length).toBeGreaterThanOrEqual(20);
  });

  const those = files.filter((file) => nightly || !LONG.has(file));
  it.each(those)("%s", { timeout: nightly ? 600_000 : 120_000 }, async (file) => {
    const text = readFileSync(join(FOLDER, file), "utf8");
    const found = await outcomes(file, text, "run");
    const kinds = Object.fromEntries(Object.entries(found).map(([group, { kind }]) => [group, kind]));
    expect(kinds).toEqual(expected[file]);
    for (const outcome of Object.values(found)) {
      if (outcome.kind === "refuted") expect(outcome.counterexample.replayed).toBe(true);
      if (outcome.kind !== "proved") continue;
      // What is offered holds as it then stands in the file.
      const applied = applyVerified(text, outcome.verified);
      if (applied.kind !== "applied") throw new Error("the edit does not fit its own file");
      const again = await outcomes(file, applied.text, "verify");
      expect(Object.values(again).map(({ kind }) => kind)).toContain("proved");
      for (const { invariants } of outcome.answers) {
        const quantified = invariants.filter((one) => /\\(forall|exists)/.test(one)).length;
        expect(invariants.length - quantified).toBeLessThanOrEqual(4);
        // Of two blocks that both change: what was done to each, and that the rest of each is as it was.
        expect(quantified).toBeLessThanOrEqual(4);
      }
    }
  });
});
