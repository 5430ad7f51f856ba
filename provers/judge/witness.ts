import type { ReachPoint } from "../../server/conditions/vacuity.ts";
import { cellProgram } from "../../server/program/cells.ts";
import type { Command, Program } from "../../server/program/program.ts";
import { replay } from "../../server/program/replay.ts";
import { sampleStates } from "../../server/program/sample.ts";

const MOST_RUNS = 40;
const STEPS = 200_000;

/**
 * Which points concrete runs reach, for those that the solver cannot decide. Every run is replayed exactly, and one that meets a
 * point is a model of its condition: proved invariants hold in it.
 */
export function witnessedBy(original: Program): (point: ReachPoint) => boolean {
  const cells = cellProgram(original);
  const { program } = cells;
  const sample = sampleStates(original, { seed: 1 });
  const numbers = new Set<number>();
  for (const table of sample.tables) {
    for (let row = 0; row < table.size && numbers.size < MOST_RUNS; row++) {
      const { run, iteration } = table.sighting(row);
      if (run >= 0 && iteration > 0) numbers.add(run);
    }
  }
  const passed = new Set<Command>();
  const bodies = new Set<number>();
  const exits = new Set<number>();
  for (const number of numbers) {
    const run = replay(program, sample.inputsOf(number), { steps: STEPS, passed });
    for (const { loop, iteration } of run.heads) {
      if (iteration > 0) bodies.add(loop);
      if (run.outcome.kind === "returned") exits.add(loop);
    }
  }
  const met = new Set([...passed].map((command) => cells.original(command)));
  return ({ of }) => {
    switch (of.kind) {
      case "assumption":
      case "assertion":
        return met.has(of.command);
      case "body":
        return bodies.has(of.loop);
      case "exit":
        return exits.has(of.loop);
      case "head":
        return false;
    }
  };
}
