import fc from "fast-check";
import type { InvariantTerm, InvariantTree, Relation } from "../../../grammars/invariant/tree.ts";

const RELATIONS: readonly Relation[] = ["<", "<=", ">", ">=", "==", "!="];
const OPERATIONS = ["add", "subtract", "multiply", "divide", "remainder"] as const;

/** The scope that the trees below are over. */
export const SCOPE = new Set(["x", "Pre", "\\at(x, Pre)"]);

const leaves: readonly InvariantTerm[] = [
  { kind: "integer", digits: "0" },
  { kind: "integer", digits: "10" },
  { kind: "name", name: "x" },
  { kind: "name", name: "Pre" },
  { kind: "initial", name: "x" },
];

/** Every term of at most that height over two leaves. */
export function smallTerms(height: number): readonly InvariantTerm[] {
  const base = [leaves[1]!, leaves[2]!];
  if (height <= 1) return base;
  const smaller = smallTerms(height - 1);
  const negated = smaller.map((argument) => ({ kind: "negate", argument }) as const);
  const joined = OPERATIONS.flatMap((kind) => pairs(smaller).map(([left, right]) => ({ kind, left, right })));
  return [...base, ...negated, ...joined];
}

/** Every formula of at most that height over three ground formulas. */
export function smallFormulas(height: number): readonly InvariantTree[] {
  const [ten, x] = [leaves[1]!, leaves[2]!];
  const base: readonly InvariantTree[] = [
    { kind: "true" },
    { kind: "compare", relation: "<", left: x, right: ten },
    { kind: "chain", relations: ["<=", "<"], terms: [ten, x, ten] },
  ];
  if (height <= 1) return base;
  const smaller = smallFormulas(height - 1);
  const negated = smaller.map((argument) => ({ kind: "not", argument }) as const);
  const lists = (["and", "or"] as const).flatMap((kind) =>
    pairs(smaller).map((pair) => ({ kind, arguments: pair })),
  );
  const joined = (["implies", "iff"] as const).flatMap((kind) =>
    pairs(smaller).map(([left, right]) => ({ kind, left, right })),
  );
  return [...base, ...negated, ...lists, ...joined];
}

/** Random terms and formulas of any shape, some twenty nodes high at most. */
export const { term: anyTerm, formula: anyFormula } = fc.letrec<{
  term: InvariantTerm;
  formula: InvariantTree;
}>((tie) => ({
  term: fc.oneof(
    { maxDepth: 8, depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...leaves),
    fc.record({ kind: fc.constant("negate" as const), argument: tie("term") }),
    fc.record({ kind: fc.constantFrom(...OPERATIONS), left: tie("term"), right: tie("term") }),
  ),
  formula: fc.oneof(
    { maxDepth: 8, depthSize: "small", withCrossShrink: true },
    fc.constantFrom<InvariantTree[]>({ kind: "true" }, { kind: "false" }),
    fc.record({
      kind: fc.constant("compare" as const),
      relation: fc.constantFrom(...RELATIONS),
      left: tie("term"),
      right: tie("term"),
    }),
    chain(["<", "<="] as const, tie("term")),
    chain([">", ">="] as const, tie("term")),
    fc.record({ kind: fc.constant("not" as const), argument: tie("formula") }),
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      arguments: fc.array(tie("formula"), { minLength: 2, maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constantFrom("implies" as const, "iff" as const),
      left: tie("formula"),
      right: tie("formula"),
    }),
  ),
}));

function chain<R extends "<" | "<=" | ">" | ">=">(
  relations: readonly [R, R],
  term: fc.Arbitrary<InvariantTerm>,
): fc.Arbitrary<InvariantTree> {
  return fc
    .array(fc.tuple(fc.constantFrom(...relations), term), { minLength: 2, maxLength: 4 })
    .chain((rest) =>
      term.map(
        (first) =>
          ({
            kind: "chain",
            relations: rest.map(([relation]) => relation),
            terms: [first, ...rest.map(([, right]) => right)],
          }) as InvariantTree,
      ),
    );
}

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((left) => items.map((right) => [left, right] as const));
}
