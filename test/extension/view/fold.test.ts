import { describe, expect, test } from "vitest";
import {
  addEvents,
  counterexampleOf,
  parseEventFile,
  type Search,
  select,
} from "../../../extension/view/fold.ts";
import type { Event } from "../../../server/engine/event.ts";

const span = { start: 0, end: 1, line: 1, column: 1 };
const started: Event = {
  type: "started",
  at: 0,
  file: "a.c",
  group: "f",
  span,
  loops: [3],
  timeoutMs: 10_000,
};
const candidate = (
  id: number,
  proposer: string,
  fate: "pooled" | "too weak" | "judged",
  text: string,
): Event => ({
  type: "candidate",
  at: id * 10,
  id,
  proposer,
  text,
  fate,
  reason: fate === "too weak" ? "assertion 'x > 0' at line 9" : null,
});
const search = (): Search =>
  addEvents(
    [],
    [
      started,
      candidate(0, "source", "too weak", "x >= 0"),
      candidate(1, "harvest", "pooled", "y >= x"),
      candidate(2, "houdini", "judged", "x > 0"),
    ],
  )[0]!;
const all = { fates: new Set<never>(), proposer: null, text: "" };
const byTime = { column: "at", descending: true } as const;

describe("the search view's fold", () => {
  test("begins a search with each start, and keeps proposers in the order of their turns", () => {
    const searches = addEvents([], [started, candidate(0, "source", "too weak", "x >= 0"), started]);
    expect(searches).toHaveLength(2);
    expect(search().proposers).toEqual(["source", "harvest", "houdini"]);
  });

  test("sorts and filters candidates by verdict, proposer and words", () => {
    const { candidates } = search();
    const ids = (rows: { id: number }[]) => rows.map(({ id }) => id);
    expect(ids(select(candidates, all, byTime))).toEqual([2, 1, 0]);
    expect(ids(select(candidates, all, { column: "fate", descending: false }))).toEqual([2, 0, 1]);
    expect(ids(select(candidates, { ...all, fates: new Set(["pooled"]) }, byTime))).toEqual([1]);
    expect(ids(select(candidates, { ...all, proposer: "source" }, byTime))).toEqual([0]);
    expect(ids(select(candidates, { ...all, text: "LINE 9" }, byTime))).toEqual([0]);
  });

  test("shows the run of a refuted search where no candidate is chosen", () => {
    const counterexample = { replayed: true, states: [], inputs: [], violated: "assertion 'x'", span };
    const obligation = { kind: "use" as const, text: "assertion 'x'", loop: null, span };
    const counts = { proposed: 0, parsed: 0, screened: 0, checks: 0, tokens: 0, ms: 5 };
    const finished: Event = {
      type: "finished",
      at: 5,
      outcome: { kind: "refuted", obligation, counterexample },
      counts,
    };
    const [refuted] = addEvents([], [started, finished]);
    expect(counterexampleOf(refuted!, null)).toBe(counterexample);
    expect(refuted!.counts.ms).toBe(5);
  });

  test("lives with events that it does not know", () => {
    const unknown = { type: "something new", at: 3 } as unknown as Event;
    expect(addEvents([], [started, unknown])[0]!.at).toBe(3);
  });

  test("reads an event file, a last line that was cut off included", () => {
    const text = `${JSON.stringify(started)}\n${JSON.stringify(candidate(0, "source", "pooled", "x"))}\n{"type": "cand`;
    expect(parseEventFile(text)).toHaveLength(2);
    expect(parseEventFile("no events at all")).toBeNull();
  });
});
