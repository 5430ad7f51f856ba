import type { Loop, Program } from "../../program/program.ts";
import { same, simplifyTerm } from "../../program/simplify.ts";
import {
  and,
  compare,
  type Formula,
  implies,
  integer,
  plusConstant,
  type Relation,
  type Term,
  variable,
} from "../../program/term.ts";
import { variablesOfTerm, visitFormula, visitTerm } from "../../program/traverse.ts";
import { changedArrays } from "./bodies.ts";
import { elementAt } from "./rows.ts";
import { fromShape, isFree, type Shape } from "./shapes.ts";

const P = variable("?p");
const Q = variable("?q");
const ORDERS: readonly Relation[] = ["<=", ">="];
/** Elements that a loop looks at, at most. */
const MOST_ELEMENTS = 4;

/**
 * How parts of arrays that a loop changes are ordered against each other, as sorting and merging keep it: everything before a
 * place against everything from it on (`p < i <= q`), and everything before a place against the element that is next.
 */
export function* ordersOf(program: Program, loop: Loop, terms: readonly Term[]): Generator<Formula> {
  const changed = changedArrays(program, loop);
  const next = elementsRead(program, loop);
  const moving = new Set(program.loops.flatMap(({ modified }) => modified));
  const places = terms.filter((term) => term.kind === "variable" && moving.has(term.name));
  const ends = terms.filter((term) => ![...variablesOfTerm(term)].some((name) => moving.has(name)));
  for (const { row } of changed) {
    const at = (index: Term) => elementAt(row, index);
    for (const relation of ORDERS) {
      for (const place of places) {
        // A place counts to the part before it (selection) or to the part behind it (a bubble's last place).
        for (const split of [place, simplifyTerm(plusConstant(place, 1))])
          for (const end of ends) yield parts(split, end, compare(relation, at(P), at(Q)));
        for (const element of next) yield* before(place, compare(relation, at(P), element), ends, element);
      }
    }
  }
}

/** `\forall p, q; 0 <= p < place <= q < end ==> body`. */
function parts(place: Term, end: Term, body: Formula): Formula {
  const premise = and(
    compare("<=", integer(0), P),
    compare("<", P, place),
    compare("<=", place, Q),
    compare("<", Q, end),
  );
  return { kind: "forall", variables: ["?p", "?q"], body: implies(premise, body) };
}

/** `\forall p; 0 <= p < end ==> body`, by itself and where the other element is one: `i < n ==> …`. */
function* before(
  end: Term,
  body: Formula,
  limits: readonly Term[],
  element: Term & { kind: "select" },
): Generator<Formula> {
  const premise = and(compare("<=", integer(0), P), compare("<", P, end));
  const all: Formula = { kind: "forall", variables: ["?p"], body: implies(premise, body) };
  yield all;
  const [index] = element.indices;
  if (index === undefined || same(index, end)) return;
  for (const limit of limits) yield implies(compare("<", index, limit), all);
}

/** A sorted shape (two indices, an order between them) without the elements at a place that is being filled. */
export function* except(shape: Shape, moving: readonly Term[]): Generator<Formula> {
  if (shape.kind !== "forall" || shape.variables.length !== 2) return;
  for (const place of moving) {
    const apart = shape.variables.map((name) => compare("!=", variable(name), place));
    yield fromShape({ ...shape, body: implies(and(...apart), shape.body) });
  }
}

/** Elements at the loop's variables that its branches and stores look at. */
function elementsRead(program: Program, loop: Loop): (Term & { kind: "select" })[] {
  const found: (Term & { kind: "select" })[] = [];
  const moving = new Set(loop.modified);
  const note = (node: Term | Formula): void => {
    if (node.kind !== "select" || node.array.kind !== "variable" || node.indices.length !== 1) return;
    const [index] = node.indices;
    if (index?.kind !== "variable" || !moving.has(index.name) || !isFree(index)) return;
    if (!found.some((one) => same(one, node))) found.push(node);
  };
  for (const id of loop.blocks) {
    const { commands, jump } = program.blocks[id]!;
    if (jump.kind === "branch") visitFormula(jump.condition, note);
    for (const command of commands) if (command.kind === "assign") visitTerm(command.value, note);
  }
  return found.slice(0, MOST_ELEMENTS);
}
