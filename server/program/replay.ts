import { rangeOf } from "./integer.ts";
import { type Chooser, type ExecuteLimits, execute } from "./interpret.ts";
import type { Program } from "./program.ts";
import type { Inputs, Run } from "./run.ts";

/** Enough for a hundred thousand iterations of a small loop; a few seconds at worst. */
const STEPS = 2_000_000;

/** Feeds recorded inputs to a run. Where they end, the value nearest to zero stands in: any value makes a run. */
export function chooseFrom(inputs: Inputs): Chooser {
  let havocs = 0;
  return (what, _sequence, when) => {
    const recorded = when === "entry" ? inputs.initial.get(what.name) : inputs.havocs[havocs++];
    if (recorded !== undefined) return recorded;
    const { low } = rangeOf(what.type);
    return low > 0n ? low : 0n;
  };
}

/**
 * Runs the program again on recorded inputs, exactly. A refutation is confirmed when the outcome is `violated`: then every
 * `requires` and `assume` on the way was met, every value lay in its type, and the assertion was false.
 */
export function replay(program: Program, inputs: Inputs, limits: Partial<ExecuteLimits> = {}): Run {
  return execute(program, chooseFrom(inputs), { steps: STEPS, ...limits });
}
