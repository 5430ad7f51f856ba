import type { IntegerType } from "./integer.ts";
import type { Block, Clause, Command, Jump, Loop, Program, Variable } from "./program.ts";
import { expandQuantifiers, NOWHERE } from "./quantifiers.ts";
import { simplifyFormula, simplifyTerm } from "./simplify.ts";
import { compare, type Formula, integer, type Term, variable } from "./term.ts";
import { visitFormula } from "./traverse.ts";

/**
 * Bits that hold how many elements a block has that a pointer points into: indices 0 to 6 in three bits. More where the function
 * requires elements at constant places beyond them.
 */
const BITS = 3;
const MOST_BITS = 5;
/** Most elements of a declared array that are kept; a run that goes beyond them is no run here. */
const MOST_CELLS = 20;
/** The same where a run of the whole array is wanted, which costs so much that it is not the first thing to try. */
const WIDE_CELLS = 300;

/**
 * A program without arrays and quantifiers whose runs are runs of another: each array is a few variables, one an element, and a
 * quantifier is a junction over the indices that its bounds allow. What would need more elements ends the run without a verdict.
 * Everything that executes programs (interpreter, sampler, unroller) works on this form, so a run that fails here is a run of the
 * function on small arrays.
 */
export interface CellProgram {
  readonly program: Program;
  /** A formula of the original, over cells; what cannot be told is undefined there. */
  formula(formula: Formula): Formula;
  /** The command of the original that a command stands for. */
  original(command: Command): Command;
}

const made = { usual: new WeakMap<Program, CellProgram>(), wide: new WeakMap<Program, CellProgram>() };

/** The program over cells; the program itself when it has no arrays and no quantifiers. `wide`: whole declared arrays of hundreds. */
export function cellProgram(program: Program, width: "usual" | "wide" = "usual"): CellProgram {
  let found = made[width].get(program);
  if (found === undefined) {
    found = needsCells(program)
      ? new CellWriter(program, width === "wide" ? WIDE_CELLS : MOST_CELLS).write()
      : { program, formula: (one) => one, original: (one) => one };
    made[width].set(program, found);
  }
  return found;
}

/** True when a declared array has elements that are kept only in the wide program. */
export function isCut(program: Program): boolean {
  return program.variables.some((one) => {
    const elements = (one.array?.sizes ?? []).reduce((product, size) => product * Number(size ?? 0n), 1);
    return one.array !== undefined && elements > MOST_CELLS && elements <= WIDE_CELLS;
  });
}

/** True when the program has arrays or quantifiers. */
export function needsCells(program: Program): boolean {
  if (program.variables.some((one) => one.array !== undefined)) return true;
  return (
    JSON.stringify(program.blocks, (_, value) => (typeof value === "bigint" ? 0 : value)).match(
      /"kind":"(?:forall|exists|holds|apply)"/,
    ) !== null
  );
}

/** The cells of an array variable. */
interface Cells {
  readonly sizes: readonly number[];
  /** In row-major order. */
  readonly variables: readonly Variable[];
  /** True when the array has more elements than are kept. */
  readonly cut: boolean;
}

class CellWriter {
  readonly #program: Program;
  readonly #cells = new Map<string, Cells>();
  /** Variables whose value is fixed here: a block begins at offset 0. */
  readonly #fixed = new Map<string, Term>();
  readonly #variables: Variable[] = [];
  readonly #originals = new Map<Command, Command>();
  readonly #most: number;
  /** By the variable that counts a block's elements, the bits that it has. */
  readonly #bits = new Map<string, number>();
  /** The greatest index that quantifiers are expanded to. */
  #window = cellsIn(BITS) + 1;

  constructor(program: Program, most: number) {
    this.#program = program;
    this.#most = most;
    const highs = new Map<string, string>();
    for (const { array, name, text } of program.variables) {
      // What the block held at entry has the same bounds, and comes later.
      if (!array?.bounds || highs.has(array.bounds.high)) continue;
      this.#fixed.set(array.bounds.low, integer(0));
      highs.set(array.bounds.high, (text ?? name).split("[]")[0]!);
    }
    for (const name of highs.keys()) this.#bits.set(name, bitsFor(program, name));
    for (const one of program.variables) {
      if (one.array !== undefined) this.#variables.push(...this.#split(one));
      else if (highs.has(one.name))
        this.#variables.push({
          ...one,
          type: countOf(this.#bits.get(one.name)!),
          text: `elements of ${highs.get(one.name)}`,
        });
      else if (!this.#fixed.has(one.name)) this.#variables.push(one);
    }
  }

  write(): CellProgram {
    const blocks = this.#program.blocks.map((block) => this.#block(block));
    const loops = this.#program.loops.map((loop) => this.#loop(loop));
    const program = { ...this.#program, variables: this.#variables, blocks, loops };
    return {
      program,
      formula: (formula) => this.#formula(formula),
      original: (command) => this.#originals.get(command) ?? command,
    };
  }

  #split(one: Variable): Variable[] {
    const block = cellsIn(this.#bits.get(one.array!.bounds?.high ?? "") ?? BITS);
    const all = one.array!.sizes.map((size) => (size === null ? block : Number(size)));
    const row = all.slice(1).reduce((product, size) => product * size, 1);
    const first = Math.max(1, Math.min(all[0]!, Math.floor(Math.max(this.#most, block) / row)));
    const sizes = [first, ...all.slice(1)];
    this.#window = Math.max(this.#window, ...sizes.map((size) => Math.min(size, this.#most) + 1));
    const variables: Variable[] = [];
    const { array: _, ...plain } = one;
    for (const place of row * first > Math.max(200, this.#most) ? [] : indicesBelow(sizes)) {
      const suffix = place.map((index) => `[${index}]`).join("");
      let { text } = one;
      for (const index of place) text = text?.replace("[]", `[${index}]`) ?? null;
      const shown = text?.startsWith("\\initialized") ? null : text;
      variables.push({ ...plain, name: `${one.name}${suffix}`, text: shown });
    }
    this.#cells.set(one.name, { sizes, variables, cut: first < all[0]! || variables.length === 0 });
    return variables;
  }

  #block(block: Block): Block {
    return {
      ...block,
      commands: block.commands.flatMap((command) => this.#command(command)),
      jump: this.#jump(block.jump),
    };
  }

  #jump(jump: Jump): Jump {
    return jump.kind === "branch" ? { ...jump, condition: this.#formula(jump.condition) } : jump;
  }

  #command(command: Command): Command[] {
    switch (command.kind) {
      case "assume":
      case "assert":
        return [this.#checked(command)];
      case "havoc": {
        const cells = this.#cells.get(command.target);
        if (cells === undefined) return [command];
        return cells.variables.map((cell) => ({ ...command, target: cell.name }));
      }
      case "assign": {
        const cells = this.#cells.get(command.target);
        if (cells === undefined) return [{ ...command, value: this.#term(command.value) }];
        return this.#assignArray(command, cells);
      }
    }
  }

  #checked(command: Extract<Command, { kind: "assume" | "assert" }>): Command {
    const here = { ...command, condition: this.#formula(command.condition) };
    this.#originals.set(here, command);
    return here;
  }

  #assignArray(command: Command & { kind: "assign" }, cells: Cells): Command[] {
    const { value, span } = command;
    const assign = (target: string, term: Term): Command => ({ kind: "assign", target, value: term, span });
    if (value.kind === "filled") {
      const all = this.#term(value.value);
      return cells.variables.map((cell) => assign(cell.name, all));
    }
    if (value.kind === "variable") {
      const from = this.#cells.get(value.name)!;
      return cells.variables.map((cell, place) => assign(cell.name, variable(from.variables[place]!.name)));
    }
    if (value.kind !== "store" || value.array.kind !== "variable" || value.array.name !== command.target)
      throw new Error(`an array is assigned a ${value.kind}`);
    // The index and the value are read before any cell changes.
    const before: Command[] = [];
    const indices = value.indices.map((index) => this.#kept(this.#term(index), LONG, before, span));
    const stored = this.#kept(this.#term(value.value), cells.variables[0]?.type ?? LONG, before, span);
    const inside = cells.cut ? [this.#inCells(indices, cells, span)] : [];
    const flat = flatten(indices, cells.sizes);
    if (flat !== null) {
      const cell = cells.variables[flat];
      return [...before, ...inside, ...(cell === undefined ? [] : [assign(cell.name, stored)])];
    }
    return [
      ...before,
      ...inside,
      ...cells.variables.map((cell, place) => {
        const condition = this.#isPlace(indices, place, cells.sizes);
        return assign(cell.name, { kind: "choose", condition, then: stored, else: variable(cell.name) });
      }),
    ];
  }

  /** That the indices lie among the cells that are kept: else the run ends, which says nothing. */
  #inCells(indices: readonly Term[], cells: Cells, span: Command["span"]): Command {
    const last = integer((cells.variables.length === 0 ? 0 : cells.sizes[0]!) - 1);
    return { kind: "assume", condition: compare("<=", indices[0]!, last), because: "type", span };
  }

  /** A constant as it is, anything else in a variable of its own. */
  #kept(term: Term, type: IntegerType, before: Command[], span: Command["span"]): Term {
    if (term.kind === "integer") return term;
    const name = `cell#${this.#variables.length}`;
    this.#variables.push({ name, type, role: "temporary", text: null, span });
    before.push({ kind: "assign", target: name, value: term, span });
    return variable(name);
  }

  #isPlace(indices: readonly Term[], place: number, sizes: readonly number[]): Formula {
    const wanted = indicesOf(place, sizes);
    const parts = indices.map((index, dimension) => compare("==", index, integer(wanted[dimension]!)));
    return parts.length === 1 ? parts[0]! : { kind: "and", arguments: parts };
  }

  #formula(formula: Formula): Formula {
    return simplifyFormula(this.#read(expandQuantifiers(formula, this.#window)));
  }

  #term(term: Term): Term {
    return this.#readTerm(term);
  }

  #read(formula: Formula): Formula {
    switch (formula.kind) {
      case "truth":
      case "symbol":
        return formula;
      case "compare":
        return { ...formula, left: this.#readTerm(formula.left), right: this.#readTerm(formula.right) };
      case "not":
        return { kind: "not", argument: this.#read(formula.argument) };
      case "and":
      case "or":
        return { kind: formula.kind, arguments: formula.arguments.map((one) => this.#read(one)) };
      case "implies":
      case "iff":
        return { kind: formula.kind, left: this.#read(formula.left), right: this.#read(formula.right) };
      case "forall":
      case "exists":
      case "holds":
        return compare("==", NOWHERE, integer(0));
    }
  }

  #readTerm(term: Term): Term {
    const go = (inner: Term) => this.#readTerm(inner);
    switch (term.kind) {
      case "integer":
        return term;
      case "variable":
        return this.#fixed.get(term.name) ?? term;
      case "negate":
      case "pow2":
      case "wrap":
        return { ...term, argument: go(term.argument) };
      case "choose":
        return {
          kind: "choose",
          condition: this.#read(term.condition),
          then: go(term.then),
          else: go(term.else),
        };
      case "select":
        return this.#element(term);
      case "store":
      case "filled":
      case "apply":
        return NOWHERE;
      default:
        return { ...term, left: go(term.left), right: go(term.right) };
    }
  }

  #element(term: Term & { kind: "select" }): Term {
    const cells = term.array.kind === "variable" ? this.#cells.get(term.array.name) : undefined;
    if (cells === undefined || term.indices.length !== cells.sizes.length) return NOWHERE;
    const indices = term.indices.map((index) => simplifyTerm(this.#readTerm(index)));
    const flat = flatten(indices, cells.sizes);
    if (flat !== null) {
      const cell = cells.variables[flat];
      return cell === undefined ? NOWHERE : variable(cell.name);
    }
    return cells.variables.reduceRight<Term>(
      (rest, cell, place) => ({
        kind: "choose",
        condition: this.#isPlace(indices, place, cells.sizes),
        then: variable(cell.name),
        else: rest,
      }),
      NOWHERE,
    );
  }

  #loop(loop: Loop): Loop {
    const names = (list: readonly string[]) =>
      list.flatMap((name) => this.#cells.get(name)?.variables.map((cell) => cell.name) ?? name);
    const changed = [...names(loop.modified), ...this.#temporaries(loop)];
    return {
      ...loop,
      modified: changed,
      scope: names(loop.scope),
      guard: loop.guard && this.#formula(loop.guard),
      invariants: loop.invariants.map(
        (clause): Clause => ({ ...clause, formula: this.#formula(clause.formula) }),
      ),
      variant: loop.variant && { ...loop.variant, term: this.#term(loop.variant.term) },
    };
  }

  #temporaries(loop: Loop): string[] {
    return loop.blocks.length === 0
      ? []
      : this.#variables.filter(({ name }) => name.startsWith("cell#")).map(({ name }) => name);
  }
}

const LONG: IntegerType = { name: "long", signed: true, bits: 64, rank: 4 };
/** How many elements a small block has. */
function countOf(bits: number): IntegerType {
  return { name: "unsigned char", signed: false, bits, rank: 1 };
}

function cellsIn(bits: number): number {
  return 2 ** bits - 1;
}

/** Bits for the number of a block's elements: enough for the constant places that have to be in it (`\\valid(h + (0 .. 9))`). */
function bitsFor(program: Program, high: string): number {
  let least = 0;
  for (const command of program.blocks[program.entry]!.commands) {
    if (command.kind !== "assume") continue;
    visitFormula(command.condition, (node) => {
      if (node.kind !== "compare" || node.left.kind === node.right.kind) return;
      const [bound, number] =
        node.left.kind === "integer" ? [node.right, node.left] : [node.left, node.right];
      if (bound.kind === "variable" && bound.name === high && number.kind === "integer")
        least = Math.max(least, Number(number.value) + 1);
    });
  }
  for (let bits = BITS; bits <= MOST_BITS; bits++) if (least <= cellsIn(bits)) return bits;
  return BITS;
}

function* indicesBelow(sizes: readonly number[]): Generator<number[]> {
  const count = sizes.reduce((product, size) => product * size, 1);
  for (let place = 0; place < count; place++) yield indicesOf(place, sizes);
}

function indicesOf(place: number, sizes: readonly number[]): number[] {
  const indices: number[] = [];
  let rest = place;
  for (const size of sizes.toReversed()) {
    indices.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return indices;
}

/** The place of constant indices; null when one is not constant, -1 when they are out of range. */
function flatten(indices: readonly Term[], sizes: readonly number[]): number | null {
  let place = 0;
  for (const [dimension, index] of indices.entries()) {
    if (index.kind !== "integer") return null;
    const size = sizes[dimension]!;
    if (index.value < 0n || index.value >= BigInt(size)) return -1;
    place = place * size + Number(index.value);
  }
  return place;
}
