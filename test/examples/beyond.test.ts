import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultOptions } from "../../server/engine/options.ts";
import type { Outcome } from "../../server/engine/outcome.ts";
import { openTouchstone, type Touchstone } from "../../server/wiring.ts";
import { frama } from "../provers/frama-c/available.ts";

const FOLDER = join(import.meta.dirname, "../../examples/frama-c");
const nightly = process.env.TOUCHSTONE_NIGHTLY === "1";
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

  /** `what`: the name of a file, or a text. */
  async function outcomeOf(what: string, name: string, how: "run" | "verify"): Promise<Outcome> {
    const file = what.includes("\n") ? "text.c" : what;
    const text = file === what ? readFileSync(join(FOLDER, file), "utf8") : what;
    const document = await touchstone.prepare({ file: join(FOLDER, file), text, version: 0 }, never);
    const found = touchstone.locate(document).find((one) => one.kind === "task" && one.task.group === name);
    if (found?.kind !== "task") throw new Error(`${name} is no task`);
    expect(found.task.kind).toBe("annotations");
    let outcome: Outcome | null = null;
    for await (const event of touchstone[how](found.task, never))
      if (event.type === "finished") outcome = event.outcome;
    return outcome!;
  }

  it("above.c: floats are compared", { timeout: 300_000 }, async () => {
    const outcome = await outcomeOf("above.c", "above", "run");
    expect(outcome.kind, outcome.kind === "unknown" ? outcome.reason : "").toBe("proved");
    if (outcome.kind !== "proved") return;
    const { checkedBy, assumptions, terminates } = outcome.verified.evidence;
    expect(checkedBy.join()).toMatch(/^frama-c [^,]* \(wp with /);
    expect(assumptions.join()).toMatch(/Frama-C alone: our own front end does not read the function/);
    expect(assumptions.join()).toMatch(/typed memory model/);
    expect(terminates).toBe(true);
    expect(outcome.answers[0]!.assigns?.split(", ").sort()).toEqual(["count", "i"]);
  });

  it.each<[string, string, RegExp]>([
    // The header is found by -I, and the length of its array is -D's: without them it is no C.
    ["sensors.c", "reset", /^proved/],
    ["tagged.c", "set_all", /^unknown: '\w+' is a member of a union/],
    ...(nightly
      ? ([
          ["cleanup.c", "first_above", /^proved/],
          ["dispatch.c", "climb", /^proved.*contract of slow; contract of careful/],
          ["bytes.c", "checksum", /Cast with incompatible pointers types/],
          ["total.c", "total", /^unknown.*is_nan_or_infinite '\\is_finite/],
        ] as [string, string, RegExp][])
      : []),
  ])("%s: %s", { timeout: 300_000 }, async (file, name, expected) => {
    expect(inWords(await outcomeOf(file, name, "run"))).toMatch(expected);
  });

  it("verify proves what stands in the text, and says what is open", { timeout: 300_000 }, async () => {
    const text = readFileSync(join(FOLDER, "above.c"), "utf8");
    const annotated = (more: string) =>
      text.replace("  for", `  /*@ loop invariant 0 <= i <= n && 0 <= count <= i; ${more} */\n  for`);
    const good = await outcomeOf(annotated("loop assigns i, count; loop variant n - i;"), "above", "verify");
    expect(inWords(good)).toMatch(/^proved/);
    expect(good.kind === "proved" && good.verified.edit.insertions).toEqual([]);
    const open = await outcomeOf(annotated("loop assigns i;"), "above", "verify");
    expect(inWords(open)).toMatch(/assigns clause 'assigns i;' at line 6.*above_loop_assigns\S* \(/);
  });

  it("what is C for neither is wrong, not merely beyond our front end", { timeout: 100_000 }, async () => {
    const outcome = await outcomeOf("float f(float x) { return x +; }\n", "f", "verify");
    expect(outcome.kind).toBe("error");
    expect(outcome.kind === "error" && outcome.diagnostics[0]!.message).toMatch(
      /Frama-C does not take the text: \S+:1:1: syntax error/,
    );
  });
});

function inWords(outcome: Outcome): string {
  if (outcome.kind === "proved") return `proved: ${outcome.verified.evidence.assumptions.join("; ")}`;
  if (outcome.kind !== "unknown") return outcome.kind;
  const nearest = outcome.nearest?.verdict;
  return `unknown: ${outcome.reason} ${nearest?.kind === "unknown" ? nearest.reason : ""}`;
}
