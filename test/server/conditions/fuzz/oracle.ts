import type { Annotation, Expression, Loop, Predicate, Routine, Statement, Term, Type } from "./language.ts";

/** What a run needs: values of the parameters, and what each `unknown_bool()` gives in turn (false when they run out). */
export interface RunInputs {
  readonly arguments: readonly number[];
  readonly flips: readonly boolean[];
}

/** How a run ended. */
export type Ending =
  | { readonly kind: "returned"; readonly result: number }
  /** An assertion, postcondition, invariant, variant, `loop assigns` or definedness condition is false. */
  | {
      readonly kind: "violated";
      readonly what: string;
      readonly loop: number | null;
      readonly first: boolean;
    }
  /** A signed value overflowed: undefined under `32`, no run at all under `math`. */
  | { readonly kind: "overflow" }
  /** An `assume` or `requires` failed. */
  | { readonly kind: "blocked" }
  | { readonly kind: "steps" };

/** Called on each arrival at a loop head, and at each assertion as loop -1, with the variables that have a value there. */
export type Observer = (loop: number, visible: ReadonlyMap<string, number>) => void;

const RANGES: Readonly<Record<Type, readonly [number, number]>> = {
  int: [-(2 ** 31), 2 ** 31 - 1],
  "unsigned int": [0, 2 ** 32 - 1],
  short: [-(2 ** 15), 2 ** 15 - 1],
  "signed char": [-128, 127],
  "unsigned char": [0, 255],
  _Bool: [0, 1],
};

/** Executes the function by C's rules (32-bit int, gcc's conversions), checking every annotation as it goes. */
export function runOracle(
  of: Routine,
  annotations: readonly Annotation[],
  inputs: RunInputs,
  observe?: Observer,
): Ending {
  const machine = new Machine(of, annotations, inputs, observe);
  try {
    return machine.run();
  } catch (error) {
    if (error instanceof Ended) return error.ending;
    throw error;
  }
}

/** Thrown from the depth of an expression to end the run; no error, so it costs no stack trace. */
class Ended {
  readonly ending: Ending;
  constructor(ending: Ending) {
    this.ending = ending;
  }
}

interface Cell {
  readonly type: Type;
  /** null until it is written. */
  value: number | null;
}

type Value = readonly [value: number, type: "int" | "unsigned int"];
type Signal = "on" | "break" | "continue" | "return";
type Scope = Map<string, Cell>;

/** A loop that is being executed: what its `loop assigns` speaks of. */
interface Frame {
  readonly known: ReadonlySet<Cell>;
  readonly listed: ReadonlySet<Cell>;
  /** Something else was written; that counts once the loop's head is reached again (ACSL 2.4.2). */
  broken: boolean;
}

const MOST_STEPS = 400;

class Machine {
  readonly #function: Routine;
  readonly #annotations: readonly Annotation[];
  readonly #inputs: RunInputs;
  readonly #observe: Observer | undefined;
  readonly #scopes: Scope[] = [new Map()];
  readonly #entry = new Map<string, number>();
  readonly #frames: Frame[] = [];
  #flips = 0;
  #steps = 0;
  #result = 0;

  constructor(
    of: Routine,
    annotations: readonly Annotation[],
    inputs: RunInputs,
    observe: Observer | undefined,
  ) {
    this.#function = of;
    this.#annotations = annotations;
    this.#inputs = inputs;
    this.#observe = observe;
  }

  run(): Ending {
    const of = this.#function;
    for (const [index, { name, type, low, high }] of of.parameters.entries()) {
      const value = this.#inputs.arguments[index]!;
      if (value < low || value > high) return { kind: "blocked" };
      this.#scopes[0]!.set(name, { type, value });
      this.#entry.set(name, value);
    }
    if (!of.requires.every((one) => this.#holds(one))) return { kind: "blocked" };
    this.#all(of.body);
    // A parameter in `ensures` denotes its value at entry (ACSL 2.3.1).
    this.#scopes.length = 1;
    for (const [name, value] of this.#entry) this.#scopes[0]!.get(name)!.value = value;
    for (const one of of.ensures) if (!this.#holds(one)) this.#violated("ensures");
    return { kind: "returned", result: this.#result };
  }

  #violated(what: string, loop: number | null = null, first = false): never {
    throw new Ended({ kind: "violated", what, loop, first });
  }

  #tick(): void {
    if (++this.#steps > MOST_STEPS) throw new Ended({ kind: "steps" });
  }

  #scoped<Result>(work: () => Result): Result {
    this.#scopes.push(new Map());
    const result = work();
    this.#scopes.pop();
    return result;
  }

  #all(list: readonly Statement[]): Signal {
    for (const one of list) {
      const signal = this.#one(one);
      if (signal !== "on") return signal;
    }
    return "on";
  }

  #one(of: Statement): Signal {
    this.#tick();
    switch (of.kind) {
      case "declare": {
        const value = of.initial === null ? null : convert(this.#value(of.initial)[0], of.type);
        this.#scopes.at(-1)!.set(of.name, { type: of.type, value });
        return "on";
      }
      case "expression":
        this.#value(of.expression);
        return "on";
      case "block":
        return this.#scoped(() => this.#all(of.body));
      case "if":
        if (this.#value(of.condition)[0] !== 0) return this.#scoped(() => this.#all(of.then));
        return this.#scoped(() => this.#all(of.else ?? []));
      case "while":
      case "do":
      case "for":
        return this.#scoped(() => this.#loop(of));
      case "break":
      case "continue":
        return of.kind;
      case "switch": {
        const [value, type] = this.#value(of.value);
        // Each label is converted to the promoted type of what it is compared with (C11 6.8.4.2).
        const promoted = type === "unsigned int" ? type : "int";
        let start = of.cases.findIndex(({ label }) => label !== null && convert(label, promoted) === value);
        if (start < 0) start = of.cases.findIndex(({ label }) => label === null);
        if (start < 0) return "on";
        for (const { body, breaks } of of.cases.slice(start)) {
          const signal = this.#scoped(() => this.#all(body));
          if (signal === "break") return "on";
          if (signal !== "on") return signal;
          if (breaks) return "on";
        }
        return "on";
      }
      case "return":
        this.#result = convert(this.#value(of.value)[0], "int");
        return "return";
      case "assert":
        this.#observe?.(-1, this.#visible());
        if (!this.#holds(of.predicate)) this.#violated("assert");
        return "on";
      case "assume":
        if (this.#value(of.condition)[0] === 0) throw new Ended({ kind: "blocked" });
        return "on";
    }
  }

  #loop(of: Loop): Signal {
    if (of.initial !== null) this.#one(of.initial);
    const { invariants, assigns, variant } = this.#annotations[of.id]!;
    let measure: number | null = null;
    const depth = this.#frames.length;
    const head = (first: boolean) => {
      this.#tick();
      this.#observe?.(of.id, this.#visible());
      for (const one of invariants) if (!this.#holds(one)) this.#violated("invariant", of.id, first);
      if (!first && this.#frames[depth]?.broken) this.#violated("assigns", of.id);
      if (variant === null) return;
      const now = this.#term(variant);
      if (measure !== null && (measure < 0 || now >= measure)) this.#violated("variant", of.id);
      measure = now;
    };
    const test = () => this.#value(of.condition)[0] !== 0;
    const leave = (signal: Signal): Signal => {
      this.#frames.length = depth;
      return signal;
    };
    for (let first = true; ; first = false) {
      head(first);
      // What the loop's own clause restricts begins after the arrival from outside.
      if (first) this.#frames.push(this.#frame(assigns));
      if (of.kind !== "do" && !test()) return leave("on");
      const signal = this.#scoped(() => this.#all(of.body));
      if (signal === "break") return leave("on");
      if (signal === "return") return leave(signal);
      if (of.kind === "do" && !test()) return leave("on");
      if (of.step !== null) this.#value(of.step);
    }
  }

  #frame(names: readonly string[] | null): Frame {
    const all = this.#scopes.flatMap((scope) => [...scope.keys()]);
    const cells = all.map((name) => this.#cell(name));
    const known = new Set(names === null ? [] : cells);
    return { known, listed: new Set(names?.map((name) => this.#cell(name))), broken: false };
  }

  #visible(): ReadonlyMap<string, number> {
    const all = new Map<string, number>();
    for (const scope of this.#scopes) {
      for (const [name, { value }] of scope) {
        if (value === null) all.delete(name);
        else all.set(name, value);
      }
    }
    return all;
  }

  #cell(name: string): Cell {
    for (let depth = this.#scopes.length - 1; depth >= 0; depth--) {
      const cell = this.#scopes[depth]!.get(name);
      if (cell) return cell;
    }
    throw new Error(`${name} is not declared`);
  }

  #write(name: string, value: number): number {
    const cell = this.#cell(name);
    for (const frame of this.#frames)
      if (frame.known.has(cell) && !frame.listed.has(cell)) frame.broken = true;
    cell.value = convert(value, cell.type);
    return cell.value;
  }

  #read(name: string): Value {
    const { value, type } = this.#cell(name);
    if (value === null) this.#violated("initialised");
    return [value, type === "unsigned int" ? type : "int"];
  }

  #value(of: Expression): Value {
    switch (of.kind) {
      case "literal":
        return [of.value, of.unsigned ? "unsigned int" : "int"];
      case "name":
        return this.#read(of.name);
      case "unary":
        return unary(of.operator, this.#value(of.argument));
      case "binary":
        return this.#binary(of);
      case "conditional": {
        const holds = this.#value(of.condition)[0] !== 0;
        const [value] = this.#value(holds ? of.then : of.else);
        const type =
          this.#typeOf(of.then) === "unsigned int" || this.#typeOf(of.else) === "unsigned int"
            ? "unsigned int"
            : "int";
        return [convert(value, type), type];
      }
      case "cast": {
        const value = convert(this.#value(of.argument)[0], of.type);
        return [value, of.type === "unsigned int" ? of.type : "int"];
      }
      case "assign": {
        const right = of.operator === "=" ? null : this.#read(of.name);
        const value = this.#value(of.value);
        const result = right === null ? value : arithmetic(of.operator.slice(0, -1), right, value);
        const stored = this.#write(of.name, result[0]);
        return [stored, this.#cell(of.name).type === "unsigned int" ? "unsigned int" : "int"];
      }
      case "step": {
        const before = this.#read(of.name);
        const after = arithmetic(of.operator[0]!, before, [1, "int"]);
        const stored = this.#write(of.name, after[0]);
        return of.prefix ? [stored, before[1]] : before;
      }
      case "comma":
        this.#value(of.left);
        return this.#value(of.right);
      case "flip":
        return [this.#inputs.flips[this.#flips++] ? 1 : 0, "int"];
    }
  }

  #binary(of: Expression & { kind: "binary" }): Value {
    if (of.operator === "&&" || of.operator === "||") {
      const left = this.#value(of.left)[0] !== 0;
      if (left === (of.operator === "||")) return [left ? 1 : 0, "int"];
      return [this.#value(of.right)[0] !== 0 ? 1 : 0, "int"];
    }
    const left = this.#value(of.left);
    const right = this.#value(of.right);
    if (of.operator === "/" || of.operator === "%") {
      if (convert(right[0], common(left, right)) === 0) this.#violated("division");
    }
    if (of.operator === "<<" || of.operator === ">>") {
      if (right[0] < 0 || right[0] > 31) this.#violated("shift");
      if (of.operator === "<<" && left[1] === "int" && left[0] < 0) this.#violated("shift");
    }
    return arithmetic(of.operator, left, right);
  }

  #typeOf(of: Expression): "int" | "unsigned int" {
    const either = (...parts: Expression[]) =>
      parts.some((part) => this.#typeOf(part) === "unsigned int") ? "unsigned int" : "int";
    switch (of.kind) {
      case "literal":
        return of.unsigned ? "unsigned int" : "int";
      case "name":
      case "assign":
      case "step":
        return this.#cell(of.name).type === "unsigned int" ? "unsigned int" : "int";
      case "unary":
        return of.operator === "!" ? "int" : this.#typeOf(of.argument);
      case "binary":
        if (["<", "<=", ">", ">=", "==", "!=", "&&", "||"].includes(of.operator)) return "int";
        if (of.operator === "<<" || of.operator === ">>") return this.#typeOf(of.left);
        return either(of.left, of.right);
      case "conditional":
        return either(of.then, of.else);
      case "cast":
        return of.type === "unsigned int" ? of.type : "int";
      case "comma":
        return this.#typeOf(of.right);
      case "flip":
        return "int";
    }
  }

  #term(of: Term): number {
    switch (of.kind) {
      case "literal":
        return of.value;
      case "name":
        return this.#cell(of.name).value ?? 0;
      case "pre":
        return this.#entry.get(of.name)!;
      case "result":
        return this.#result;
      case "binary": {
        const [left, right] = [this.#term(of.left), this.#term(of.right)];
        if (of.operator === "+") return left + right;
        if (of.operator === "-") return left - right;
        if (of.operator === "*") return left * right;
        // Only constants that are not zero divide here.
        return of.operator === "/" ? Math.trunc(left / right) : (left % right) + 0;
      }
    }
  }

  #holds(of: Predicate): boolean {
    switch (of.kind) {
      case "compare":
        return related(of.relation, this.#term(of.left), this.#term(of.right));
      case "not":
        return !this.#holds(of.argument);
      case "and":
        return this.#holds(of.left) && this.#holds(of.right);
      case "or":
        return this.#holds(of.left) || this.#holds(of.right);
      case "implies":
        return !this.#holds(of.left) || this.#holds(of.right);
    }
  }
}

function convert(value: number, type: Type): number {
  if (type === "_Bool") return value === 0 ? 0 : 1;
  const [low, high] = RANGES[type];
  const size = high - low + 1;
  return ((((value - low) % size) + size) % size) + low;
}

function common(left: Value, right: Value): "int" | "unsigned int" {
  return left[1] === "unsigned int" || right[1] === "unsigned int" ? "unsigned int" : "int";
}

/** The exact result as a value of its type. */
function settle(value: number, type: "int" | "unsigned int"): Value {
  if (type === "unsigned int") return [convert(value, type), type];
  const [low, high] = RANGES.int;
  if (value < low || value > high) throw new Ended({ kind: "overflow" });
  return [value + 0, type];
}

function unary(operator: "-" | "!" | "~", [value, type]: Value): Value {
  if (operator === "!") return [value === 0 ? 1 : 0, "int"];
  if (operator === "-") return settle(-value, type);
  return type === "int" ? [~value, type] : [~value >>> 0, type];
}

function arithmetic(operator: string, leftValue: Value, rightValue: Value): Value {
  if (operator === "<<" || operator === ">>") {
    const [left, type] = leftValue;
    const power = 2 ** rightValue[0];
    return operator === ">>" ? [Math.floor(left / power), type] : settle(left * power, type);
  }
  const type = common(leftValue, rightValue);
  const left = convert(leftValue[0], type);
  const right = convert(rightValue[0], type);
  const bits = (result: number): Value => [type === "int" ? result : result >>> 0, type];
  switch (operator) {
    case "+":
      return settle(left + right, type);
    case "-":
      return settle(left - right, type);
    case "*":
      return type === "int" ? settle(left * right, type) : [Math.imul(left, right) >>> 0, type];
    case "/":
      return settle(Math.trunc(left / right), type);
    case "%":
      // INT_MIN % -1 is undefined as INT_MIN / -1 is.
      settle(Math.trunc(left / right), type);
      return [(left % right) + 0, type];
    case "&":
      return bits(left & right);
    case "|":
      return bits(left | right);
    case "^":
      return bits(left ^ right);
    default:
      return [related(operator, left, right) ? 1 : 0, "int"];
  }
}

function related(relation: string, left: number, right: number): boolean {
  switch (relation) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "==":
      return left === right;
    default:
      return left !== right;
  }
}
