import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { addProgress, type Progress, ProgressLine, showProgress } from "../../../server/cli/progress.ts";
import type { Event } from "../../../server/engine/event.ts";
import { proved, run, TEXT, tasksOf } from "./recorded.ts";

const task = tasksOf(TEXT)[0]!;
const events = run(task, proved(task, [[], []]));

/** A stream that is a terminal of 60 columns, or none. */
function stream(isTTY: boolean) {
  const through = new PassThrough();
  let text = "";
  through.on("data", (chunk) => {
    text += chunk;
  });
  return {
    stream: Object.assign(through, { isTTY, columns: 60 }) as unknown as NodeJS.WriteStream,
    text: () => text,
  };
}

describe("the progress line", () => {
  it("says what is being done, with what it cost so far", () => {
    const before = events.slice(0, 4).reduce<Progress | null>(addProgress, null);
    expect(showProgress(before!, 100)).toBe("pairs.c: pairs: harvest (120 proposed, 9 checks, 9 s left)");
    expect(events.reduce<Progress | null>(addProgress, null)).toBeNull();
  });

  it("counts tokens where a model took part", () => {
    const counts = { proposed: 1, parsed: 1, screened: 1, checks: 0, tokens: 640, ms: 10 };
    const event: Event = { type: "progress", at: 10, counts, secondsLeft: 3, doing: "model" };
    expect(showProgress([events[0]!, event].reduce<Progress | null>(addProgress, null)!, 100)).toContain(
      "640 tokens",
    );
  });

  it("fits the terminal", () => {
    const progress = { file: "a".repeat(100), group: "f", doing: "x", counts: "", secondsLeft: null };
    expect(showProgress(progress, 20)).toHaveLength(19);
  });

  it("is removed when the function is done", async () => {
    const { stream: terminal, text } = stream(true);
    const line = new ProgressLine(terminal);
    for (const event of events) line.event(event);
    line.clear();
    await new Promise(setImmediate);
    expect(text().endsWith("\r\u001B[2K")).toBe(true);
    expect(text()).toContain("pairs.c: pairs: starting");
  });

  it("is nowhere but on a terminal", async () => {
    const { stream: file, text } = stream(false);
    const line = new ProgressLine(file);
    for (const event of events) line.event(event);
    await new Promise(setImmediate);
    expect(text()).toBe("");
  });
});
