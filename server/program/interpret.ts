import type { Span } from "../../grammars/c/span.ts";
import { entryInputs } from "./entry.ts";
import { type Admit, evaluateFormula, evaluateTerm, type Lookup } from "./evaluate.ts";
import { rangeOf } from "./integer.ts";
import { arithmeticLimits, isArithmeticOfC } from "./overflow.ts";
import type { Command, Program, Variable } from "./program.ts";
import type { Arrival, Input, Outcome, Run, Valuation } from "./run.ts";
import type { Formula } from "./term.ts";

/** Gives a value in the variable's type to the `sequence`-th input of a run (from 0; those at entry come first). */
export type Chooser = (what: Variable, sequence: number, when: Input["when"]) => bigint;

export interface ExecuteLimits {
  /** Most blocks to execute. */
  readonly steps: number;
  readonly signal?: AbortSignal;
  /** How many arrivals at loop heads to keep from the start, and as many from the end; default 32. */
  readonly arrivals?: number;
  /** Formulas to check on each arrival at a loop head, by loop: the source's own, or a candidate's. */
  readonly invariants?: readonly (readonly Formula[])[];
  /** Collects the assumptions and assertions that held when the run came to them. */
  readonly passed?: Set<Command>;
}

/**
 * Runs a program on exact integers. Values come from the ranges of the C types, under every reading; under `math` a run in which
 * a signed value would have left its type ends as `outOfRange` (see `arithmeticLimits`). Throws only the signal's reason.
 */
export function execute(program: Program, choose: Chooser, limits: ExecuteLimits): Run {
  return new Execution(program, choose, limits).run();
}

class Execution {
  readonly #program: Program;
  readonly #choose: Chooser;
  readonly #limits: ExecuteLimits;
  readonly #variables: ReadonlyMap<string, Variable>;
  readonly #values = new Map<string, bigint>();
  readonly #lookup: Lookup = (name) => this.#values.get(name);
  readonly #inputs: Input[] = [];
  readonly #first: Arrival[] = [];
  readonly #latest: Arrival[] = [];
  readonly #visits: number[];
  readonly #iterations: number[];
  readonly #members: readonly ReadonlySet<number>[];
  readonly #heads: ReadonlyMap<number, number>;
  readonly #admit: Admit;
  #arrivals = 0;
  #overflow: bigint | null = null;

  constructor(program: Program, choose: Chooser, limits: ExecuteLimits) {
    this.#program = program;
    this.#choose = choose;
    this.#limits = limits;
    this.#variables = new Map(program.variables.map((variable) => [variable.name, variable]));
    this.#visits = program.loops.map(() => -1);
    this.#iterations = program.loops.map(() => 0);
    this.#members = program.loops.map((loop) => new Set(loop.blocks));
    this.#heads = new Map(program.loops.map((loop) => [loop.head, loop.id]));
    const limitOf = arithmeticLimits(program);
    this.#admit = (term, value) => {
      const range = limitOf(term);
      if (range === null || (value >= range.low && value <= range.high)) return true;
      this.#overflow = value;
      return false;
    };
  }

  run(): Run {
    let outcome: Outcome | null = null;
    for (const { variable } of entryInputs(this.#program)) {
      outcome ??= this.#input(variable, null);
    }
    const entry = new Map(this.#values);
    let steps = 0;
    let block = this.#program.blocks[this.#program.entry]!;
    outcome ??= this.#arrive(null, block.id);
    while (outcome === null) {
      if (steps >= this.#limits.steps) {
        outcome = { kind: "steps" };
        break;
      }
      if (steps++ % 4096 === 0) this.#limits.signal?.throwIfAborted();
      for (const command of block.commands) {
        outcome = this.#command(command, block.id);
        if (outcome !== null) break;
      }
      if (outcome !== null) break;
      const jump = block.jump;
      if (jump.kind === "return") outcome = { kind: "returned" };
      else {
        let next = jump.kind === "goto" ? jump.to : -1;
        if (jump.kind === "branch") {
          const truth = evaluateFormula(jump.condition, this.#lookup, this.#admit);
          if (truth === null) {
            outcome = this.#unclear(block.id, jump.span);
            break;
          }
          next = truth ? jump.then : jump.else;
        }
        outcome = this.#arrive(block.id, next);
        block = this.#program.blocks[next]!;
      }
    }
    return {
      outcome,
      inputs: this.#inputs,
      entry,
      heads: [...this.#first, ...this.#latest],
      arrivals: this.#arrivals,
      last: this.#values,
      steps,
    };
  }

  #command(command: Command, block: number): Outcome | null {
    switch (command.kind) {
      case "assign": {
        const value = evaluateTerm(command.value, this.#lookup, this.#admit);
        return value === null
          ? this.#unclear(block, command.span)
          : this.#assign(command.target, value, command.span);
      }
      case "havoc":
        return this.#input(this.#variables.get(command.target)!, command);
      default: {
        const admit = isArithmeticOfC(command) ? this.#admit : undefined;
        const truth = evaluateFormula(command.condition, this.#lookup, admit);
        if (truth === null) return this.#unclear(block, command.span);
        if (truth) {
          this.#limits.passed?.add(command);
          return null;
        }
        return command.kind === "assume"
          ? { kind: "blocked", command, block }
          : { kind: "violated", command, block };
      }
    }
  }

  #input(variable: Variable, command: Command | null): Outcome | null {
    const when = command === null ? "entry" : "havoc";
    const span = command?.span ?? variable.span;
    const value = this.#choose(variable, this.#inputs.length, when);
    this.#inputs.push({ variable, value, when, command, span });
    return this.#assign(variable.name, value, span);
  }

  #assign(target: string, value: bigint, span: Span): Outcome | null {
    const { low, high } = rangeOf(this.#variables.get(target)!.type);
    if (value < low || value > high) return { kind: "outOfRange", variable: target, value, span };
    this.#values.set(target, value);
    return null;
  }

  #unclear(block: number, span: Span): Outcome {
    if (this.#overflow === null) return { kind: "undefined", block, span };
    return { kind: "outOfRange", variable: null, value: this.#overflow, span };
  }

  /** Notes the arrival when `to` is a loop head, and checks the invariants asked for. */
  #arrive(from: number | null, to: number): Outcome | null {
    const loop = this.#heads.get(to);
    if (loop === undefined) return null;
    const inside = from !== null && this.#members[loop]!.has(from);
    if (!inside) this.#visits[loop]!++;
    this.#iterations[loop] = inside ? this.#iterations[loop]! + 1 : 0;
    this.#arrivals++;
    const keep = this.#limits.arrivals ?? 32;
    const arrival: Arrival = {
      loop,
      visit: this.#visits[loop]!,
      iteration: this.#iterations[loop]!,
      state: this.#snapshot(),
    };
    if (this.#first.length < keep) this.#first.push(arrival);
    else {
      this.#latest.push(arrival);
      if (this.#latest.length > keep) this.#latest.shift();
    }
    for (const [clause, formula] of (this.#limits.invariants?.[loop] ?? []).entries()) {
      if (evaluateFormula(formula, this.#lookup) === false) return { kind: "invariant", loop, clause };
    }
    return null;
  }

  #snapshot(): Valuation {
    return new Map(this.#values);
  }
}
