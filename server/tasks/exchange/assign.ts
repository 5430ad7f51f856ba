import { type Term, variable } from "../../program/term.ts";
import { substituteFormula, substituteTerm, variablesOfTerm } from "../../program/traverse.ts";
import type { Path } from "./paths.ts";

export interface Assignment {
  readonly target: string;
  readonly value: Term;
}

/**
 * The next values of a path as assignments to the variables themselves, in an order in which none reads what another has changed:
 * what a person would have written. Where they need each other's old values in a circle, one is kept first in the variable of its
 * next value, as for a swap. Null where a value is arbitrary. `renamed`: the variable of each next value.
 */
export function inOrder({ steps }: Path, renamed: ReadonlyMap<string, string>): readonly Assignment[] | null {
  const values = new Map<string, Term>();
  for (const step of steps) {
    if (step.kind !== "define") return null;
    values.set(
      step.name,
      substituteTerm(step.value, (name) => values.get(name) ?? null),
    );
  }
  let left: Assignment[] = [];
  for (const [next, target] of renamed) {
    const value = values.get(next);
    if (value === undefined) return null;
    if (value.kind !== "variable" || value.name !== target) left.push({ target, value });
  }
  const ordered: Assignment[] = [];
  while (left.length > 0) {
    const ready = left.find(({ target }) =>
      left.every((other) => other.target === target || !variablesOfTerm(other.value).has(target)),
    );
    if (ready) {
      ordered.push(ready);
      left = left.filter((one) => one !== ready);
      continue;
    }
    const { target } = left[0]!;
    const [kept] = [...renamed].find(([, name]) => name === target)!;
    ordered.push({ target: kept, value: variable(target) });
    left = left.map((one) =>
      one.target === target ? one : { ...one, value: reading(one.value, target, kept) },
    );
  }
  return ordered;
}

/** The value with another variable read. */
function reading(value: Term, from: string, to: string): Term {
  return substituteTerm(value, (name) => (name === from ? variable(to) : null));
}

/** The path with other names for its variables. */
export function withNames({ guard, steps }: Path, renamed: ReadonlyMap<string, string>): Path {
  const name = (one: string) => renamed.get(one) ?? one;
  const value = (one: string) => (renamed.has(one) ? variable(name(one)) : null);
  return {
    guard,
    steps: steps.map((step) => {
      if (step.kind === "havoc") return { ...step, name: name(step.name) };
      if (step.kind === "assume") return { ...step, condition: substituteFormula(step.condition, value) };
      return { ...step, name: name(step.name), value: substituteTerm(step.value, value) };
    }),
  };
}
