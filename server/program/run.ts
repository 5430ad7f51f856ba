import type { Span } from "../../grammars/c/span.ts";
import type { Command, Variable } from "./program.ts";

/** Values of variables by name; a variable that has not been given one is absent. */
export type Valuation = ReadonlyMap<string, bigint>;

/** One value that the program did not compute: of a variable at entry, or from a `havoc`. */
export interface Input {
  readonly variable: Variable;
  readonly value: bigint;
  readonly when: "entry" | "havoc";
  /** The `havoc`; null at entry. */
  readonly command: Command | null;
  /** The variable's declaration, or the `havoc`. */
  readonly span: Span;
}

/** An arrival at a loop head. `visit` and `iteration` as in `Sighting`. */
export interface Arrival {
  readonly loop: number;
  readonly visit: number;
  readonly iteration: number;
  readonly state: Valuation;
}

type AssertCommand = Extract<Command, { kind: "assert" }>;

/** How a run ended. Only `violated` speaks against the program. */
export type Outcome =
  | { readonly kind: "returned" }
  /** A `requires` or `assume` failed: not a run of the program. */
  | { readonly kind: "blocked"; readonly command: Command; readonly block: number }
  | { readonly kind: "violated"; readonly command: AssertCommand; readonly block: number }
  /** A checked invariant failed on arrival at a loop head; `clause` counts within the loop's list. */
  | { readonly kind: "invariant"; readonly loop: number; readonly clause: number }
  /** A value left its C type, or C's arithmetic overflowed where that is taken to be impossible: not a run of the program. */
  | {
      readonly kind: "outOfRange";
      readonly variable: string | null;
      readonly value: bigint;
      readonly span: Span | null;
    }
  /** A value is undefined (see `evaluateTerm`): not a run that proves anything. */
  | { readonly kind: "undefined"; readonly block: number; readonly span: Span | null }
  /** The limit of steps was reached; a step is one block. */
  | { readonly kind: "steps" };

/** One execution, exact. */
export interface Run {
  readonly outcome: Outcome;
  /** In order of use. */
  readonly inputs: readonly Input[];
  /** Values of the entry inputs. */
  readonly entry: Valuation;
  /** The first and the last arrivals at loop heads, in order; `arrivals` counts all. */
  readonly heads: readonly Arrival[];
  readonly arrivals: number;
  /** Values when the run ended. */
  readonly last: Valuation;
  /** Blocks executed. */
  readonly steps: number;
}

/** What to feed a run: values at entry by variable name, and the values of its `havoc`s in order. */
export interface Inputs {
  readonly initial: ReadonlyMap<string, bigint>;
  readonly havocs: readonly bigint[];
}

/** The inputs that a run had, to run it again. */
export function inputsOf(run: Run): Inputs {
  const initial = run.inputs.filter((input) => input.when === "entry");
  return {
    initial: new Map(initial.map((input) => [input.variable.name, input.value])),
    havocs: run.inputs.filter((input) => input.when === "havoc").map((input) => input.value),
  };
}
