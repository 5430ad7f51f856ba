import { passiveForm } from "../../conditions/passive.ts";
import type { Proposer } from "../../engine/interfaces.ts";
import { keyOf } from "../../program/key.ts";
import type { Loop, Program } from "../../program/program.ts";
import { same, simplifyFormula } from "../../program/simplify.ts";
import {
  compare,
  FALSE,
  type Formula,
  implies,
  plusConstant,
  type Term,
  variable,
} from "../../program/term.ts";
import { isQuantified, variablesOf, variablesOfTerm, visitFormula } from "../../program/traverse.ts";
import { constantsOf, formulasOf, inScope, unboundedNames } from "../harvest/comparisons.ts";
import { goalsAtHeads } from "../harvest/goal.ts";
import { atom } from "../harvest/harvest.ts";
import { octagons } from "../harvest/ranges.ts";
import { bodiesOf, changedArrays } from "./bodies.ts";
import { isUpper, movedBounds } from "./bounds.ts";
import { betweenTwo, heldElements, speaksOfExistence } from "./elements.ts";
import { conditionsFor, guarded, holds, printable } from "./guards.ts";
import { assignedIn, indexNames, indexTerms, isNeighbour } from "./indices.ts";
import { likely } from "./likely.ts";
import { except, ordersOf } from "./orders.ts";
import { atPlaces } from "./places.ts";
import { elementAt } from "./rows.ts";
import { bodiesUpToBorders, fromShape, overRange, rowsOf, type Shape, shapesIn, zero } from "./shapes.ts";

const MOST_ATOMS = 1500;

/**
 * What the states met show of the arrays, where the text did not suggest enough: many statements, of which the pool keeps those
 * that hold.
 */
export function likelyArraysProposer(): Proposer {
  return {
    name: "arrays",
    kind: "symbolic",
    async *propose({ task, findings, round }) {
      const { program } = task;
      if (round > 0 || !program.variables.some((one) => one.array !== undefined)) return;
      const everywhere = [...formulasOf(program), ...goalsAtHeads(passiveForm(program)).flat()];
      for (const loop of program.loops) {
        const table = findings.tables[loop.id];
        if (!table || table.size === 0) continue;
        const terms = indexTerms(program, loop, everywhere);
        const scope = new Set(loop.scope);
        const found = [...atPlaces(program, loop, table, terms), ...likely(program, loop, table, terms)];
        for (const formula of found) {
          const simple = simplifyFormula(formula);
          if (simple.kind !== "truth" && inScope(simple, scope) && printable(program, simple))
            yield atom(program, loop.id, simple, "arrays");
        }
      }
    },
  };
}

/** `few`: what most proofs are made of, bounds moved one at a time and no neighbours; `all` is the rest as well. */
type Breadth = "few" | "all";

/**
 * Quantified atoms for loops over arrays: the goal's own quantifiers with their bounds moved to the loop's variables (the
 * classic), prefixes and suffixes of what the body does to an element, and that the rest is as it was at entry.
 */
export function arraysProposer(breadth: Breadth): Proposer {
  return {
    name: "arrays",
    kind: "symbolic",
    async *propose({ task, findings, round }) {
      const { program } = task;
      if (round > 0 || !program.variables.some((one) => one.array !== undefined)) return;
      const goals = goalsAtHeads(passiveForm(program));
      const everywhere = [...formulasOf(program), ...goals.flat()];
      const indices = indexNames(program);
      for (const loop of program.loops) {
        const table = findings.tables[loop.id];
        const guards = table ? conditionsFor(program, loop, table) : [];
        if (table) {
          const names = unboundedNames(program, loop.id).filter((name) => indices.has(name));
          for (const formula of octagons(table, names, constantsOf(program)))
            yield atom(program, loop.id, formula, "arrays");
        }
        let count = 0;
        const met = (formula: Formula) => table !== undefined && table.size > 0 && holds(table, formula);
        const goal = goals[loop.id] ?? [];
        for (const { formula, empty } of atomsFor(
          program,
          loop,
          goal,
          everywhere,
          breadth,
          met,
          guards.length > 0,
        )) {
          if (count >= MOST_ATOMS) break;
          // A range that is empty in every state says nothing.
          if (table && table.size > 0 && empty !== null && holds(table, empty)) continue;
          const kept = !table || holds(table, formula) ? formula : guarded(table, guards, formula, empty);
          if (kept === null) continue;
          count++;
          yield atom(program, loop.id, kept, "arrays");
        }
      }
    },
  };
}

/** An atom, and what would have to hold for it to be empty talk: its range has no elements. */
interface Atom {
  readonly formula: Formula;
  readonly empty: Formula | null;
}

function* atomsFor(
  program: Program,
  loop: Loop,
  goals: readonly Formula[],
  everywhere: readonly Formula[],
  breadth: Breadth,
  met: (formula: Formula) => boolean,
  flagged: boolean,
): Generator<Atom> {
  const scope = new Set(loop.scope);
  const seen = new Set<string>();
  const fresh = (formula: Formula, range: Formula | null = null): Atom[] => {
    const simple = simplifyFormula(formula);
    const key = keyOf(simple);
    if (simple.kind === "truth" || seen.has(key) || !inScope(simple, scope) || !printable(program, simple))
      return [];
    // To refute it takes constants for every choice of what exists: what it says is found in its parts, or not at all.
    if (someThatAll(simple)) return [];
    seen.add(key);
    return [{ formula: simple, empty: range ?? emptyOf(simple) }];
  };
  const ranged = (low: Term, high: Term, body: (k: Term) => Formula): Atom[] => {
    if (same(low, high)) return [];
    return fresh(
      fromShape(overRange("forall", low, high, body)),
      fromShape(overRange("forall", low, high, () => FALSE)),
    );
  };
  const all = indexTerms(program, loop, everywhere);
  const terms =
    breadth === "all" ? all : all.filter((term) => term.kind === "variable" || !isNeighbour(term));
  for (const goal of goals) if (isQuantified(goal)) yield* fresh(goal);
  // What is required of arrays that the loop leaves alone is known in it anyway.
  const changing = new Set(loop.modified);
  const known = requiredOf(program)
    .flatMap(shapesIn)
    .filter((shape) => !touches(shape, changing));
  const keys = new Set(known.map((shape) => keyOf(fromShape(shape))));
  const movingAnywhere = new Set(program.loops.flatMap(({ modified }) => modified));
  const isPlace = (term: Term) => term.kind === "variable" && movingAnywhere.has(term.name);
  const stated = distinct([...goals, ...everywhere].flatMap(shapesIn)).filter(
    (shape) => !keys.has(keyOf(fromShape(shape))),
  );
  // What was so before the loop and is about nothing that it changes stays so as it is, whatever part of it is looked at.
  const assigned = assignedIn(program, loop);
  const settled = stated.filter((shape) => !touches(shape, assigned) && met(fromShape(shape)));
  for (const shape of settled) yield* fresh(fromShape(shape));
  const shapes = stated.filter((shape) => !settled.includes(shape));
  const rows = distinct(shapes.flatMap((shape) => rowsOf(shape, terms.filter(isPlace))));
  for (const shape of [...shapes, ...rows]) {
    for (const bounds of movedBounds(shape, terms, breadth)) {
      const formula = fromShape(shape, bounds);
      const empty = shape.kind === "forall" ? fromShape({ ...shape, body: FALSE }, bounds) : null;
      yield* fresh(formula, empty);
      if (shape.kind === "exists") {
        const low = shape.bounds.find(({ relation }) => relation === ">=" || relation === ">");
        const high = bounds.find(isUpper);
        if (low && high && !met(formula)) yield* fresh(implies(compare("<", low.limit, high.limit), formula));
      }
    }
  }
  const moving = terms.filter((term) => term.kind === "variable" && changing.has(term.name));
  const limits = [zero, ...terms];
  // `\exists m; (\forall k; k < m ==> …) && …`: what a part says up to a border, of the parts that the loop's variables bound.
  for (const body of bodiesUpToBorders([...goals, ...everywhere]))
    for (const low of limits) for (const high of terms) yield* ranged(low, high, body);
  const around = function* (end: Term, others: readonly Term[], at: (k: Term) => Formula): Iterable<Atom> {
    for (const other of others) {
      yield* ranged(other, end, at);
      yield* ranged(end, other, at);
      yield* ranged(plusConstant(end, 1), other, at);
    }
  };
  for (const { index, at } of bodiesOf(program, loop)) {
    if (!scope.has(index)) {
      for (const low of limits) for (const high of terms) yield* ranged(low, high, at);
      continue;
    }
    const own = variable(index);
    yield* around(
      own,
      limits.filter((other) => !variablesOfTerm(other).has(index)),
      at,
    );
    // What a flag tells: that one was found among those passed.
    if (flagged) yield* fresh(fromShape(overRange("exists", zero, own, at)));
    if (breadth === "few") continue;
    // What was found at one index is true of a part that others bound: a partition into three.
    for (const end of moving) if (!same(end, own)) yield* around(end, limits, at);
  }
  for (const array of changedArrays(program, loop)) {
    const { row, before } = array;
    if (before === null) continue;
    const unchanged = (k: Term) => compare("==", elementAt(row, k), elementAt(before, k));
    for (const low of limits) for (const high of terms) yield* ranged(low, high, unchanged);
    // Of two blocks, what lies around them would have to be supposed apart: no proof may need more than the text says.
    if (severalBlocks(program)) continue;
    for (const term of terms) {
      const k = variable("?k");
      for (const premise of [compare("<", k, term), compare("<=", term, k)]) {
        yield* fresh({ kind: "forall", variables: ["?k"], body: implies(premise, unchanged(k)) });
      }
    }
  }
  for (const shape of distinct([...shapes, ...requiredOf(program).flatMap(shapesIn)]))
    if (touches(shape, changing)) for (const formula of except(shape, moving)) yield* fresh(formula);
  for (const formula of ordersOf(program, loop, terms)) yield* fresh(formula);
  const places = terms.filter((term) => term.kind === "variable");
  for (const formula of heldElements(program, loop, places, speaksOfExistence([...goals, ...everywhere])))
    if (formula.kind !== "implies" || !met(formula.right)) yield* fresh(formula);
  for (const formula of betweenTwo(
    program,
    loop,
    terms.filter((term) => !moving.includes(term)),
  ))
    yield* fresh(formula);
}

/** Whether pointers lead to more than one block of memory. */
function severalBlocks({ variables }: Program): boolean {
  const blocks = variables.filter(({ array, role }) => array?.bounds && role !== "pre");
  return new Set(blocks.map(({ array }) => array!.bounds!.low)).size > 1;
}

/** What would make a statement about all of a range empty talk; null for any other statement. */
function emptyOf(formula: Formula): Formula | null {
  const [shape] = formula.kind === "forall" ? shapesIn(formula) : [];
  return shape === undefined ? null : fromShape({ ...shape, body: FALSE });
}

function requiredOf(program: Program): Formula[] {
  return program.blocks[program.entry]!.commands.flatMap((command) =>
    command.kind === "assume" && command.because === "requires" ? [command.condition] : [],
  );
}

/** True when the statement is about an array that is among these. */
function touches(shape: Shape, names: ReadonlySet<string>): boolean {
  return [...variablesOf(fromShape(shape))].some((name) => names.has(name));
}

function distinct(shapes: readonly Shape[]): Shape[] {
  const found = new Map(shapes.map((shape) => [keyOf(fromShape(shape)), shape]));
  return [...found.values()];
}

/** `\exists p; \forall k; …` in it. */
function someThatAll(formula: Formula): boolean {
  let found = false;
  visitFormula(formula, (node) => {
    if (node.kind !== "exists" || !isQuantified(node.body)) return;
    visitFormula(node.body, (inner) => {
      if (inner.kind === "forall") found = true;
    });
  });
  return found;
}
