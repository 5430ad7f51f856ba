import type { Random } from "../../../../server/program/random.ts";
import { type Annotation, NOTHING, type Predicate, type Routine, type Term } from "./language.ts";
import { type RunInputs, runOracle } from "./oracle.ts";

type States = readonly ReadonlyMap<string, number>[];

/** States that runs met at each loop head, and at the assertion at the function's end. */
export interface Observed {
  readonly heads: readonly States[];
  readonly end: States;
  readonly results: readonly number[];
}

/** All values of the parameters that `requires` allows, each with a few sequences of flips. */
export function allInputs(of: Routine, random: Random): RunInputs[] {
  let tuples: number[][] = [[]];
  for (const { low, high } of of.parameters) {
    const values = Array.from({ length: high - low + 1 }, (_, index) => low + index);
    tuples = tuples.flatMap((before) => values.map((value) => [...before, value]));
  }
  const probabilities = JSON.stringify(of.body).includes('"flip"') ? [0, 0.3, 0.5, 0.8, 1] : [0];
  return tuples.flatMap((tuple) =>
    probabilities.map((probability) => ({
      arguments: tuple,
      flips: Array.from({ length: probability === 0 ? 0 : 40 }, () => random.chance(probability)),
    })),
  );
}

export function observe(of: Routine, inputs: readonly RunInputs[]): Observed {
  const heads = Array.from({ length: of.loops }, (): ReadonlyMap<string, number>[] => []);
  const end: ReadonlyMap<string, number>[] = [];
  const results: number[] = [];
  const bare = heads.map(() => NOTHING);
  for (const one of inputs) {
    const ending = runOracle(of, bare, one, (loop, visible) => {
      const states = heads[loop] ?? end;
      if (states.length < 300) states.push(visible);
    });
    if (ending.kind === "returned") results.push(ending.result);
  }
  return { heads, end, results };
}

const name = (text: string): Term => ({ kind: "name", name: text });
const number = (value: number): Term => ({ kind: "literal", value });
const compare = (
  relation: (Predicate & { kind: "compare" })["relation"],
  left: Term,
  right: Term,
): Predicate => ({ kind: "compare", relation, left, right });
const operate = (operator: "+" | "-" | "*" | "%", left: Term, right: Term): Term => ({
  kind: "binary",
  operator,
  left,
  right,
});

/** Atoms that hold in all the states, the strongest of each form: bounds, differences, sums, remainders, implications. */
export function atomsFor(states: States, parameters: readonly string[]): Predicate[] {
  const first = states[0];
  if (first === undefined) return [];
  const names = [...first.keys()].filter((one) => states.every((state) => state.has(one)));
  const atoms: Predicate[] = [];
  const column = (of: string) => states.map((state) => state.get(of)!);
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  const constant = (values: readonly number[]) => values.every((value) => value === values[0]);
  for (const x of names) {
    const values = column(x);
    atoms.push(compare(">=", name(x), number(least(values))), compare("<=", name(x), number(most(values))));
    const odd = values.map((value) => value % 2);
    if (constant(odd) && !constant(values))
      atoms.push(compare("==", operate("%", name(x), number(2)), number(odd[0]!)));
    if (parameters.includes(x))
      atoms.push(compare("<=", operate("-", name(x), { kind: "pre", name: x }), number(8)));
    for (const y of names) {
      if (x >= y) continue;
      const ys = column(y);
      const difference = values.map((value, index) => value - ys[index]!);
      const sum = values.map((value, index) => value + ys[index]!);
      const offset = (of: number) => (of === 0 ? name(y) : operate("+", name(y), number(of)));
      if (constant(difference)) atoms.push(compare("==", name(x), offset(difference[0]!)));
      else {
        atoms.push(compare("<=", name(x), offset(most(difference))));
        atoms.push(compare(">=", name(x), offset(least(difference))));
      }
      if (constant(sum)) atoms.push(compare("==", operate("+", name(x), name(y)), number(sum[0]!)));
      const positive = states.filter((state) => state.get(x)! > 0).map((state) => state.get(y)!);
      if (positive.length > 0 && least(positive) > least(ys)) {
        const right = compare(">=", name(y), number(least(positive)));
        atoms.push({ kind: "implies", left: compare(">", name(x), number(0)), right });
      }
    }
  }
  return atoms;
}

/** The atom as it is, or made a little wrong. */
export function disturbed(atom: Predicate, random: Random): Predicate {
  if (atom.kind === "implies")
    return random.chance(0.5) ? atom.right : { ...atom, left: atom.right, right: atom.left };
  if (atom.kind !== "compare") return atom;
  switch (random.between(0, 3)) {
    case 0:
      return { ...atom, relation: random.pick(["<", "<=", ">", ">=", "==", "!="] as const) };
    case 1:
      return { ...atom, right: operate("-", atom.right, number(1)) };
    case 2:
      return { ...atom, right: operate("+", atom.right, number(1)) };
    default:
      return { kind: "not", argument: atom };
  }
}

/** Random annotations for the loops: true atoms, some of them disturbed; sometimes `loop assigns` and a variant. */
export function randomAnnotations(of: Routine, observed: Observed, random: Random): Annotation[] {
  const parameters = of.parameters.map((one) => one.name);
  return observed.heads.map((states) => {
    const atoms = atomsFor(states, parameters);
    const invariants: Predicate[] = [];
    for (let count = random.between(0, 3); count > 0 && atoms.length > 0; count--) {
      const atom = random.pick(atoms);
      invariants.push(random.chance(0.2) ? disturbed(atom, random) : atom);
    }
    if (invariants.length === 2 && random.chance(0.2)) {
      const [left, right] = [invariants[0]!, invariants[1]!];
      invariants.splice(0, 2, { kind: random.pick(["and", "or"]), left, right });
    }
    const names = [...(states[0]?.keys() ?? [])].filter((one) => states.every((state) => state.has(one)));
    const assigns = random.chance(0.1) ? names.filter(() => random.chance(0.8)) : null;
    const variant =
      random.chance(0.15) && names.length > 1
        ? random.chance(0.5)
          ? name(random.pick(names))
          : operate("-", name(random.pick(names)), name(random.pick(names)))
        : null;
    return { invariants, assigns, variant };
  });
}

/** What may be claimed at the end: an atom of the assertion's states, sometimes disturbed. */
export function randomAssertion(of: Routine, observed: Observed, random: Random): Predicate | null {
  const atoms = atomsFor(
    observed.end,
    of.parameters.map((one) => one.name),
  );
  if (atoms.length === 0 || random.chance(0.5)) return null;
  const atom = random.pick(atoms);
  return random.chance(0.15) ? disturbed(atom, random) : atom;
}

/** Bounds of the result, sometimes one too strict. */
export function randomPostconditions(observed: Observed, random: Random): Predicate[] {
  const { results } = observed;
  if (results.length === 0 || random.chance(0.8)) return [];
  const lowest = results.reduce((a, b) => Math.min(a, b)) + (random.chance(0.3) ? 1 : 0);
  return [compare(">=", { kind: "result" }, number(lowest))];
}
