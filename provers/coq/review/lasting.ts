import type { Theorem } from "../../../grammars/coq/outline.ts";
import type { Assumption } from "./assumptions.ts";

/** Where the theorem is when the file has ended; null for one of a functor and for a section's Let, which have no name from outside. */
export function pathAtEnd({ scope, keyword }: Theorem, name: string): string | null {
  if (keyword === "Let" && scope.some(({ kind }) => kind === "section")) return null;
  if (scope.some(({ kind }) => kind === "functor" || kind === "module type")) return null;
  const modules = scope.filter(({ kind }) => kind === "module").map((module) => module.name);
  return [...modules, name].join(".");
}

/**
 * Compares what the theorem rests on at the end of the file with what it rested on where it was proved: what stands behind it
 * may have put something else in its place. `rests` is null where the file does not have it. Null where they agree.
 */
export function disagreement(
  rests: readonly Assumption[] | null,
  listed: readonly Assumption[],
  { scope }: Theorem,
): string | null {
  // A module's signature may hide it.
  if (rests === null)
    return scope.some(({ kind }) => kind === "module") ? null : "the file ends without the theorem";
  const known = new Set(listed.map(identity));
  const more = rests.find((one) => !known.has(identity(one)));
  return more === undefined ? null : `at the end of the file the theorem rests on more: ${more.text}`;
}

/** Names are printed as short as they are unambiguous, which differs from place to place. */
function identity({ kind, name }: Assumption): string {
  return `${kind} ${name.slice(name.lastIndexOf(".") + 1)}`;
}
