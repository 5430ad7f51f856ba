import type { ReachPoint } from "../../server/conditions/vacuity.ts";
import { cellProgram, isCut } from "../../server/program/cells.ts";
import type { Command, Program } from "../../server/program/program.ts";
import { replay } from "../../server/program/replay.ts";
import { sampleStates } from "../../server/program/sample.ts";

const MOST_RUNS = 40;
const STEPS = 200_000;
const WIDE_RUNS = 4;

/**
 * Which points concrete runs reach, for those that the solver cannot decide. Every run is replayed exactly, and one that meets a
 * point is a model of its condition: proved invariants hold in it. Runs over whole arrays of hundreds of elements are made only
 * for what shorter ones do not reach.
 */
export function witnessedBy(original: Program): (point: ReachPoint) => boolean {
  const usual = new Witnesses(original, "usual");
  let wide: Witnesses | null = null;
  return (point) => {
    if (usual.reach(point)) return true;
    if (!isCut(original)) return false;
    wide ??= new Witnesses(original, "wide");
    return wide.reach(point);
  };
}

/** What runs of one width have met. */
class Witnesses {
  readonly #met: ReadonlySet<Command>;
  readonly #bodies = new Set<number>();
  readonly #exits = new Set<number>();

  constructor(original: Program, width: "usual" | "wide") {
    const cells = cellProgram(original, width);
    const { program } = cells;
    const sample = sampleStates(original, {
      seed: 1,
      width,
      ...(width === "wide" && { maxRuns: WIDE_RUNS }),
    });
    const numbers = new Set<number>();
    for (const table of sample.tables) {
      for (let row = 0; row < table.size && numbers.size < MOST_RUNS; row++) {
        const { run, iteration } = table.sighting(row);
        if (run >= 0 && iteration > 0) numbers.add(run);
      }
    }
    const passed = new Set<Command>();
    for (const number of numbers) {
      const run = replay(program, sample.inputsOf(number), { steps: STEPS, passed });
      for (const { loop, iteration } of run.heads) {
        if (iteration > 0) this.#bodies.add(loop);
        if (run.outcome.kind === "returned") this.#exits.add(loop);
      }
    }
    this.#met = new Set([...passed].map((command) => cells.original(command)));
  }

  reach({ of }: ReachPoint): boolean {
    switch (of.kind) {
      case "assumption":
      case "assertion":
        return this.#met.has(of.command);
      case "body":
        return this.#bodies.has(of.loop);
      case "exit":
        return this.#exits.has(of.loop);
      case "head":
        return false;
    }
  }
}
