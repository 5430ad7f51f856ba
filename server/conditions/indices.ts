import { keyOf } from "../program/key.ts";
import { same, simplifyTerm } from "../program/simplify.ts";
import { type Formula, integer, type Term } from "../program/term.ts";
import { visitFormula, visitProgram, visitTerm } from "../program/traverse.ts";
import type { Passive } from "./passive.ts";

/** What an index term may weigh. */
const MOST_WEIGHT = 9;

/** Indices of array elements in the conditions, the simplest first, and the ends of their quantifiers' ranges. */
export function indexTerms(passive: Passive): Term[] {
  const found = new Map<string, Term>();
  const note = (node: Term | Formula): void => {
    if (node.kind === "select" || node.kind === "store") for (const index of node.indices) add(index);
    if (node.kind === "compare") bound(node.left, node.right);
  };
  const add = (term: Term): void => {
    const simple = simplifyTerm(term);
    if (isIndex(simple)) found.set(keyOf(simple), simple);
  };
  const bound = (left: Term, right: Term): void => {
    for (const [side, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (side.kind !== "variable" || !side.name.startsWith("?")) continue;
      add(other);
      add({ kind: "subtract", left: other, right: integer(1) });
    }
  };
  for (const definition of passive.definitions) {
    if (definition.sort === "Int") visitTerm(definition.value, note);
    else visitFormula(definition.value, note);
  }
  for (const use of passive.uses) visitFormula(use.condition, note);
  for (const fact of passive.facts) visitFormula(fact.implies, note);
  const names = indexVariables(passive);
  for (const state of statesOf(passive))
    for (const name of names) {
      const value = state.get(name);
      if (value !== undefined) add(value);
    }
  const terms = [...found.values()];
  const sizes = new Map(terms.map((term) => [term, keyOf(term).length]));
  return terms.sort((a, b) => sizes.get(a)! - sizes.get(b)!);
}

/** Whether a term is small enough to be one that instances are made at, and has no bound variable in it. */
export function isIndex(term: Term): boolean {
  return isClosed(term) && weightOf(term) <= MOST_WEIGHT;
}

/** How much there is to an index term. What floors a division is one thing: the middle that a search looks at is an index. */
function weightOf(term: Term): number {
  let weight = 0;
  visitTerm(isFloor(term) ? term.left.left : term, (node) => {
    weight++;
    if (node.kind === "select" || node.kind === "store" || node.kind === "choose") weight += 4;
  });
  return weight;
}

/** `(x - r) / n` for the remainder r of x by n that is never negative, as SMT-LIB's `div` reads in C's operators. */
function isFloor(term: Term): term is Term & { kind: "div"; left: Term & { kind: "subtract" } } {
  if (term.kind !== "div" || term.left.kind !== "subtract") return false;
  const { right } = term.left;
  return right.kind === "choose" && right.else.kind === "mod" && same(right.else.left, term.left.left);
}

function isClosed(term: Term): boolean {
  let closed = true;
  visitTerm(term, (node) => {
    if (node.kind === "variable" && node.name.startsWith("?")) closed = false;
  });
  return closed;
}

/** The states in which candidates are assumed and refuted: a candidate may mention elements that the program does not. */
function statesOf(passive: Passive): ReadonlyMap<string, Term>[] {
  return [...passive.heads.flatMap((head) => head?.state ?? []), ...passive.edges.map(({ state }) => state)];
}

/** Variables that loops change and that stand alone as an index. */
function indexVariables({ program }: Passive): Set<string> {
  const moving = new Set(program.loops.flatMap(({ modified }) => modified));
  const names = new Set<string>();
  const note = (node: Term | Formula): void => {
    if (node.kind !== "select" && node.kind !== "store") return;
    for (const index of node.indices)
      if (index.kind === "variable" && moving.has(index.name)) names.add(index.name);
  };
  visitProgram(program, note);
  return names;
}
