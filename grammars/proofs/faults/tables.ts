import { checkTable, type Roles, type Step } from "../table.ts";
import type { Fault } from "./seed.ts";

export function tableFaults(
  table: readonly Step[],
  states: readonly string[],
  roles: Roles,
): readonly Fault[] {
  const { judge, offer, stopped, start, reads } = roles;
  const fault = (
    what: string,
    change: (table: readonly Step[]) => readonly Step[],
    all: readonly string[] = states,
  ): Fault => ({
    where: "table",
    what,
    caught: () => checkTable(change(table), all, roles)[0] ?? null,
  });
  const edge = (from: string, on: string, change: (step: Step) => Step) => (all: readonly Step[]) =>
    all.map((step) => (step.from === from && step.on === on ? change(step) : step));
  return [
    fault(
      "the judge is skipped",
      edge("check", "proved", (step) => ({ ...step, to: offer })),
    ),
    fault(
      "what the judge rejects is offered",
      edge(judge, "rejected", (step) => ({ ...step, to: offer })),
    ),
    fault(
      "what the judge proved is offered by another name",
      edge(judge, "proved", (step) => ({ ...step, on: "done" })),
    ),
    fault("asking costs nothing", (all) =>
      all.map((step) => (step.from === start ? { ...step, spends: "none" } : step)),
    ),
    fault("a refutation is asked about again for nothing", (all) => [
      ...all,
      { from: "refine", on: "again", to: "refine", spends: "none" },
    ]),
    fault("a state cannot be cancelled", (all) =>
      all.filter(({ from, on }) => from !== "check" || on !== "cancelled"),
    ),
    fault(
      "cancelling leads elsewhere",
      edge("judge", "cancelled", (step) => ({ ...step, to: start })),
    ),
    fault(
      "a spent budget leads elsewhere",
      edge("screen", "exhausted", (step) => ({ ...step, to: start })),
    ),
    fault("a text that does not parse has no way on", (all) =>
      all.filter(({ from, on }) => from !== reads || on !== "rejected"),
    ),
    fault("the end is left", (all) => [
      ...all,
      { from: stopped, on: "text", to: start, spends: "candidates" },
    ]),
    fault("one answer has two ways on", (all) => [
      ...all,
      { from: "check", on: "proved", to: "refine", spends: "checks" },
    ]),
    fault("a state that cannot be reached", (all) => all, [...states, "limbo"]),
    fault("a state that is none", (all) => [
      ...all,
      { from: start, on: "odd", to: "limbo", spends: "candidates" },
    ]),
  ];
}
