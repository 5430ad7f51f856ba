import type { CType } from "../../../grammars/c/tree.ts";
import { and, type Formula, or, type Term, TRUE } from "../term.ts";
import type { Entity } from "./context.ts";
import type { Region } from "./region.ts";

/** One thing that a pointer may be. */
export type Target =
  | { readonly kind: "element"; readonly region: Region; readonly offset: Term; readonly to: CType }
  /** A variable whose address was taken. */
  | { readonly kind: "variable"; readonly entity: Entity & { kind: "variable" } }
  | { readonly kind: "null" };

/** What a pointer is where a formula holds. */
export interface Case<T = Target> {
  readonly guard: Formula;
  readonly target: T;
}

/**
 * The value of a pointer, in code and in annotations alike. Of the cases of a choice at most one holds; where none does, the
 * pointer leads to memory of which nothing is known but that it is not null.
 */
export type Pointed = Target | Choice;

export interface Choice {
  readonly kind: "choice";
  readonly cases: readonly Case[];
  /** True where it may be that none holds. */
  readonly open: boolean;
  /** Set where that is so because the pointer was given no value: then it may be anything. */
  readonly unset?: true;
}

/** The cases of a pointer; one that always holds where the text says what it is. */
export function casesOf(pointer: Pointed): readonly Case[] {
  return pointer.kind === "choice" ? pointer.cases : [{ guard: TRUE, target: pointer }];
}

/** The pointers to elements among the cases. */
export function elementsOf(pointer: Pointed): (Target & { kind: "element" })[] {
  return casesOf(pointer).flatMap(({ target }) => (target.kind === "element" ? [target] : []));
}

/** A pointer made of cases; one that always holds stands alone. */
export function choice(cases: readonly Case[], open: boolean): Pointed {
  const possible = cases.filter(({ guard }) => guard.kind !== "truth" || guard.value);
  const [only] = possible;
  if (possible.length === 1 && only!.guard.kind === "truth") return only!.target;
  return { kind: "choice", cases: possible, open };
}

/** The pointer with each case made another; a case that becomes null is known no longer. */
export function mapCases(pointer: Pointed, change: (one: Case) => Target | null): Pointed {
  const cases = casesOf(pointer).flatMap((one): Case[] => {
    const target = change(one);
    return target === null ? [] : [{ guard: one.guard, target }];
  });
  const open = pointer.kind === "choice" && pointer.open;
  const mapped = choice(cases, open || cases.length < casesOf(pointer).length);
  return mapped.kind === "choice" && isUnset(pointer) ? { ...mapped, unset: true } : mapped;
}

/** Whether the pointer may be one that was given no value. */
export function isUnset(pointer: Pointed): boolean {
  return pointer.kind === "choice" && pointer.unset === true;
}

/** That the pointer is one for which `holds` says when. */
export function whereSome(pointer: Pointed, holds: (target: Target) => Formula): Formula {
  return or(...casesOf(pointer).map(({ guard, target }) => and(guard, holds(target))));
}

/** That one of the cases holds. */
export function known(pointer: Pointed): Formula {
  return pointer.kind === "choice" && pointer.open ? whereSome(pointer, () => TRUE) : TRUE;
}

/** All pairs of cases of two pointers, under both guards. */
export function pairs(
  a: Pointed,
  b: Pointed,
): { readonly guard: Formula; readonly first: Target; readonly second: Target }[] {
  return casesOf(a).flatMap((one) =>
    casesOf(b).map((other) => ({
      guard: and(one.guard, other.guard),
      first: one.target,
      second: other.target,
    })),
  );
}

/** A term that is what each case says; `otherwise` where none holds. */
export function chosen(
  cases: readonly { readonly guard: Formula; readonly term: Term }[],
  otherwise: Term,
): Term {
  return cases.reduceRight((rest: Term, { guard, term }) => {
    if (guard.kind === "truth") return guard.value ? term : rest;
    return { kind: "choose", condition: guard, then: term, else: rest };
  }, otherwise);
}
