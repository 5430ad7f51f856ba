import type { Loop, Program } from "../../program/program.ts";
import { same, simplifyTerm } from "../../program/simplify.ts";
import {
  and,
  compare,
  type Formula,
  implies,
  integer,
  or,
  plusConstant,
  type Relation,
  select,
  type Term,
  variable,
} from "../../program/term.ts";
import { visitBlocks, visitFormula } from "../../program/traverse.ts";
import { isFree } from "./shapes.ts";

const K = variable("?k");
/** Scalars that hold elements, and pairs of elements that are compared, at most. */
const MOST_SCALARS = 4;
const MOST_PAIRS = 2;

/**
 * Variables that hold an element (`min = a[i]`): which of the loop's places it is of, and, where `some` part of what is to be
 * shown is that something exists, that it is among those passed so far.
 */
export function* heldElements(
  program: Program,
  loop: Loop,
  places: readonly Term[],
  some: boolean,
): Generator<Formula> {
  const scope = new Set(loop.scope);
  for (const { scalar, array } of copiesOf(program).slice(0, MOST_SCALARS)) {
    if (!scope.has(scalar) || !scope.has(array)) continue;
    const holds = (index: Term) => compare("==", variable(scalar), select(variable(array), index));
    for (const place of places) if (!same(place, variable(scalar))) yield holds(place);
    if (!some) continue;
    for (const place of places) {
      for (const end of [place, simplifyTerm(plusConstant(place, 1))]) {
        const passed = and(compare("<=", integer(0), K), compare("<", K, end));
        const found: Formula = { kind: "exists", variables: ["?k"], body: and(passed, holds(K)) };
        yield found;
        yield implies(compare("<", integer(0), end), found);
      }
    }
  }
}

/**
 * Two elements that the loop compares with each other, from two places that move (`a[x] <= a[y]`): what one of the places has
 * passed is no greater, or no less, than one of the two.
 */
export function* betweenTwo(program: Program, loop: Loop, ends: readonly Term[]): Generator<Formula> {
  for (const { array, places } of comparedPairs(program, loop).slice(0, MOST_PAIRS)) {
    const at = (index: Term) => select(variable(array), index);
    for (const relation of ["<=", ">="] satisfies Relation[]) {
      const bounded = or(...places.map((place) => compare(relation, at(K), at(place))));
      for (const place of places) {
        for (const end of [integer(0), ...ends]) {
          if (same(end, place)) continue;
          for (const part of [
            and(compare("<=", end, K), compare("<", K, place)),
            and(compare("<", place, K), compare("<", K, end)),
          ])
            yield { kind: "forall", variables: ["?k"], body: implies(part, bounded) };
        }
      }
    }
  }
}

/** Assignments of an element of a one-dimensional array to a variable. */
function copiesOf(program: Program): { readonly scalar: string; readonly array: string }[] {
  const found = new Map<string, { readonly scalar: string; readonly array: string }>();
  for (const { commands } of program.blocks)
    for (const command of commands) {
      if (command.kind !== "assign" || command.value.kind !== "select") continue;
      const { array, indices } = command.value;
      if (array.kind !== "variable" || indices.length !== 1) continue;
      const scalar = program.variables.find(({ name }) => name === command.target);
      if (scalar === undefined || scalar.array !== undefined || scalar.role === "temporary") continue;
      found.set(`${command.target} ${array.name}`, { scalar: command.target, array: array.name });
    }
  return [...found.values()];
}

/** Comparisons, in a loop, of two elements of one array at variables that the loop moves. */
function comparedPairs(
  program: Program,
  loop: Loop,
): { readonly array: string; readonly places: readonly [Term, Term] }[] {
  const moving = new Set(loop.modified);
  const found: { readonly array: string; readonly places: readonly [Term, Term] }[] = [];
  const placeOf = (term: Term): { readonly array: string; readonly place: Term } | null => {
    if (term.kind !== "select" || term.array.kind !== "variable" || term.indices.length !== 1) return null;
    const place = term.indices[0]!;
    if (place.kind !== "variable" || !moving.has(place.name) || !isFree(place)) return null;
    return { array: term.array.name, place };
  };
  visitBlocks(
    loop.blocks.map((id) => program.blocks[id]!),
    (node) => {
      if (node.kind !== "compare") return;
      const [left, right] = [placeOf(node.left), placeOf(node.right)];
      if (left === null || right === null || left.array !== right.array || same(left.place, right.place))
        return;
      found.push({ array: left.array, places: [left.place, right.place] });
    },
  );
  return found;
}

/** True when some of the formulas says, or denies for all, that something exists. */
export function speaksOfExistence(formulas: readonly Formula[]): boolean {
  let found = false;
  for (const formula of formulas)
    visitFormula(formula, (node) => {
      if (node.kind === "exists") found = true;
    });
  return found;
}
