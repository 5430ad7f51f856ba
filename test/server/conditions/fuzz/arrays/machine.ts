/**
 * A small machine for functions over arrays that shares nothing with the code under attack: each piece of a function is its C text
 * with what it does here. Numbers stay small, so that nothing overflows and JavaScript's are exact.
 */
export interface Piece<Value> {
  readonly text: string;
  readonly run: (state: State) => Value;
}

/** A pointer into one of the arrays. */
export interface Pointer {
  readonly array: string;
  offset: number;
}

export interface State {
  readonly scalars: Map<string, number>;
  readonly arrays: Map<string, number[]>;
  readonly pointers: Map<string, Pointer>;
  /** What the arrays and scalars held at entry. */
  readonly entry: ReadonlyMap<string, readonly number[]>;
  steps: number;
  /** Called at each loop head. */
  readonly atHead: (loop: number, state: State) => void;
}

/** How a run ends when it does not come to its end. */
export class Ended extends Error {
  readonly how: "outside" | "assertion" | "steps" | "break" | "continue";
  constructor(how: Ended["how"]) {
    super(how);
    this.how = how;
  }
}

/** An element that a formula of the logic mentions and that is not there: what it is there, nobody says. */
export class Nowhere extends Error {}

const STEPS = 400;

export function step(state: State): void {
  if (++state.steps > STEPS) throw new Ended("steps");
}

/** An element for the program: outside its array the run has gone wrong. */
export function element(state: State, array: string, index: number): number {
  const value = state.arrays.get(array)![index];
  if (value === undefined) throw new Ended("outside");
  return value;
}

export function store(state: State, array: string, index: number, value: number): void {
  element(state, array, index);
  state.arrays.get(array)![index] = value;
}

/** An element for a formula. */
export function mentioned(cells: readonly number[] | undefined, index: number): number {
  const value = cells?.[index];
  if (value === undefined) throw new Nowhere();
  return value;
}
