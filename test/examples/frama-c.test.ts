import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultOptions } from "../../server/engine/options.ts";
import type { Outcome } from "../../server/engine/outcome.ts";
import { type LoopTask, loopsOf } from "../../server/engine/task.ts";
import { openTouchstone, type Touchstone } from "../../server/wiring.ts";
import { frama } from "../provers/frama-c/available.ts";

const FOLDER = join(import.meta.dirname, "../../examples/c");
const never = new AbortController().signal;
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".c"));

/** What we prove with 32-bit integers and Frama-C does not, and why. Anything else is a disagreement about what a text means. */
const READ_OTHERWISE: Readonly<Record<string, string>> = {
  "swap.c: write_both": "we take pointer parameters as separate and list it; Frama-C lets them alias",
};

/** What Frama-C's provers leave open at any time limit that was tried: no disagreement, and no confirmation. */
const LEFT_OPEN: Readonly<Record<string, string>> = {
  "choosing.c: without": "that an element of the copy exists in the source is kept by a store beside it",
  "choosing.c: clear_walking": "places are counted from where the pointer began to walk",
};

const settings = {
  reading: "32",
  model: "none",
  offline: true,
  options: { ...defaultOptions, timeoutMs: 400_000 },
} as const;

describe.skipIf(frama.checker === null)(`soundness.md 9, ${frama.title}`, () => {
  let ours: Touchstone;
  let both: Touchstone;
  beforeAll(async () => {
    ours = await openTouchstone({ ...settings, options: { ...defaultOptions, timeoutMs: 20_000 } });
    both = await openTouchstone({ ...settings, checker: "both" });
  });
  afterAll(() => Promise.all([ours.close(), both.close()]));

  it.concurrent.each(files)(
    "what is proved of %s Frama-C proves as well",
    { timeout: 900_000 },
    async (file) => {
      const text = readFileSync(join(FOLDER, file), "utf8");
      for (const located of ours.locate({ file: join(FOLDER, file), text, version: 0 })) {
        if (located.kind === "error") continue;
        const { task } = located;
        const name = `${file}: ${task.group}`;
        if (name in LEFT_OPEN || (await outcome(ours, task)).kind !== "proved") continue;
        const confirmed = await outcome(both, task);
        const open = confirmed.kind === "unknown" ? confirmed.reason : confirmed.kind;
        const expected = name in READ_OTHERWISE ? "unknown" : "proved";
        expect(confirmed.kind, `${name}: ${open}`).toBe(expected);
        if (confirmed.kind === "proved")
          expect(confirmed.verified.evidence.checkedBy.at(-1)).toMatch(/^frama-c /);
      }
    },
  );
});

async function outcome(touchstone: Touchstone, task: LoopTask): Promise<Outcome> {
  let found: Outcome | null = null;
  const run = loopsOf(task).length > 0 ? touchstone.run(task, never) : touchstone.verify(task, never);
  for await (const event of run) if (event.type === "finished") found = event.outcome;
  if (found === null) throw new Error("a run ended without an outcome");
  return found;
}
