import type { Loop, Program } from "../../program/program.ts";
import type { StateTable } from "../../program/states.ts";
import {
  and,
  compare,
  type Formula,
  implies,
  integer,
  plusConstant,
  type Relation,
  select,
  type Term,
  variable,
} from "../../program/term.ts";
import { visitBlocks } from "../../program/traverse.ts";
import { assignedIn, isNeighbour } from "./indices.ts";
import { contains, isEvident, largestOf, type Range, rangesBetween } from "./ranges.ts";
import { fromShape, overRange } from "./shapes.ts";
import { Snapshots } from "./snapshots.ts";

/** The strongest first: of what holds, weaker ones say nothing more. */
const RELATIONS: readonly Relation[] = ["==", "<", ">", "<=", ">="];
const ORDERS: readonly Relation[] = ["<", ">", "<=", ">="];
const WEAKER: Readonly<Record<Relation, readonly Relation[]>> = {
  "==": ["<=", ">="],
  "<": ["<="],
  ">": [">="],
  "<=": [],
  ">=": [],
  "!=": [],
};
const MOST_ARRAYS = 4;
const MOST_SCALARS = 6;
/** Ranges of one statement, and statements about pairs in all: a solver finds those hard. */
const MOST_RANGES = 3;
const MOST_PAIRS = 10;

/** What is said of an element by its index, and what it is compared with, by state and index. */
interface Side {
  readonly at: (k: Term) => Term;
  readonly values: readonly (readonly (number | undefined)[])[];
  /** The variables in it. */
  readonly about: readonly string[];
}

/**
 * What relates the elements of the arrays that a loop is about, as the states met show it and whatever the text asks for: each
 * against variables, two arrays at one index, neighbours, order, and a part of one array against the rest of another. (Daikon,
 * Ernst et al. 2001, looks for such.)
 */
export function likely(program: Program, loop: Loop, table: StateTable, terms: readonly Term[]): Formula[] {
  const snapshots = new Snapshots(table);
  const plain = terms.filter((term) => !isNeighbour(term));
  const ranges = [
    ...rangesBetween(snapshots, [integer(0), ...plain], terms),
    ...rangesBetween(snapshots, terms.filter(isNeighbour), plain),
  ];
  const arrays = arraysOf(program, loop);
  const changed = new Set(assignedIn(program, loop));
  const elements = arrays.flatMap((name, place) =>
    partners(program, loop, snapshots, name, arrays.slice(place + 1))
      .filter(({ about }) => changed.has(name) || about.some((one) => changed.has(one)))
      .flatMap((other) => elementwise(ranges, elementsOf(snapshots, name), other)),
  );
  const orders = arrays.flatMap((name) => (changed.has(name) ? inOrder(ranges, snapshots, name) : []));
  const sides = arrays
    .flatMap((left) => arrays.map((right) => [left, right] as const))
    .filter(([left, right]) => changed.has(left) || changed.has(right))
    .flatMap((both) => parts(ranges, snapshots, both))
    .sort((a, b) => b.evidence - a.evidence);
  return [...elements, ...orders, ...sides.slice(0, MOST_PAIRS).map(({ formula }) => formula)];
}

/** By relation, where it holds; a weaker one is looked for where no stronger one does. */
function strongest(
  ranges: readonly Range[],
  relations: readonly Relation[],
  holding: (relation: Relation) => readonly (readonly (boolean | undefined)[])[],
): { readonly relation: Relation; readonly range: Range }[] {
  const found: { readonly relation: Relation; readonly range: Range }[] = [];
  for (const relation of relations) {
    const known = found.filter((one) => WEAKER[one.relation].includes(relation)).map(({ range }) => range);
    for (const range of largestOf(ranges, holding(relation), known, MOST_RANGES))
      found.push({ relation, range });
  }
  return found;
}

/** One-dimensional arrays that a loop reads or changes and its invariant can name. */
export function arraysOf(program: Program, loop: Loop): string[] {
  const used = new Set<string>();
  visitBlocks(
    loop.blocks.map((id) => program.blocks[id]!),
    (node) => {
      if (node.kind === "variable") used.add(node.name);
    },
  );
  return program.variables
    .filter(({ name, array }) => array?.sizes.length === 1 && loop.scope.includes(name) && used.has(name))
    .map(({ name }) => name)
    .slice(0, MOST_ARRAYS);
}

function elementsOf(snapshots: Snapshots, name: string): Side {
  return { at: (k) => select(variable(name), k), values: snapshots.array(name), about: [name] };
}

/** What the elements of an array are compared with: variables, the index itself, their neighbours, and other arrays. */
function partners(
  program: Program,
  loop: Loop,
  snapshots: Snapshots,
  name: string,
  others: readonly string[],
): Side[] {
  const own = snapshots.array(name);
  const scalars = program.variables
    .filter((one) => one.array === undefined && one.text !== null && loop.scope.includes(one.name))
    .slice(0, MOST_SCALARS);
  return [
    ...scalars.flatMap((one): Side[] => {
      const values = snapshots.term(variable(one.name));
      if (values === null) return [];
      return [
        {
          at: () => variable(one.name),
          values: own.map((row, i) => row.map(() => values[i]!)),
          about: [one.name],
        },
      ];
    }),
    { at: (k) => k, values: own.map((row) => row.map((_, index) => index)), about: [] },
    {
      at: (k) => select(variable(name), plusConstant(k, 1)),
      values: own.map((row) => row.map((_, index) => row[index + 1])),
      about: [],
    },
    ...others.map((other) => elementsOf(snapshots, other)),
  ];
}

/** `\forall k; low <= k < high ==> left R right`. */
function elementwise(ranges: readonly Range[], left: Side, right: Side): Formula[] {
  const holding = (relation: Relation) =>
    left.values.map((row, state) =>
      row.map((value, index) => related(relation, value, right.values[state]![index])),
    );
  return strongest(ranges, RELATIONS, holding).map(({ relation, range: { low, high } }) =>
    fromShape(overRange("forall", low, high, (k) => compare(relation, left.at(k), right.at(k)))),
  );
}

export function related(
  relation: Relation,
  left: number | undefined,
  right: number | undefined,
): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  switch (relation) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

const P = variable("?p");
const Q = variable("?q");

function pairs(premise: Formula, body: Formula): Formula {
  return { kind: "forall", variables: ["?p", "?q"], body: implies(premise, body) };
}

/** `\forall p, q; low <= p < q < high ==> a[p] R a[q]`: it is in order where neighbours are, up to the last but one. */
function inOrder(ranges: readonly Range[], snapshots: Snapshots, name: string): Formula[] {
  const rows = snapshots.array(name);
  const holding = (relation: Relation) =>
    rows.map((row) => row.map((value, index) => related(relation, value, row[index + 1])));
  const inner = ranges.map((range) => ({
    ...range,
    ends: range.ends.map(([start, end]) => [start, Math.max(start, end - 1)] as const),
  }));
  return strongest(inner, ORDERS, holding).map(({ relation, range: { low, high } }) =>
    pairs(
      and(compare("<=", low, P), compare("<", P, Q), compare("<", Q, high)),
      compare(relation, select(variable(name), P), select(variable(name), Q)),
    ),
  );
}

/** `\forall p, q; 0 <= p < first && second <= q < end ==> a[p] R b[q]`, for the largest parts. */
function parts(
  ranges: readonly Range[],
  snapshots: Snapshots,
  [left, right]: readonly [string, string],
): { readonly formula: Formula; readonly evidence: number }[] {
  const starts = ranges.filter(startsAtZero);
  const rests = ranges.filter((range) => !startsAtZero(range));
  return (["<=", ">="] as const).flatMap((relation) => {
    const [largest, least] = relation === "<=" ? [Math.max, Math.min] : [Math.min, Math.max];
    const heads = starts.map((range) => ({ range, values: extremes(snapshots, left, range, largest) }));
    const tails = rests.map((range) => ({ range, values: extremes(snapshots, right, range, least) }));
    const found: { readonly head: Range; readonly rest: Range; readonly evidence: number }[] = [];
    for (const head of heads)
      for (const tail of tails) {
        if (found.length === MOST_RANGES) break;
        const one = { head: head.range, rest: tail.range };
        if (found.some((larger) => covers(larger, one))) continue;
        const evidence = apart(head.values, tail.values, relation);
        if (isEvident(evidence, snapshots.size)) found.push({ ...one, evidence });
      }
    return found.map(({ head, rest, evidence }) => ({
      evidence,
      formula: pairs(
        and(
          compare("<=", integer(0), P),
          compare("<", P, head.high),
          compare("<=", rest.low, Q),
          compare("<", Q, rest.high),
        ),
        compare(relation, select(variable(left), P), select(variable(right), Q)),
      ),
    }));
  });
}

function startsAtZero({ low }: Range): boolean {
  return low.kind === "integer" && low.value === 0n;
}

/** By state, the largest or the least element in a range; null where it has none. */
function extremes(
  snapshots: Snapshots,
  name: string,
  range: Range,
  pick: (...values: number[]) => number,
): (number | null)[] {
  return snapshots.array(name).map((row, state) => {
    const [start, end] = range.ends[state]!;
    const part = row.slice(Math.max(0, start), Math.max(0, end));
    return part.length === 0 ? null : pick(...part);
  });
}

/** In how many states both have a value; 0 where the relation fails in one. */
function apart(
  left: readonly (number | null)[],
  right: readonly (number | null)[],
  relation: "<=" | ">=",
): number {
  let evidence = 0;
  for (const [state, value] of left.entries()) {
    const other = right[state]!;
    if (value === null || other === null) continue;
    if (relation === "<=" ? value > other : value < other) return 0;
    evidence++;
  }
  return evidence;
}

function covers(
  larger: { readonly head: Range; readonly rest: Range },
  smaller: { readonly head: Range; readonly rest: Range },
): boolean {
  return contains(larger.head, smaller.head) && contains(larger.rest, smaller.rest);
}
