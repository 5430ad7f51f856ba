import type { Axiom } from "../program/program.ts";
import { foldTerm, same, simplifyTerm } from "../program/simplify.ts";
import { integer, type Term } from "../program/term.ts";
import { visitFormula, visitTerm } from "../program/traverse.ts";
import { boundIn, covers, minimalCover } from "./triggers.ts";

type Application = Term & { kind: "apply" };

/**
 * Applications whose occurrence says which instances of an axiom may be of use: each by itself that mentions all its variables,
 * otherwise some that do together. `matched`: a solver matches them, so that their arguments are variables as they are;
 * `solved`: an argument `x + 1` will do, since what x is then can be told.
 */
export function patternsOf(
  { variables, body }: Pick<Axiom, "variables" | "body">,
  how: "matched" | "solved",
): (readonly Application[])[] {
  const bound = new Set(variables.map(({ name }) => name));
  const usable: Application[] = [];
  visitFormula(body, (node) => {
    if (node.kind !== "apply" || usable.some((one) => same(one, node))) return;
    const fits = node.arguments.every((argument) => {
      if (argument.kind === "variable") return bound.has(argument.name) || !argument.name.startsWith("?");
      if (how === "solved" && offsetOf(argument, bound) !== null) return true;
      return isClosed(argument);
    });
    if (fits) usable.push(node);
  });
  const single = usable.filter((one) => boundIn(one, bound).size === bound.size);
  if (single.length > 0) return single.slice(0, MOST_PATTERNS).map((one) => [one]);
  return bound.size > 0 && covers(usable, bound) ? [minimalCover(usable, bound)] : [];
}

const MOST_PATTERNS = 4;

/** What the variables are where a pattern is this term; null where it cannot be, or not with what is known of them already. */
export function matchPattern(
  pattern: Application,
  term: Application,
  known: ReadonlyMap<string, Term>,
  bound: ReadonlySet<string>,
): ReadonlyMap<string, Term> | null {
  if (pattern.name !== term.name || pattern.arguments.length !== term.arguments.length) return null;
  const found = new Map(known);
  for (const [index, argument] of pattern.arguments.entries()) {
    const value = term.arguments[index]!;
    const solved = offsetOf(argument, bound);
    if (solved === null) {
      if (!same(argument, value)) return null;
      continue;
    }
    const by = simplifyTerm(foldTerm({ kind: "subtract", left: value, right: integer(solved.offset) }));
    const here = solved.offset === 0n ? value : by;
    const before = found.get(solved.name);
    if (before !== undefined && !same(simplifyTerm(before), simplifyTerm(here))) return null;
    found.set(solved.name, before ?? here);
  }
  return found;
}

/** `x`, `x + c` or `x - c` for a bound x. */
function offsetOf(term: Term, bound: ReadonlySet<string>): { name: string; offset: bigint } | null {
  if (term.kind === "variable") return bound.has(term.name) ? { name: term.name, offset: 0n } : null;
  if (term.kind !== "add" && term.kind !== "subtract") return null;
  const { left, right } = term;
  if (left.kind === "variable" && bound.has(left.name) && right.kind === "integer")
    return { name: left.name, offset: term.kind === "add" ? right.value : -right.value };
  if (term.kind === "add" && right.kind === "variable" && bound.has(right.name) && left.kind === "integer")
    return { name: right.name, offset: left.value };
  return null;
}

/** True for a term without bound variables, of an axiom or of a quantifier in it. */
export function isClosed(term: Term): boolean {
  let closed = true;
  visitTerm(term, (node) => {
    if (node.kind === "variable" && node.name.startsWith("?")) closed = false;
  });
  return closed;
}
