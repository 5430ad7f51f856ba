import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultOptions } from "../../server/engine/options.ts";
import type { Outcome } from "../../server/engine/outcome.ts";
import type { InvariantsTask } from "../../server/engine/task.ts";
import { openTouchstone, type Touchstone } from "../../server/wiring.ts";

const EXAMPLES = join(import.meta.dirname, "../../examples/c");
const nightly = process.env.TOUCHSTONE_NIGHTLY === "1";

/** Files about arrays, pointers, structures and calls. */
const FILES = ["comparing.c", "extremes.c", "machines.c", "numbers.c", "searching.c", "swap.c", "writing.c"];
/** One for each trait, quick enough for every run. */
const ALWAYS = new Set([
  "find",
  "clear",
  "find_too_far",
  "swapped_locals",
  "push",
  "absolute",
  "light_after",
]);

const expected = JSON.parse(readFileSync(join(EXAMPLES, "expected.json"), "utf8")) as Record<
  string,
  Record<string, string>
>;
const wanted = FILES.flatMap((file) =>
  Object.entries(expected[file] ?? {}).map(([name, status]) => ({ file, name, status })),
).filter(({ name }) => nightly || ALWAYS.has(name));

describe("examples over arrays, pointers, structures and calls come out as they should", () => {
  let touchstone: Touchstone;

  beforeAll(async () => {
    const options = { ...defaultOptions, timeoutMs: 60_000 };
    touchstone = await openTouchstone({ reading: "math", model: "none", offline: true, options });
  });

  afterAll(() => touchstone.close());

  it.each(wanted)("$file: $name is $status", { timeout: 120_000 }, async ({ file, name, status }) => {
    const path = join(EXAMPLES, file);
    const document = { file: path, text: readFileSync(path, "utf8"), version: 1 };
    const found = touchstone.locate(document).find((one) => one.kind === "task" && one.task.group === name);
    const task = found?.kind === "task" ? (found.task as InvariantsTask) : null;
    expect(task).not.toBeNull();
    expect((await outcomeOf(touchstone, task!)).kind).toBe(status);
  });
});

async function outcomeOf(touchstone: Touchstone, task: InvariantsTask): Promise<Outcome> {
  const { signal } = new AbortController();
  const events =
    task.program.loops.length > 0 ? touchstone.run(task, signal) : touchstone.verify(task, signal);
  for await (const event of events) if (event.type === "finished") return event.outcome;
  throw new Error("the run did not finish");
}
