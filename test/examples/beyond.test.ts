import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultOptions } from "../../server/engine/options.ts";
import type { Outcome } from "../../server/engine/outcome.ts";
import { openTouchstone, type Touchstone } from "../../server/wiring.ts";
import { frama } from "../provers/frama-c/available.ts";

const FOLDER = join(import.meta.dirname, "../../examples/frama-c");
const never = new AbortController().signal;

describe.skipIf(frama.checker === null)(`examples that only Frama-C reads, ${frama.title}`, () => {
  let touchstone: Touchstone;
  beforeAll(async () => {
    touchstone = await openTouchstone({
      reading: "32",
      model: "none",
      offline: true,
      checker: "frama-c",
      preprocessor: { when: "auto", include: [join(FOLDER, "include")], define: ["CHANNELS=8"] },
      options: { ...defaultOptions, timeoutMs: 240_000 },
    });
  });
  afterAll(() => touchstone.close());

  async function outcomeOf(file: string, name: string): Promise<Outcome> {
    const text = readFileSync(join(FOLDER, file), "utf8");
    const document = await touchstone.prepare({ file: join(FOLDER, file), text, version: 0 }, never);
    const found = touchstone.locate(document).find((one) => one.kind === "task" && one.task.group === name);
    if (found?.kind !== "task") throw new Error(`${name} is no task`);
    expect(found.task.kind).toBe("annotations");
    let outcome: Outcome | null = null;
    for await (const event of touchstone.run(found.task, never))
      if (event.type === "finished") outcome = event.outcome;
    return outcome!;
  }

  it("above.c: floats are compared", { timeout: 300_000 }, async () => {
    const outcome = await outcomeOf("above.c", "above");
    expect(outcome.kind, outcome.kind === "unknown" ? outcome.reason : "").toBe("proved");
    if (outcome.kind !== "proved") return;
    const { checkedBy, assumptions, terminates } = outcome.verified.evidence;
    expect(checkedBy.join()).toMatch(/^frama-c [^,]* \(wp with /);
    expect(assumptions.join()).toMatch(/Frama-C alone: our own front end does not read the function/);
    expect(assumptions.join()).toMatch(/typed memory model/);
    expect(terminates).toBe(true);
    expect(outcome.answers[0]!.assigns?.split(", ").sort()).toEqual(["count", "i"]);
  });
});
