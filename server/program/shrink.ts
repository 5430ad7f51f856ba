import type { Driver, NumberInputs } from "./driver.ts";

const TRIALS = 400;

/**
 * Makes the inputs of a run that breaks an assertion simpler, as long as the same assertion breaks within as many steps: fewer
 * `havoc`s, values nearer to zero. The driver's last run must be the breaking one.
 */
export function shrink(driver: Driver, inputs: NumberInputs): NumberInputs {
  const { block, command } = driver;
  let steps = driver.steps;
  let best: NumberInputs = { initial: inputs.initial, havocs: driver.havocs };
  let trials = 0;
  const attempt = (candidate: NumberInputs): boolean => {
    if (trials++ >= TRIALS) return false;
    const ending = driver.drive(candidate, () => 0, steps);
    if (ending !== "violated" || driver.block !== block || driver.command !== command) return false;
    steps = driver.steps;
    best = { initial: candidate.initial, havocs: driver.havocs };
    return true;
  };
  for (let improved = true; improved && trials < TRIALS; ) {
    improved = false;
    // Whole rounds of a loop first: halves of the sequence, quarters, and so on to single values.
    for (let length = best.havocs.length >> 1; length > 0; length >>= 1) {
      for (let start = 0; start + length <= best.havocs.length; ) {
        const havocs = best.havocs.toSpliced(start, length);
        if (attempt({ initial: best.initial, havocs })) improved = true;
        else start += length;
      }
    }
    for (let place = 0; place < best.initial.length + best.havocs.length; place++) {
      const entries = best.initial.length;
      const value = best.initial[place] ?? best.havocs[place - entries]!;
      for (const simpler of simplerThan(value)) {
        const candidate =
          place < entries
            ? { initial: best.initial.with(place, simpler), havocs: best.havocs }
            : { initial: best.initial, havocs: best.havocs.with(place - entries, simpler) };
        if (!attempt(candidate)) continue;
        improved = true;
        break;
      }
    }
  }
  return best;
}

/** Values to try instead, the simplest first. */
function simplerThan(value: number): number[] {
  const towards = Math.sign(value);
  const less = [1 / 2, 3 / 4, 15 / 16].map((part) => Math.trunc(value * part));
  const tries = [0, 1, -1, ...less, value - towards].filter((one) => cost(one) < cost(value));
  return [...new Set(tries)];
}

/** Small magnitudes are simple, and positive before negative. */
function cost(value: number): number {
  return 2 * Math.abs(value) + (value < 0 ? 1 : 0);
}
