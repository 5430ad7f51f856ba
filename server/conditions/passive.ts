import { type IntegerRange, isMathematical, rangeOf } from "../program/integer.ts";
import type { Block, Command, Program, Variable } from "../program/program.ts";
import { and, type Formula, or, type Term, TRUE, variable } from "../program/term.ts";
import { isQuantified, substituteFormula, substituteTerm, visitProgram } from "../program/traverse.ts";
import { filledWithin, hasSize } from "./filled.ts";
import { forwardOrder, isBackEdge } from "./order.ts";

/**
 * Verification conditions in passive form (Barnett and Leino, "Weakest-precondition of unstructured programs", PASTE 2005):
 * every loop is cut at its head, where the variables that the loop may modify become arbitrary and the invariants are assumed,
 * and the acyclic rest becomes definitions. All loops of the function are in one set of definitions, so they are proved
 * jointly and what a loop does not modify stays known in it.
 *
 * The assumption at a head is the symbol `assumed`, part of everything reached *after* the head and of nothing before it: a
 * contradictory invariant can therefore not make its own initiation hold.
 */
export interface Passive {
  readonly program: Program;
  /** Arbitrary integers: values at entry, havocs, and the modified variables at loop heads. */
  readonly constants: readonly Constant[];
  /** In order of use; each value mentions constants, `assumed` symbols and earlier definitions. */
  readonly definitions: readonly Definition[];
  /** Symbols that imply a quantified condition which was assumed or, once asserted, may be relied on. */
  readonly facts: readonly Fact[];
  /** By loop id; null for a loop that no path reaches. */
  readonly heads: readonly (Head | null)[];
  readonly edges: readonly Edge[];
  readonly uses: readonly Use[];
  readonly branches: readonly Branch[];
  /** That execution arrives at a block, by block id; blocks that nothing reaches are absent. */
  readonly reaches: ReadonlyMap<number, Formula>;
  readonly assumptions: readonly Assumption[];
  /** Ways out of each loop, `return` included. */
  readonly exits: readonly { readonly loop: number; readonly reach: Formula }[];
}

export interface Constant {
  readonly name: string;
  readonly variable: Variable;
  readonly origin: "entry" | "havoc" | "loop";
  /** The type's range, where the type has one under the reading. */
  readonly range: IntegerRange | null;
  /** For a havoc: that execution arrives at it. Constants stand in the order in which any path asks for them. */
  readonly reach: Formula;
}

export type Definition =
  /** An integer, or an array with so many dimensions. */
  | { readonly sort: "Int"; readonly name: string; readonly value: Term; readonly dimensions?: number }
  | { readonly sort: "Bool"; readonly name: string; readonly value: Formula };

export interface Fact {
  readonly name: string;
  readonly implies: Formula;
}

/** Values of all program variables at a point; terms over constants and definitions. */
export type SymbolicState = ReadonlyMap<string, Term>;

export interface Head {
  readonly loop: number;
  /** That execution arrives here; the invariants are not part of it. */
  readonly reach: Formula;
  /** Name of the symbol that implies the loop's invariants in `state`. */
  readonly assumed: string;
  readonly state: SymbolicState;
  /** Values on arrival from outside, before the modified variables became arbitrary. */
  readonly incoming: SymbolicState;
}

/** An arrival at a loop head at which its invariants must hold: from outside (initiation) or around (consecution). */
export interface Edge {
  readonly kind: "initiation" | "consecution";
  readonly loop: number;
  readonly reach: Formula;
  readonly state: SymbolicState;
}

/** An assertion, postcondition or definedness condition. */
export interface Use {
  readonly command: Extract<Command, { kind: "assert" }>;
  readonly reach: Formula;
  readonly condition: Formula;
  readonly state: SymbolicState;
}

/** A branch on the way, for naming the path of a counterexample. */
export interface Branch {
  readonly reach: Formula;
  readonly condition: Formula;
  readonly line: number;
}

/** An `assume` or `requires`: what was reachable before it must stay so (soundness.md 2). */
export interface Assumption {
  readonly command: Extract<Command, { kind: "assume" }>;
  readonly before: Formula;
  readonly after: Formula;
}

interface Arrival {
  readonly from: number;
  readonly reach: Formula;
  readonly state: SymbolicState;
}

/** Generates the conditions of a program, linear in its size. Symbols begin with `prefix`, so that two sets can share a solver. */
export function passiveForm(program: Program, prefix = ""): Passive {
  return new Generator(program, prefix).run();
}

class Generator {
  readonly #program: Program;
  readonly #variables: ReadonlyMap<string, Variable>;
  readonly #constants: Constant[] = [];
  readonly #definitions: Definition[] = [];
  readonly #facts: Fact[] = [];
  readonly #edges: Edge[] = [];
  readonly #uses: Use[] = [];
  readonly #branches: Branch[] = [];
  readonly #assumptions: Assumption[] = [];
  readonly #exits: { loop: number; reach: Formula }[] = [];
  readonly #heads: (Head | null)[];
  readonly #arrivals: Arrival[][];
  readonly #reaches = new Map<number, Formula>();
  readonly #prefix: string;
  /**
   * Whether the program converts to a signed type that arithmetic takes for unbounded (`ptrdiff_t` to `int`). What a caller hands
   * over is then known to be a value of its type, or every such conversion could change one that is none.
   */
  #narrows = false;
  #count = 0;

  constructor(program: Program, prefix: string) {
    visitProgram(program, (node) => {
      if (node.kind === "wrap" && isMathematical(node.type, program.reading)) this.#narrows = true;
    });
    this.#program = program;
    this.#prefix = prefix;
    this.#variables = new Map(program.variables.map((one) => [one.name, one]));
    this.#heads = program.loops.map(() => null);
    this.#arrivals = program.blocks.map(() => []);
  }

  run(): Passive {
    const program = this.#program;
    const start = new Map<string, Term>();
    for (const one of program.variables) start.set(one.name, this.#constant(one, "entry", TRUE));
    this.#arrivals[program.entry]!.push({ from: -1, reach: TRUE, state: start });
    for (const id of forwardOrder(program)) this.#block(program.blocks[id]!);
    return {
      program,
      constants: this.#constants,
      definitions: this.#definitions,
      facts: this.#facts,
      heads: this.#heads,
      edges: this.#edges,
      uses: this.#uses,
      branches: this.#branches,
      reaches: this.#reaches,
      assumptions: this.#assumptions,
      exits: this.#exits,
    };
  }

  #block(block: Block): void {
    const arrivals = this.#arrivals[block.id]!;
    if (arrivals.length === 0) return;
    let { reach, state } = this.#join(arrivals);
    this.#reaches.set(block.id, reach);
    const loop = this.#program.loops.find((one) => one.head === block.id);
    if (loop) {
      for (const arrival of arrivals) {
        this.#edges.push({ kind: "initiation", loop: loop.id, reach: arrival.reach, state: arrival.state });
      }
      const incoming = state;
      const cut = new Map(state);
      for (const name of loop.modified)
        cut.set(name, this.#constant(this.#variables.get(name)!, "loop", reach));
      state = cut;
      const assumed = this.#fresh(`assumed_${loop.id}`);
      this.#heads[loop.id] = { loop: loop.id, reach, assumed, state, incoming };
      reach = this.#named("after_head", and(reach, { kind: "symbol", name: assumed }));
    }
    const current = new Map(state);
    for (const command of block.commands) reach = this.#command(command, reach, current);
    this.#jump(block, reach, current);
  }

  #command(command: Command, reach: Formula, state: Map<string, Term>): Formula {
    switch (command.kind) {
      case "assign": {
        const value = this.#inState(command.value, state);
        const filled =
          value.kind === "filled" ? this.#filled(command.target, value.value, reach, state) : null;
        if (filled !== null) return filled;
        state.set(command.target, this.#value(command.target, value));
        return reach;
      }
      case "havoc":
        state.set(command.target, this.#constant(this.#variables.get(command.target)!, "havoc", reach));
        return reach;
      case "assume": {
        const after = this.#named("reach", and(reach, this.#fact(this.#formula(command.condition, state))));
        this.#assumptions.push({ command, before: reach, after });
        return after;
      }
      case "assert": {
        const condition = this.#formula(command.condition, state);
        this.#uses.push({ command, reach, condition, state: new Map(state) });
        return command.check ? reach : this.#named("reach", and(reach, this.#fact(condition)));
      }
    }
  }

  /** Null for an array without a size, of which no initialiser gives the elements. */
  #filled(target: string, value: Term, reach: Formula, state: Map<string, Term>): Formula | null {
    const of = this.#variables.get(target)!;
    if (!hasSize(of.array)) return null;
    const array = this.#constant(of, "havoc", reach);
    const filled = filledWithin(array, value, of.array);
    state.set(target, "value" in filled ? this.#value(target, filled.value) : array);
    return "value" in filled ? reach : this.#named("reach", and(reach, this.#fact(filled.fact)));
  }

  /**
   * A quantified condition becomes a symbol that implies it, like the invariants at a head: it then only ever stands where it is
   * assumed, and solvers meet no quantifier below an equivalence or a conditional. A run in which the condition holds is a model
   * with the symbol true, so no run is lost; a symbol that is false ends the run as `assume` does.
   */
  #fact(condition: Formula): Formula {
    if (!isQuantified(condition)) return condition;
    const parts = condition.kind === "and" ? condition.arguments : [condition];
    const plain = parts.filter((part) => !isQuantified(part));
    const facts = parts.filter(isQuantified).map((part): Formula => {
      const name = this.#fresh("fact");
      this.#facts.push({ name, implies: part });
      return { kind: "symbol", name };
    });
    return and(...plain, ...facts);
  }

  #jump(block: Block, reach: Formula, state: SymbolicState): void {
    const { jump } = block;
    switch (jump.kind) {
      case "return":
        for (const loop of this.#program.loops) {
          if (loop.blocks.includes(block.id)) this.#exits.push({ loop: loop.id, reach });
        }
        return;
      case "goto":
        this.#arrive(block.id, jump.to, reach, state);
        return;
      case "branch": {
        const condition = this.#formula(jump.condition, state);
        this.#branches.push({ reach, condition, line: jump.span.line });
        const otherwise: Formula = { kind: "not", argument: condition };
        this.#arrive(block.id, jump.then, this.#named("reach", and(reach, condition)), state);
        this.#arrive(block.id, jump.else, this.#named("reach", and(reach, otherwise)), state);
      }
    }
  }

  #arrive(from: number, to: number, reach: Formula, state: SymbolicState): void {
    for (const loop of this.#program.loops) {
      if (loop.blocks.includes(from) && !loop.blocks.includes(to)) this.#exits.push({ loop: loop.id, reach });
    }
    if (isBackEdge(this.#program, from, to)) {
      const loop = this.#program.loops.find((one) => one.head === to)!;
      this.#edges.push({ kind: "consecution", loop: loop.id, reach, state });
    } else this.#arrivals[to]!.push({ from, reach, state });
  }

  /** Execution is deterministic once constants are chosen, so at most one arrival is taken and a chain of `choose` is exact. */
  #join(arrivals: readonly Arrival[]): { reach: Formula; state: SymbolicState } {
    const first = arrivals[0]!;
    if (arrivals.length === 1) return first;
    const reach = this.#named("reach", or(...arrivals.map((arrival) => arrival.reach)));
    const state = new Map<string, Term>();
    for (const { name } of this.#program.variables) {
      const values = arrivals.map((arrival) => arrival.state.get(name)!);
      let joined = values[values.length - 1]!;
      for (let i = values.length - 2; i >= 0; i--) {
        if (sameAtom(values[i]!, joined)) continue;
        joined = { kind: "choose", condition: arrivals[i]!.reach, then: values[i]!, else: joined };
      }
      state.set(name, this.#value(name, joined));
    }
    return { reach, state };
  }

  #inState(term: Term, state: SymbolicState): Term {
    return substituteTerm(term, (name) => lookup(state, name));
  }

  #formula(formula: Formula, state: SymbolicState): Formula {
    return substituteFormula(formula, (name) => lookup(state, name));
  }

  #value(name: string, value: Term): Term {
    if (value.kind === "integer" || value.kind === "variable") return value;
    const symbol = this.#fresh(name);
    const dimensions = this.#variables.get(name)?.array?.sizes.length;
    this.#definitions.push({ sort: "Int", name: symbol, value, ...(dimensions && { dimensions }) });
    return variable(symbol);
  }

  #named(name: string, value: Formula): Formula {
    if (value.kind === "truth" || value.kind === "symbol") return value;
    const symbol = this.#fresh(name);
    this.#definitions.push({ sort: "Bool", name: symbol, value });
    return { kind: "symbol", name: symbol };
  }

  #constant(of: Variable, origin: Constant["origin"], reach: Formula): Term {
    const name = this.#fresh(of.name);
    const mathematical = isMathematical(of.type, this.#program.reading);
    const unbounded = of.array !== undefined || (mathematical && !(origin === "entry" && this.#narrows));
    const range = unbounded ? null : rangeOf(of.type);
    this.#constants.push({ name, variable: of, origin, range, reach });
    return variable(name);
  }

  #fresh(name: string): string {
    return `${this.#prefix}${name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(?=\d)/, "_")}!${this.#count++}`;
  }
}

function sameAtom(left: Term, right: Term): boolean {
  if (left === right) return true;
  if (left.kind === "variable" && right.kind === "variable") return left.name === right.name;
  return left.kind === "integer" && right.kind === "integer" && left.value === right.value;
}

/** Null for a name that a quantifier binds. */
function lookup(state: SymbolicState, name: string): Term | null {
  if (name.startsWith("?")) return null;
  const value = state.get(name);
  if (!value) throw new Error(`The program uses '${name}', which it does not declare.`);
  return value;
}
