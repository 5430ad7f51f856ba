import type { Random } from "../../../../../server/program/random.ts";
import { type ArrayFunction, MOST, type Predicate, RELATIONS, related, type Value } from "./function.ts";
import { mentioned, Nowhere, type State } from "./machine.ts";

/** What may hold of a state, as ACSL: of scalars, of all or some elements of a range, of what the arrays held at entry. */
export function randomAtom(of: ArrayFunction, counter: string | null, random: Random): Predicate {
  const kind = random.between(0, 9);
  if (counter !== null && kind < 2) return random.pick(boundsOf(counter));
  if (kind < 4) return comparison(scalarsOf(counter), random);
  return quantified(of, counter, random);
}

/** True in the state; null where the formula mentions an element that is not there, whose value nobody knows. */
export function holds(atom: Predicate, state: State): boolean | null {
  try {
    return atom.run(state);
  } catch (error) {
    if (error instanceof Nowhere) return null;
    throw error;
  }
}

/** Bounds of the counter, which most proofs need. */
export function boundsOf(counter: string): Predicate[] {
  const at = (state: State) => state.scalars.get(counter)!;
  const n = (state: State) => state.scalars.get("n")!;
  return [
    { text: `0 <= ${counter}`, run: (state) => 0 <= at(state) },
    { text: `1 <= ${counter}`, run: (state) => 1 <= at(state) },
    { text: `-1 <= ${counter}`, run: (state) => -1 <= at(state) },
    { text: `${counter} <= n`, run: (state) => at(state) <= n(state) },
    { text: `${counter} < n`, run: (state) => at(state) < n(state) },
  ];
}

function scalarsOf(counter: string | null): Value[] {
  return ["s", "x", "n", ...(counter === null ? [] : [counter])].map((name) => ({
    text: name,
    run: (state) => state.scalars.get(name)!,
  }));
}

function small(random: Random): Value {
  const value = random.between(0, 4) - 1;
  return { text: String(value), run: () => value };
}

function comparison(scalars: readonly Value[], random: Random): Predicate {
  const left = random.chance(0.6) ? scalars[0]! : random.pick(scalars);
  const right = random.chance(0.5) ? small(random) : random.pick(scalars);
  const relation = random.pick(RELATIONS);
  return {
    text: `${left.text} ${relation} ${right.text}`,
    run: (state) => related(relation, left.run(state), right.run(state)),
  };
}

type At = { readonly text: string; readonly run: (state: State, k: number) => number };

function quantified(of: ArrayFunction, counter: string | null, random: Random): Predicate {
  const array = random.pick(["a", "a", ...(of.second ? ["b"] : []), ...(of.local ? ["t"] : [])]);
  const [low, high] = rangeOf(array, counter, random);
  const left: At = { text: `${array}[k]`, run: (state, k) => mentioned(state.arrays.get(array), k) };
  const right = otherSide(of, array, counter, random);
  const relation = random.chance(0.5) ? "==" : random.pick(RELATIONS);
  const all = random.chance(0.85);
  const body = `${left.text} ${relation} ${right.text}`;
  return {
    text: all
      ? `(\\forall integer k; ${low.text} <= k < ${high.text} ==> ${body})`
      : `(\\exists integer k; ${low.text} <= k < ${high.text} && ${body})`,
    run: (state) => {
      const [from, to] = [low.run(state), high.run(state)];
      let found = all;
      // No short cut: an element that is not there makes the whole formula one that nobody can judge.
      for (let k = from; k < to; k++) {
        const here = related(relation, left.run(state, k), right.run(state, k));
        found = all ? found && here : found || here;
      }
      return found;
    },
  };
}

function rangeOf(array: string, counter: string | null, random: Random): [Value, Value] {
  const zero: Value = { text: "0", run: () => 0 };
  const end: Value =
    array === "t"
      ? { text: String(MOST), run: () => MOST }
      : { text: "n", run: (state) => state.scalars.get("n")! };
  if (counter === null || random.chance(0.1)) return [zero, end];
  const at: Value = { text: counter, run: (state) => state.scalars.get(counter)! };
  const after: Value = { text: `${counter} + 1`, run: (state) => state.scalars.get(counter)! + 1 };
  if (random.chance(0.65)) return [zero, at];
  return [random.chance(0.7) ? at : after, end];
}

function otherSide(of: ArrayFunction, array: string, counter: string | null, random: Random): At {
  const kind = random.between(0, 7);
  if (kind < 2 && array !== "t")
    return {
      text: `\\at(${array}[k], Pre)`,
      run: (state, k) => mentioned(state.entry.get(array), k),
    };
  if (kind < 3 && of.second && array !== "t") {
    const other = array === "a" ? "b" : "a";
    return { text: `${other}[k]`, run: (state, k) => mentioned(state.arrays.get(other), k) };
  }
  if (kind < 4) return { text: "k", run: (_, k) => k };
  const scalar = kind < 6 ? random.pick(scalarsOf(counter)) : small(random);
  return { text: scalar.text, run: (state) => scalar.run(state) };
}
