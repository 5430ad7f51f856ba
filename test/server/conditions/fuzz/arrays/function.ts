import type { Random } from "../../../../../server/program/random.ts";
import { Ended, element, Nowhere, type Piece, type State, step, store } from "./machine.ts";

export type Value = Piece<number>;
export type Predicate = Piece<boolean>;
type Statement = Piece<void>;

/** Most elements of a parameter's array. */
export const MOST = 3;

/** A function `int f(int *a[, int *b], int n, int x)` over arrays of `n` elements, and a local one. */
export interface ArrayFunction {
  readonly second: boolean;
  readonly local: boolean;
  readonly pointer: boolean;
  readonly body: readonly Statement[];
  /** Names of the loops' counters, by loop. */
  readonly counters: readonly string[];
  readonly result: Value;
  /** Stands before the end. */
  readonly assertion: Predicate | null;
  readonly ensures: readonly Predicate[];
}

export interface ArrayInputs {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly x: number;
}

export function randomArrayFunction(random: Random): ArrayFunction {
  return new Writer(random).write();
}

const literal = (value: number): Value => ({ text: String(value), run: () => value });
const scalar = (name: string): Value => ({ text: name, run: (state) => state.scalars.get(name)! });

class Writer {
  readonly #random: Random;
  readonly #second: boolean;
  readonly #local: boolean;
  readonly #pointer: boolean;
  readonly #counters: string[] = [];

  constructor(random: Random) {
    this.#random = random;
    this.#second = random.chance(0.4);
    this.#local = random.chance(0.3);
    this.#pointer = random.chance(0.3);
  }

  write(): ArrayFunction {
    const body = [this.#loop(), ...(this.#random.chance(0.25) ? [this.#loop()] : [])];
    if (this.#random.chance(0.3)) body.unshift(this.#simple(null));
    if (this.#random.chance(0.3)) body.push(this.#guarded(this.#simple(null)));
    return {
      second: this.#second,
      local: this.#local,
      pointer: this.#pointer,
      body,
      counters: this.#counters,
      result: scalar("s"),
      assertion: null,
      ensures: [],
    };
  }

  #loop(): Statement {
    const id = this.#counters.length;
    const counter = `i${id}`;
    this.#counters.push(counter);
    const down = this.#random.chance(0.15);
    const strict = this.#random.chance(0.96);
    const from = this.#random.chance(0.85) ? 0 : 1;
    const body = Array.from({ length: this.#random.chance(0.6) ? 1 : 2 }, () => this.#inLoop(counter));
    const moves = this.#pointer && id === 0 && !down && this.#random.chance(0.6);
    const text = body.map((one) => one.text).join(" ") + (moves ? " p++;" : "");
    const head = down
      ? `for (int ${counter} = n - 1; ${counter} >= 0; ${counter}--)`
      : `for (int ${counter} = ${from}; ${counter} ${strict ? "<" : "<="} n; ${counter}++)`;
    return {
      text: `\n  /*@LOOP${id}@*/\n  ${head} { ${text} }`,
      run: (state) => {
        const n = state.scalars.get("n")!;
        state.scalars.set(counter, down ? n - 1 : from);
        for (;;) {
          step(state);
          state.atHead(id, state);
          const at = state.scalars.get(counter)!;
          if (down ? at < 0 : strict ? at >= n : at > n) break;
          try {
            for (const one of body) one.run(state);
            if (moves) state.pointers.get("p")!.offset++;
          } catch (error) {
            if (!(error instanceof Ended)) throw error;
            if (error.how === "break") break;
            if (error.how !== "continue") throw error;
          }
          state.scalars.set(counter, state.scalars.get(counter)! + (down ? -1 : 1));
        }
        state.scalars.delete(counter);
      },
    };
  }

  #inLoop(counter: string): Statement {
    if (this.#random.chance(0.4)) return this.#conditional(this.#condition(counter), this.#simple(counter));
    if (this.#random.chance(0.12)) return this.#conditional(this.#condition(counter), this.#leave());
    return this.#simple(counter);
  }

  #leave(): Statement {
    const how = this.#random.chance(0.6) ? "break" : "continue";
    return {
      text: `${how};`,
      run: () => {
        throw new Ended(how);
      },
    };
  }

  #conditional(condition: Predicate, then: Statement): Statement {
    const otherwise = this.#random.chance(0.25) ? this.#assign("s", literal(this.#small())) : null;
    return {
      text: `if (${condition.text}) { ${then.text} }${otherwise ? ` else { ${otherwise.text} }` : ""}`,
      run: (state) => {
        if (condition.run(state)) then.run(state);
        else otherwise?.run(state);
      },
    };
  }

  /** Most of what stands outside a loop is guarded, for the arrays may be empty. */
  #guarded(inner: Statement): Statement {
    return this.#conditional({ text: "n > 0", run: (state) => state.scalars.get("n")! > 0 }, inner);
  }

  #simple(counter: string | null): Statement {
    const kind = this.#random.between(0, 9);
    if (kind < 4) return this.#store(counter);
    if (kind < 5 && this.#pointer) {
      const value = this.#value(counter);
      return {
        text: `*p = ${value.text};`,
        run: (state) => {
          const stored = value.run(state);
          const { array, offset } = state.pointers.get("p")!;
          store(state, array, offset, stored);
        },
      };
    }
    if (kind < 7) {
      const value = this.#value(counter);
      return this.#assign("s", value);
    }
    if (kind < 8) {
      return {
        text: "s++;",
        run: (state) => {
          state.scalars.set("s", state.scalars.get("s")! + 1);
        },
      };
    }
    const value = this.#value(counter);
    return {
      text: `s += ${value.text};`,
      run: (state) => {
        state.scalars.set("s", state.scalars.get("s")! + value.run(state));
      },
    };
  }

  #assign(name: string, value: Value): Statement {
    return {
      text: `${name} = ${value.text};`,
      run: (state) => {
        state.scalars.set(name, value.run(state));
      },
    };
  }

  #store(counter: string | null): Statement {
    const array = this.#array();
    const index = this.#index(array, counter);
    const value = this.#value(counter);
    return {
      text: `${array}[${index.text}] = ${value.text};`,
      run: (state) => {
        const at = index.run(state);
        store(state, array, at, value.run(state));
      },
    };
  }

  #array(): string {
    return this.#random.pick(["a", "a", ...(this.#second ? ["b"] : []), ...(this.#local ? ["t"] : [])]);
  }

  #index(array: string, counter: string | null): Value {
    if (counter === null || this.#random.chance(0.08)) return literal(this.#random.between(0, 1));
    const at = scalar(counter);
    const odd = this.#random.between(0, 39);
    if (odd === 0) return { text: `${counter} + 1`, run: (state) => at.run(state) + 1 };
    if (odd === 1) return { text: `${counter} - 1`, run: (state) => at.run(state) - 1 };
    if (odd < 5)
      return { text: `n - 1 - ${counter}`, run: (state) => state.scalars.get("n")! - 1 - at.run(state) };
    if (array === "t" && odd < 15) return { text: `${counter} % 2`, run: (state) => at.run(state) % 2 };
    return at;
  }

  #small(): number {
    return this.#random.between(0, 3) - 1;
  }

  #value(counter: string | null): Value {
    const kind = this.#random.between(0, 11);
    if (kind < 4) return literal(this.#small());
    if (kind < 5) return scalar("x");
    if (kind < 6) return scalar("s");
    if (kind < 7 && counter !== null) return scalar(counter);
    if (kind < 8 && this.#pointer)
      return {
        text: "*p",
        run: (state) => {
          const { array, offset } = state.pointers.get("p")!;
          return element(state, array, offset);
        },
      };
    const array = this.#array();
    const index = this.#index(array, counter);
    const read: Value = {
      text: `${array}[${index.text}]`,
      run: (state) => element(state, array, index.run(state)),
    };
    if (kind < 10) return read;
    const more = this.#random.between(0, 2) - 1;
    return { text: `${read.text} + ${more}`, run: (state) => read.run(state) + more };
  }

  #condition(counter: string): Predicate {
    const left = this.#value(counter);
    const right = this.#random.chance(0.5) ? literal(this.#small()) : this.#value(counter);
    const relation = this.#random.pick(RELATIONS);
    return {
      text: `${left.text} ${relation} ${right.text}`,
      run: (state) => {
        const first = left.run(state);
        return related(relation, first, right.run(state));
      },
    };
  }
}

export const RELATIONS = ["<", "<=", ">", ">=", "==", "!="] as const;

export function related(relation: (typeof RELATIONS)[number], left: number, right: number): boolean {
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
    case "!=":
      return left !== right;
  }
}

/** The function as C, with `invariants` at its loops. */
export function printArrayFunction(of: ArrayFunction, invariants: readonly (readonly Predicate[])[]): string {
  const both = of.second
    ? " && \\valid(b + (0 .. n - 1)) && \\separated(a + (0 .. n - 1), b + (0 .. n - 1))"
    : "";
  const lines = [
    `/*@ requires 0 <= n <= ${MOST} && -1 <= x <= 2;`,
    `  @ requires \\valid(a + (0 .. n - 1))${both};`,
    ...of.ensures.map((one) => `  @ ensures ${one.text.replace(/\bs\b/g, "\\result")};`),
    "  @*/",
    `int f(int *a, ${of.second ? "int *b, " : ""}int n, int x) {`,
    "  int s = 0;",
    ...(of.local ? [`  int t[${MOST}] = {1, 0, 2};`] : []),
    ...(of.pointer ? ["  int *p = a;"] : []),
    ...of.body.map((one) => `  ${one.text}`),
    ...(of.assertion ? [`  //@ assert ${of.assertion.text};`] : []),
    `  return ${of.result.text};`,
    "}",
  ];
  return lines.join("\n").replace(/\/\*@LOOP(\d)@\*\//g, (_, loop) => {
    const own = invariants[+loop] ?? [];
    return own.length === 0
      ? ""
      : `/*@ ${own.map((one) => `loop invariant ${one.text};`).join("\n    @ ")} */`;
  });
}

export type ArrayEnding =
  | { readonly kind: "returned"; readonly result: number; readonly a: readonly number[] }
  /** `loop`: whose invariant, and `first`: on the first arrival at it. */
  | {
      readonly kind: "violated";
      readonly what: string;
      readonly loop: number | null;
      readonly first: boolean;
    }
  | { readonly kind: "steps" }
  /** A formula mentions an element that is not there: nobody can judge the run. */
  | { readonly kind: "unclear" };

/** Runs the function; `observe` sees each arrival at a loop's head. */
export function runArrayFunction(
  of: ArrayFunction,
  inputs: ArrayInputs,
  invariants: readonly (readonly Predicate[])[] = [],
  observe: (loop: number, state: State) => void = () => {},
): ArrayEnding {
  const seen = new Set<number>();
  const state = startOf(of, inputs, (loop, here) => {
    observe(loop, here);
    for (const one of invariants[loop] ?? [])
      if (!one.run(here)) throw new BrokenInvariant(loop, !seen.has(loop));
    seen.add(loop);
  });
  try {
    for (const one of of.body) one.run(state);
    if (of.assertion && !of.assertion.run(state)) return violated("assertion");
    if (!of.ensures.every((one) => one.run(state))) return violated("postcondition");
    return { kind: "returned", result: of.result.run(state), a: state.arrays.get("a")! };
  } catch (error) {
    if (error instanceof Nowhere) return { kind: "unclear" };
    if (error instanceof BrokenInvariant)
      return { kind: "violated", what: "invariant", loop: error.loop, first: error.first };
    if (!(error instanceof Ended)) throw error;
    return error.how === "steps" ? { kind: "steps" } : violated(error.how);
  }
}

class BrokenInvariant extends Error {
  readonly loop: number;
  readonly first: boolean;
  constructor(loop: number, first: boolean) {
    super(`the invariant of loop ${loop}`);
    this.loop = loop;
    this.first = first;
  }
}

function violated(what: string): ArrayEnding {
  return { kind: "violated", what, loop: null, first: false };
}

/** The state after a run that came to its end; null for any other. */
export function lastState(of: ArrayFunction, inputs: ArrayInputs): State | null {
  const state = startOf(of, inputs, () => {});
  try {
    for (const one of of.body) one.run(state);
    return state;
  } catch (error) {
    if (error instanceof Ended) return null;
    throw error;
  }
}

function startOf(of: ArrayFunction, { a, b, x }: ArrayInputs, atHead: State["atHead"]): State {
  return {
    scalars: new Map([
      ["n", a.length],
      ["x", x],
      ["s", 0],
    ]),
    arrays: new Map([
      ["a", [...a]],
      ["b", [...b]],
      ["t", [1, 0, 2]],
    ]),
    pointers: new Map(of.pointer ? [["p", { array: "a", offset: 0 }]] : []),
    entry: new Map([
      ["a", a],
      ["b", b],
    ]),
    steps: 0,
    atHead,
  };
}
