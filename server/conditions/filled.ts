import { placesOf } from "../program/array-places.ts";
import type { ArrayShape } from "../program/program.ts";
import {
  and,
  compare,
  type Formula,
  implies,
  integer,
  select,
  type Term,
  variable,
} from "../program/term.ts";

/** Elements that are written one by one; of more it is said what every one is. */
const MOST_STORES = 32n;

/** The shape of an array that the source declares with its size. */
export interface Sized {
  readonly sizes: readonly bigint[];
}

/** Whether an array's own indices are known. */
export function hasSize(shape: ArrayShape | undefined): shape is ArrayShape & Sized {
  return shape !== undefined && shape.bounds === null && shape.sizes.every((size) => size !== null);
}

/** What an array is that was arbitrary before: a value, or itself with something that holds of it. */
export type Filled = { readonly value: Term } | { readonly fact: Formula };

/**
 * An array whose elements all get one value (`int a[3] = {0}`). It has that value at its own indices only: what an annotation reads
 * behind its end is not known, and `\forall integer i; 0 <= i <= 3 ==> a[i] == 0` is not proved of it.
 */
export function filledWithin(array: Term, value: Term, { sizes }: Sized): Filled {
  if (sizes.reduce((total, size) => total * size, 1n) <= MOST_STORES)
    return {
      value: placesOf(sizes).reduce<Term>(
        (stored, indices) => ({ kind: "store", array: stored, indices: indices.map(integer), value }),
        array,
      ),
    };
  const names = sizes.map((_, at) => `?k${at}`);
  const within = sizes.flatMap((size, at) => [
    compare("<=", integer(0), variable(names[at]!)),
    compare("<", variable(names[at]!), integer(size)),
  ]);
  const element = select(array, ...names.map((name) => variable(name)));
  return {
    fact: { kind: "forall", variables: names, body: implies(and(...within), compare("==", element, value)) },
  };
}
