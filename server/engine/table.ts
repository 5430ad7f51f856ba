/**
 * The transition table that the engine runs on (design.md). It is data: `run.ts` executes it and a test model-checks it, so
 * what is proved of the table is true of the engine. States are those of design.md; `cancelled` and `exhausted` lead to
 * `stopped` from everywhere.
 */
export const STATES = ["ask", "parse", "screen", "check", "refine", "judge", "offer", "stopped"] as const;
export type State = (typeof STATES)[number];

/** What a transition costs; every cycle of the table contains one that costs something. */
export type Spends = "candidates" | "checks" | "none";

export interface Transition {
  readonly from: State;
  /** What the handler of `from` answered. */
  readonly on: string;
  readonly to: State;
  readonly spends: Spends;
}

const work: readonly Transition[] = [
  { from: "ask", on: "text", to: "parse", spends: "candidates" },
  { from: "ask", on: "trees", to: "screen", spends: "candidates" },
  { from: "ask", on: "run", to: "judge", spends: "candidates" },
  { from: "ask", on: "nothing left", to: "stopped", spends: "none" },
  { from: "parse", on: "parsed", to: "screen", spends: "none" },
  { from: "parse", on: "rejected", to: "ask", spends: "none" },
  { from: "screen", on: "pooled", to: "ask", spends: "none" },
  { from: "screen", on: "whole", to: "check", spends: "none" },
  { from: "screen", on: "rejected", to: "ask", spends: "none" },
  { from: "check", on: "proved", to: "judge", spends: "checks" },
  { from: "check", on: "refuted", to: "refine", spends: "checks" },
  { from: "check", on: "unknown", to: "refine", spends: "checks" },
  { from: "refine", on: "noted", to: "ask", spends: "none" },
  { from: "judge", on: "proved", to: "offer", spends: "checks" },
  { from: "judge", on: "run confirmed", to: "stopped", spends: "checks" },
  { from: "judge", on: "rejected", to: "refine", spends: "checks" },
  { from: "judge", on: "hopeless", to: "stopped", spends: "checks" },
  { from: "offer", on: "offered", to: "stopped", spends: "none" },
];

const working = STATES.filter((state) => state !== "stopped");

export const TABLE: readonly Transition[] = [
  ...work,
  ...working.map((from): Transition => ({ from, on: "cancelled", to: "stopped", spends: "none" })),
  ...working.map((from): Transition => ({ from, on: "exhausted", to: "stopped", spends: "none" })),
];

/** The transition for a handler's answer; a missing one is a bug in the engine, never a reason to go on. */
export function step(from: State, on: string, table: readonly Transition[] = TABLE): Transition {
  const found = table.find((transition) => transition.from === from && transition.on === on);
  if (!found) throw new Error(`The engine's table has no transition from '${from}' on '${on}'.`);
  return found;
}
