import { describe, expect, it } from "vitest";
import { smtSolver } from "../../../provers/smtlib/session.ts";
import type { Event } from "../../../server/engine/event.ts";
import { defaultOptions } from "../../../server/engine/options.ts";
import { createEngine } from "../../../server/engine/run.ts";
import { compare, integer, variable } from "../../../server/program/term.ts";
import { goneOf, misbehaving } from "../../provers/processes.ts";
import { partsWith, saying, taskOf, whole } from "./parts.ts";

const TASK = taskOf("int count(int n) { int i = 0; while (i < n) i++; assert(i >= 0); return i; }");
const CANDIDATE = whole([compare(">=", variable("i"), integer(0))]);

/** A solver that is busy for ever, and what became of its processes. */
async function started() {
  const watched = misbehaving("never-answers");
  const parts = await partsWith([saying(CANDIDATE)], {}, smtSolver(watched));
  return { watched, engine: createEngine(parts) };
}

describe("cancellation reaches the last child", () => {
  it("ends the run and its processes, in the middle of a check", async () => {
    const { watched, engine } = await started();
    const stop = new AbortController();
    const events: Event[] = [];
    for await (const event of engine(TASK, { ...defaultOptions, timeoutMs: 60_000 }, stop.signal)) {
      events.push(event);
      if (event.type === "state" && event.state === "check") setTimeout(() => stop.abort(), 100);
    }
    const last = events.at(-1);
    expect(last).toMatchObject({
      type: "finished",
      outcome: { kind: "unknown", reason: "it was cancelled" },
    });
    expect(watched.started).toHaveLength(1);
    for (const child of watched.started) expect(await goneOf(child.pid!)).toBe(true);
  });

  it("so does leaving the stream", async () => {
    const { watched, engine } = await started();
    for await (const event of engine(
      TASK,
      { ...defaultOptions, timeoutMs: 60_000 },
      new AbortController().signal,
    ))
      if (event.type === "progress") break;
    expect(watched.started.length).toBeGreaterThan(0);
    for (const child of watched.started) expect(await goneOf(child.pid!)).toBe(true);
  });

  it("and the time limit, whatever the solver does", async () => {
    const { watched, engine } = await started();
    let reason = "";
    for await (const event of engine(
      TASK,
      { ...defaultOptions, timeoutMs: 700 },
      new AbortController().signal,
    ))
      if (event.type === "finished" && event.outcome.kind === "unknown") reason = event.outcome.reason;
    expect(reason).toMatch(/time limit/);
    for (const child of watched.started) expect(await goneOf(child.pid!)).toBe(true);
  });

  it("a run that was cancelled before it began starts nothing", async () => {
    const { watched, engine } = await started();
    for await (const event of engine(TASK, defaultOptions, AbortSignal.abort()))
      if (event.type === "finished") expect(event.outcome).toMatchObject({ reason: "it was cancelled" });
    expect(watched.started).toHaveLength(0);
  });
});
