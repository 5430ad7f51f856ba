import type { EntryInput } from "./entry.ts";
import { nearest } from "./inputs.ts";
import type { Inputs } from "./run.ts";
import type { Ending, Runner, RunPort } from "./runner.ts";

/** Inputs as safe integers: at entry, aligned with the entry inputs, and the first `havoc`s. */
export interface NumberInputs {
  readonly initial: readonly number[];
  readonly havocs: readonly number[];
}

/** Told of every arrival at a loop head; `state` is in the order of `program.variables`. */
export interface Observer {
  arrive(loop: number, inside: boolean, state: Float64Array): void;
}

/** Runs a compiled program on given inputs and keeps what the last run left: its state, its inputs, where it ended. */
export class Driver implements RunPort {
  readonly runner: Runner;
  readonly entry: readonly EntryInput[];
  readonly state: Float64Array;
  /** All `havoc` values of the last run, in order. */
  havocs: number[] = [];
  /** Arrivals at loop heads in the last run. */
  arrivals = 0;
  block = 0;
  command = 0;
  steps = 0;
  readonly #positions: readonly number[];
  #given: readonly number[] = [];
  #further: (site: number) => number = () => 0;
  #observer: Observer | null = null;

  constructor(runner: Runner, entry: readonly EntryInput[]) {
    this.runner = runner;
    this.entry = entry;
    this.state = new Float64Array(runner.program.variables.length);
    this.#positions = entry.map(({ variable }) => runner.index.get(variable.name)!);
  }

  /** `further` gives the `havoc` values after those in `inputs`; `steps` is the most blocks to execute. */
  drive(
    inputs: NumberInputs,
    further: (site: number) => number,
    steps: number,
    observer: Observer | null = null,
  ): Ending {
    this.state.fill(0);
    for (const [entry, position] of this.#positions.entries()) this.state[position] = inputs.initial[entry]!;
    this.#given = inputs.havocs;
    this.#further = further;
    this.#observer = observer;
    this.havocs = [];
    this.arrivals = 0;
    return this.runner.run(this.state, this, steps);
  }

  /** The next value given, brought into the type of the variable that happens to ask for it. */
  draw(site: number): number {
    const given = this.#given[this.havocs.length];
    const value =
      given === undefined ? this.#further(site) : nearest(given, this.runner.sites[site]!.variable.type);
    this.havocs.push(value);
    return value;
  }

  arrive(loop: number, inside: boolean): void {
    this.arrivals++;
    this.#observer?.arrive(loop, inside, this.state);
  }

  /** Inputs in the form that `replay` takes. */
  exact(inputs: NumberInputs): Inputs {
    return {
      initial: new Map(
        this.entry.map(({ variable }, entry) => [variable.name, BigInt(inputs.initial[entry]!)]),
      ),
      havocs: inputs.havocs.map(BigInt),
    };
  }
}
