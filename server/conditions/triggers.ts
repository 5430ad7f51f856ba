import { keyOf } from "../program/key.ts";
import type { Formula, Term } from "../program/term.ts";
import { visitFormula, visitTerm } from "../program/traverse.ts";

/**
 * Patterns for E-matching (Moskal, "Programming with triggers", 2009): each array element that mentions a bound variable directly as
 * an index. One element that mentions all bound variables makes a pattern by itself; otherwise a set of elements that mentions
 * them together. An element under arithmetic (`a[k + 1]`) matches badly, so it is only taken where there is nothing better;
 * without any pattern the solver is left to choose.
 */
export function triggersOf(formula: Formula & { kind: "forall" | "exists" }): (readonly Term[])[] {
  const bound = new Set(formula.variables);
  const candidates = elementsOf(formula.body).filter((term) => boundIn(term, bound).size > 0);
  const plain = candidates.filter((term) =>
    term.kind === "select" ? direct(term, bound) : plainly(term, bound),
  );
  const usable = covers(plain, bound) ? plain : [];
  const single = usable.filter((term) => boundIn(term, bound).size === bound.size);
  if (single.length > 0) return single.slice(0, 4).map((term) => [term]);
  return usable.length === 0 ? [] : [minimalCover(usable, bound)];
}

function elementsOf(body: Formula): Term[] {
  const found = new Map<string, Term>();
  visitFormula(body, (node) => {
    if (node.kind !== "select" && node.kind !== "apply") return;
    if (node.kind === "select" && !matchable(node.array)) return;
    found.set(keyOf(node), node);
  });
  return [...found.values()];
}

/** A pattern may hold no connective: `choose` and `store` are left to the solver. */
function matchable(term: Term): boolean {
  let plain = true;
  visitTerm(term, (node) => {
    if (node.kind === "choose" || node.kind === "store") plain = false;
  });
  return plain;
}

function direct(term: Term & { kind: "select" }, bound: ReadonlySet<string>): boolean {
  const inner = term.array.kind !== "select" || direct(term.array, bound);
  return (
    inner &&
    term.indices.every((index) => index.kind === "variable" || boundIn(index, bound).size === 0) &&
    matchable(term)
  );
}

function plainly(term: Term, bound: ReadonlySet<string>): boolean {
  if (term.kind !== "apply") return false;
  return (
    term.arguments.every((one) => one.kind === "variable" || boundIn(one, bound).size === 0) &&
    matchable(term)
  );
}

/** Which of these variables occur in a term. */
export function boundIn(term: Term, bound: ReadonlySet<string>): Set<string> {
  const names = new Set<string>();
  visitTerm(term, (node) => {
    if (node.kind === "variable" && bound.has(node.name)) names.add(node.name);
  });
  return names;
}

/** True when the terms mention all of the variables. */
export function covers(terms: readonly Term[], bound: ReadonlySet<string>): boolean {
  const seen = new Set(terms.flatMap((term) => [...boundIn(term, bound)]));
  return seen.size === bound.size;
}

/** Some of the terms that mention together what all of them do: each adds a variable to those before it. */
export function minimalCover<One extends Term>(terms: readonly One[], bound: ReadonlySet<string>): One[] {
  const cover: One[] = [];
  const seen = new Set<string>();
  for (const term of terms) {
    const names = boundIn(term, bound);
    if ([...names].every((name) => seen.has(name))) continue;
    cover.push(term);
    for (const name of names) seen.add(name);
  }
  return cover;
}
