import { cellProgram } from "./cells.ts";
import { Driver, type NumberInputs } from "./driver.ts";
import { entryInputs, liveVariables } from "./entry.ts";
import { inputSource } from "./inputs.ts";
import type { Program } from "./program.ts";
import { randomFrom } from "./random.ts";
import { Recorder } from "./recorder.ts";
import { repair } from "./repair.ts";
import { replay } from "./replay.ts";
import { type Inputs, inputsOf, type Run } from "./run.ts";
import { compileProgram, type Ending } from "./runner.ts";
import { shrink } from "./shrink.ts";
import type { StateTable } from "./states.ts";

export interface SampleOptions {
  readonly seed: number;
  /** Most runs; default 400. Sampling ends earlier when the tables are full or many runs brought nothing new. */
  readonly maxRuns?: number;
  /** Most blocks executed in all; default 3 million, some 15 ms. */
  readonly maxSteps?: number;
  /** Milliseconds after which no further run starts. Setting it makes the result depend on the machine. */
  readonly budgetMs?: number;
  /** Most states kept per loop; default 1024. */
  readonly capacity?: number;
  /** Inputs to try first, made by a solver for instance. What is missing in them is filled up at random. */
  readonly extraInputs?: readonly Inputs[];
  /** Goes on sampling after a violation; default false. */
  readonly continueAfterViolation?: boolean;
  readonly signal?: AbortSignal;
  /** How much of a declared array is kept, as `cellProgram` takes it; default `usual`. */
  readonly width?: "usual" | "wide";
}

/** States met at loop heads, and a run that breaks an assertion when one was met. */
export interface Sample {
  /** By loop id; columns as `stateTable` says. */
  readonly tables: readonly StateTable[];
  /** Replayed exactly. */
  readonly violation: Run | null;
  readonly runs: number;
  /** Runs that a `requires` or `assume` ended, after repair. */
  readonly blocked: number;
  /** The inputs of a run, by the number in a state's `Sighting`. */
  inputsOf(run: number): Inputs;
}

const SHORT = 1_000;
const MEDIUM = 20_000;
const LONG = 1_000_000;
/** Sampling ends when so many runs together brought fewer than a 25th of their number of new states. */
const STALE = 100;

/** Runs the program on many inputs. The same seed gives the same sample, unless `budgetMs` ends it. */
export function sampleStates(program: Program, options: SampleOptions): Sample {
  const cells = cellProgram(program, options.width);
  const sample = new Sampling(cells.program, options).run();
  if (cells.program !== program) for (const table of sample.tables) table.read = cells.formula;
  return sample;
}

/** A run that was cut off by the limit of steps. */
interface Unfinished {
  readonly inputs: NumberInputs;
  readonly draw: (site: number) => number;
}

class Sampling {
  readonly #program: Program;
  readonly #options: SampleOptions;
  readonly #random;
  readonly #driver: Driver;
  readonly #recorder: Recorder;
  readonly #kept = new Map<number, () => Inputs>();
  readonly #unfinished: Unfinished[] = [];
  readonly #end: number;
  readonly #mayOverflow: boolean;
  #violation: Run | null = null;
  #returned = 0;
  #runs = 0;
  #blocked = 0;
  #steps = 0;
  /** New states, by run. */
  readonly #added: number[] = [];

  constructor(program: Program, options: SampleOptions) {
    this.#program = program;
    this.#options = options;
    this.#random = randomFrom(options.seed);
    const runner = compileProgram(program);
    this.#driver = new Driver(runner, entryInputs(program));
    const same = !this.#varied();
    this.#recorder = new Recorder(program, runner, this.#random, options.capacity ?? 1024, same);
    this.#recorder.discard();
    this.#mayOverflow = program.blocks.some(({ commands }) =>
      commands.some((command) => command.kind === "assert" && command.what === "overflow"),
    );
    this.#end = performance.now() + (options.budgetMs ?? Number.POSITIVE_INFINITY);
  }

  run(): Sample {
    const entry = this.#driver.entry.map(({ variable }) => variable);
    const source = inputSource(this.#program, entry, this.#driver.runner.sites, this.#random);
    for (const extra of this.#options.extraInputs ?? []) {
      if (this.#done()) break;
      this.#extra(extra, source.draft(this.#runs));
    }
    const most = (this.#varied() ? (this.#options.maxRuns ?? 400) : 1) + this.#runs;
    // Some rows are left for what long runs show at the end.
    const enough = (): boolean => this.#stale() || this.#recorder.filled(0.75);
    for (let number = 0; this.#runs < most && !enough() && !this.#done(); number++) {
      const draft = source.draft(number);
      this.#sample({ initial: draft.initial, havocs: [] }, draft.draw);
    }
    this.#finish();
    return {
      tables: this.#recorder.tables,
      violation: this.#violation,
      runs: this.#runs,
      blocked: this.#blocked,
      inputsOf: (run) => this.#inputsOf(run),
    };
  }

  /** One run, repaired when it is blocked at the start. */
  #sample(inputs: NumberInputs, draw: (site: number) => number): void {
    const ending = this.#attempt(inputs, draw, SHORT);
    if (ending === "steps") this.#unfinished.push({ inputs: this.#used(inputs, 64), draw });
    if (ending !== "blocked" || this.#driver.arrivals > 0) {
      if (ending === "blocked") this.#blocked++;
      return;
    }
    const repaired = repair(this.#driver, inputs, draw, this.#random);
    if (repaired === null) {
      this.#blocked++;
      return;
    }
    this.#runs--;
    const again = this.#attempt(repaired, draw, SHORT);
    if (again === "blocked") this.#blocked++;
    if (again === "steps") this.#unfinished.push({ inputs: this.#used(repaired, 64), draw });
  }

  #attempt(inputs: NumberInputs, draw: (site: number) => number, steps: number): Ending {
    const run = this.#runs++;
    const ending = this.#driver.drive(inputs, draw, steps, this.#recorder);
    this.#steps += this.#driver.steps;
    const added = this.#recorder.keep(run);
    if (added > 0) {
      const used = this.#used(inputs);
      this.#kept.set(run, () => this.#driver.exact(used));
    }
    this.#added.push(added);
    if (ending === "returned") this.#returned++;
    if (ending === "violated") this.#violated(inputs);
    return ending;
  }

  /** The inputs that the driver's last run used. */
  #used(inputs: NumberInputs, most = Number.POSITIVE_INFINITY): NumberInputs {
    const { havocs } = this.#driver;
    return { initial: inputs.initial, havocs: havocs.length > most ? havocs.slice(0, most) : havocs };
  }

  #violated(inputs: NumberInputs): void {
    if (this.#violation !== null) return;
    const simple = shrink(this.#driver, this.#used(inputs));
    this.#confirm(this.#driver.exact(simple));
  }

  #confirm(inputs: Inputs): void {
    const run = replay(this.#program, inputs, this.#signal());
    if (run.outcome.kind === "violated") this.#violation ??= run;
  }

  /** Inputs made elsewhere: run exactly when doubles cannot hold them. */
  #extra(extra: Inputs, draft: { readonly initial: readonly number[]; draw(site: number): number }): void {
    const given = this.#driver.entry.map(({ variable }) => extra.initial.get(variable.name));
    const wide = [...given, ...extra.havocs].some(
      (value) => value !== undefined && !Number.isSafeInteger(Number(value)),
    );
    if (!wide) {
      const initial = given.map((value, place) =>
        value === undefined ? draft.initial[place]! : Number(value),
      );
      this.#attempt({ initial, havocs: extra.havocs.map(Number) }, draft.draw, MEDIUM);
      return;
    }
    const number = this.#runs++;
    const run = replay(this.#program, extra, { steps: MEDIUM, ...this.#signal() });
    if (run.outcome.kind === "violated") this.#violation ??= run;
    for (const { loop, visit, iteration, state } of run.heads) {
      const table = this.#recorder.tables[loop]!;
      const values = table.columns.map((name) => Number(state.get(name) ?? 0n));
      if (table.add(values, 0, { run: number, visit, iteration }))
        this.#kept.set(number, () => inputsOf(run));
    }
  }

  /**
   * Runs again, longer, what was cut off: loops of many iterations show how they end. A run that goes on reading input can end at
   * any time, which other runs have shown; only those that compute are worth it, and very long ones only while no run has ended,
   * or where values may grow until they overflow: an int that sums what it counts does so after 65,536 iterations.
   */
  #finish(): void {
    const computing = this.#unfinished.filter(({ inputs }) => inputs.havocs.length < 8);
    const cutOff: Unfinished[] = [];
    for (const one of computing.slice(0, 3)) {
      if (this.#done()) return;
      const ending = this.#attempt(one.inputs, one.draw, MEDIUM);
      // Where nothing new comes, the loop goes round in a circle.
      if (ending === "steps" && this.#added.at(-1)! > 0) cutOff.push(one);
    }
    for (const one of cutOff.slice(0, 2)) {
      const left = (this.#options.maxSteps ?? 3_000_000) - this.#steps;
      if (this.#done() || (this.#returned > 0 && !this.#mayOverflow)) return;
      if (this.#attempt(one.inputs, one.draw, Math.min(LONG, left)) === "steps") return;
    }
  }

  /** False when nothing that runs may differ in can be seen by the program or by an annotation: then one run shows all. */
  #varied(): boolean {
    return this.#driver.entry.length > 0 || liveVariables(this.#program, true).havocs.size > 0;
  }

  /** True when the last runs brought next to nothing new. */
  #stale(): boolean {
    const last = this.#added.slice(-STALE);
    return last.length === STALE && last.reduce((sum, added) => sum + added, 0) < STALE / 25;
  }

  #done(): boolean {
    this.#options.signal?.throwIfAborted();
    if (this.#violation !== null && this.#options.continueAfterViolation !== true) return true;
    return this.#steps >= (this.#options.maxSteps ?? 3_000_000) || performance.now() >= this.#end;
  }

  #inputsOf(run: number): Inputs {
    const inputs = this.#kept.get(run);
    if (inputs === undefined) throw new Error(`no state of run ${run} was kept`);
    return inputs();
  }

  #signal(): { signal?: AbortSignal } {
    return this.#options.signal === undefined ? {} : { signal: this.#options.signal };
  }
}
