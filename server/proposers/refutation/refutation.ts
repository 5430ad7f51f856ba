import type { Proposer, RefutingRun } from "../../engine/interfaces.ts";
import { type Inputs, inputsOf } from "../../program/run.ts";
import { sampleStates } from "../../program/sample.ts";

/**
 * Refutation first: runs on boundary and random inputs. One that breaks an assertion, or an invariant that stands in the source,
 * is the answer; otherwise the states met
 * at the loop heads screen everybody's candidates.
 */
export function samplingProposer(): Proposer {
  return {
    name: "sampling",
    kind: "always",
    async *propose({ task, findings, options, signal, note, checker, round }) {
      if (round > 0) return;
      const sample = (extraInputs: readonly Inputs[]) =>
        sampleStates(task.program, { seed: options.seed, signal, extraInputs });
      let sampled = sample([]);
      if (sampled.violation === null && sampled.tables.some((table) => table.size === 0)) {
        const made = await checker.arrivals(2, signal);
        if (made.length > 0) sampled = sample(made);
      }
      findings.tables = sampled.tables;
      const states = sampled.tables.reduce((sum, table) => sum + table.size, 0);
      note({ type: "finding", text: `${states} states from ${sampled.runs} runs` });
      if (sampled.violation) yield refuting("sampling", inputsOf(sampled.violation));
      for (const loop of task.program.loops) {
        for (const { formula } of loop.invariants) {
          const table = sampled.tables[loop.id]!;
          const screened = table.screen(formula);
          if (screened.kind !== "violated") continue;
          yield refuting("sampling", sampled.inputsOf(table.sighting(screened.row).run));
        }
      }
    },
  };
}

/** Runs that random inputs miss: the loops unrolled a few times and given to the solver. */
export function unrollingProposer(depths: readonly number[]): Proposer {
  return {
    name: "unrolling",
    kind: "always",
    async *propose({ checker, signal, round }) {
      if (round > 0) return;
      for (const depth of depths) {
        const inputs = await checker.violation(depth, signal);
        if (inputs) yield refuting("unrolling", inputs);
      }
    },
  };
}

function refuting(proposer: string, inputs: Inputs): RefutingRun {
  return { kind: "run", proposer, inputs };
}
