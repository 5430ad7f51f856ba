import { Emitter, FLAG, type Place, POWER_TABLE, SAFE, wideBits } from "./emit.ts";
import { rangeOf } from "./integer.ts";
import { arithmeticLimits, isArithmeticOfC } from "./overflow.ts";
import type { Block, Command, Program, Variable } from "./program.ts";
import type { Formula, Term } from "./term.ts";

/**
 * How a compiled run ended; as `Outcome`, and `unsafe`: a value left the safe integers, so only `execute` can say what happens.
 * Where both an undefined and an unsafe value occur in one expression, the first met counts.
 */
export type Ending = "returned" | "blocked" | "violated" | "outOfRange" | "undefined" | "unsafe" | "steps";

const ENDINGS: readonly Ending[] = [
  "returned",
  "undefined",
  "unsafe",
  "outOfRange",
  "blocked",
  "violated",
  "steps",
];
const [RETURNED, BLOCKED, VIOLATED, STEPS] = [0, 4, 5, 6] as const;

/** What a compiled run asks and tells. */
export interface RunPort {
  /** A value for the `havoc` site with this number: a safe integer in the range of its variable. */
  draw(site: number): number;
  /** The run arrived at a loop's head, from inside the loop or from outside; the state array holds the values. */
  arrive(loop: number, inside: boolean): void;
  /** Set when the run ends: block, command in the block (its number of commands for the jump), blocks executed. */
  block: number;
  command: number;
  steps: number;
}

/** A `havoc` command, numbered in the order of blocks. */
export interface HavocSite {
  readonly variable: Variable;
  readonly block: number;
  readonly command: number;
}

/** A program as a JavaScript function on doubles: agrees with `execute` wherever it does not say `unsafe`. */
export interface Runner {
  readonly program: Program;
  /** Position of each variable in the state array: the order of `program.variables`. */
  readonly index: ReadonlyMap<string, number>;
  readonly sites: readonly HavocSite[];
  /** Runs from the entry on the values in `state`, which it changes; `steps` is the most blocks to execute. */
  run(state: Float64Array, port: RunPort, steps: number): Ending;
}

/** Compiles a program: a fraction of a millisecond for a function of ordinary size. */
export function compileProgram(program: Program): Runner {
  const index = new Map(program.variables.map((variable, position) => [variable.name, position]));
  const writer = new ProgramWriter(program, index);
  const text = writer.text();
  const compiled = new Function("P", "W", text)(POWER_TABLE, wideBits) as (
    state: Float64Array,
    port: RunPort,
    steps: number,
  ) => number;
  return {
    program,
    index,
    sites: writer.sites,
    run: (state, port, steps) => ENDINGS[compiled(state, port, steps)]!,
  };
}

class ProgramWriter {
  readonly sites: HavocSite[] = [];
  readonly #program: Program;
  readonly #variables: ReadonlyMap<string, Variable>;
  readonly #index: ReadonlyMap<string, number>;
  readonly #heads: ReadonlyMap<number, number>;
  readonly #members: readonly ReadonlySet<number>[];
  readonly #ofC: Emitter;
  readonly #ofContracts: Emitter;

  constructor(program: Program, index: ReadonlyMap<string, number>) {
    this.#program = program;
    this.#index = index;
    this.#variables = new Map(program.variables.map((variable) => [variable.name, variable]));
    this.#heads = new Map(program.loops.map((loop) => [loop.head, loop.id]));
    this.#members = program.loops.map((loop) => new Set(loop.blocks));
    const place = (name: string): Place | null => {
      const position = index.get(name);
      if (position === undefined) return null;
      const { low, high } = rangeOf(this.#variables.get(name)!.type);
      return { code: `s[${position}]`, magnitude: Math.min(Math.max(-Number(low), Number(high)), SAFE) };
    };
    this.#ofC = new Emitter(place, arithmeticLimits(program));
    this.#ofContracts = new Emitter(place);
  }

  text(): string {
    const cases = this.#program.blocks.map((block) => `case ${block.id}:${this.#block(block)}`).join("\n");
    const temporaries = Math.max(this.#ofC.temporaries, this.#ofContracts.temporaries);
    this.#ofC.temporaries = temporaries;
    return `return (s,port,limit)=>{${this.#ofC.declarations()}let n=0,v=0,b=${this.#program.entry};
const end=(kind,block,command)=>{port.block=block;port.command=command;port.steps=n;return kind;};
${this.#arrival(null, this.#program.entry)}
for(;;){if(n>=limit)return end(${STEPS},b,0);n++;
switch(b){
${cases}
}}};`;
  }

  #block(block: Block): string {
    const commands = block.commands
      .map((command, position) => this.#command(command, block.id, position))
      .join("\n");
    return `${commands}\n${this.#jump(block)}`;
  }

  #command(command: Command, block: number, position: number): string {
    switch (command.kind) {
      case "assign":
        return this.#assign(command.target, command.value, block, position);
      case "havoc": {
        this.sites.push({ variable: this.#variables.get(command.target)!, block, command: position });
        return `s[${this.#index.get(command.target)!}]=port.draw(${this.sites.length - 1});`;
      }
      default: {
        const emitter = isArithmeticOfC(command) ? this.#ofC : this.#ofContracts;
        const failed = end(command.kind === "assume" ? BLOCKED : VIOLATED, block, position);
        return `${this.#truth(emitter, command.condition, block, position)}if(!v)${failed}`;
      }
    }
  }

  #assign(target: string, value: Term, block: number, position: number): string {
    const { low, high } = rangeOf(this.#variables.get(target)!.type);
    const [least, most] = [Math.max(Number(low), -SAFE), Math.min(Number(high), SAFE)];
    const code = this.#ofC.value(value, least, most, FLAG.outOfRange);
    return `v=${code};if(u!==0)${end("u", block, position)}s[${this.#index.get(target)!}]=v;`;
  }

  #truth(emitter: Emitter, condition: Formula, block: number, position: number): string {
    return `v=${emitter.formula(condition)};if(u!==0)${end("u", block, position)}`;
  }

  #jump(block: Block): string {
    const { jump, id } = block;
    const position = block.commands.length;
    if (jump.kind === "return") return end(RETURNED, id, position);
    if (jump.kind === "goto") return `${this.#go(id, jump.to)}continue;`;
    const truth = this.#truth(this.#ofC, jump.condition, id, position);
    return `${truth}if(v){${this.#go(id, jump.then)}}else{${this.#go(id, jump.else)}}continue;`;
  }

  #go(from: number, to: number): string {
    return `b=${to};${this.#arrival(from, to)}`;
  }

  #arrival(from: number | null, to: number): string {
    const loop = this.#heads.get(to);
    if (loop === undefined) return "";
    return `port.arrive(${loop},${from !== null && this.#members[loop]!.has(from)});`;
  }
}

function end(kind: number | "u", block: number, command: number): string {
  return `return end(${kind},${block},${command});`;
}
