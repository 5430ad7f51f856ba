import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateFormula, evaluateTerm } from "../../../../server/program/evaluate.ts";
import {
  and,
  compare,
  type Formula,
  implies,
  integer,
  not,
  or,
  type Relation,
  type Term,
  variable,
} from "../../../../server/program/term.ts";
import { FLAG, flag, type Path, pathsOf } from "../../../../server/tasks/exchange/paths.ts";

const NAMES = ["x", "y", "z", `${FLAG}b`] as const;
const GIVEN = ["x", `${FLAG}b`];
const OTHERS = ["y", "z"];
const DOMAIN = [-2n, -1n, 0n, 1n, 2n];

/** All ends of a path from a state, with arbitrary values from the domain. */
function ends(path: Path, start: ReadonlyMap<string, bigint>): Map<string, bigint>[] {
  if (evaluateFormula(path.guard, (name) => start.get(name)) !== true) return [];
  let states = [new Map(start)];
  for (const step of path.steps) {
    states = states.flatMap((state) => {
      if (step.kind === "havoc") return DOMAIN.map((value) => new Map([...state, [step.name, value]]));
      if (step.kind === "define")
        return [new Map([...state, [step.name, evaluateTerm(step.value, (name) => state.get(name))!]])];
      return evaluateFormula(step.condition, (name) => state.get(name)) === true ? [state] : [];
    });
  }
  return states;
}

const inDomain = (state: ReadonlyMap<string, bigint>) =>
  [...state.values()].every((value) => DOMAIN.includes(value));
const key = (state: ReadonlyMap<string, bigint>) => NAMES.map((name) => state.get(name)).join(",");

const term = fc.oneof(
  fc.constantFrom("x", "y", "z").map(variable),
  fc.integer({ min: -2, max: 2 }).map((value) => integer(value)),
  fc
    .tuple(fc.constantFrom("x", "y", "z"), fc.integer({ min: -2, max: 2 }))
    .map(([name, by]): Term => ({ kind: "add", left: variable(name), right: integer(by) })),
);
const atom = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(term, term).map(([left, right]) => compare("==", left, right)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom<Relation>("<", "<=", "!="), term, term)
      .map(([relation, left, right]) => compare(relation, left, right)),
  },
  { weight: 1, arbitrary: fc.constant(flag(`${FLAG}b`)) },
);
const relation: fc.Memo<Formula> = fc.memo((depth) =>
  depth <= 1
    ? atom
    : fc.oneof(
        atom,
        fc.array(relation(depth - 1), { minLength: 2, maxLength: 3 }).map((parts) => and(...parts)),
        fc.array(relation(depth - 1), { minLength: 2, maxLength: 3 }).map((parts) => or(...parts)),
        relation(depth - 1).map((one) => not(one)),
        fc.tuple(relation(depth - 1), relation(depth - 1)).map(([left, right]) => implies(left, right)),
      ),
);

describe("a relation as guarded assignments", () => {
  it("reaches exactly the states that the relation allows", () => {
    fc.assert(
      fc.property(relation(3), (formula) => {
        const paths = pathsOf(formula, GIVEN, OTHERS);
        if (paths === null) return;
        for (const x of DOMAIN) {
          for (const b of [0n, 1n]) {
            const start = new Map([
              ["x", x],
              [`${FLAG}b`, b],
            ]);
            const reached = new Set(
              paths
                .flatMap((path) => ends(path, start))
                .filter(inDomain)
                .map(key),
            );
            const allowed = new Set<string>();
            for (const y of DOMAIN) {
              for (const z of DOMAIN) {
                const end = new Map([...start, ["y", y], ["z", z]]);
                if (evaluateFormula(formula, (name) => end.get(name)) === true) allowed.add(key(end));
              }
            }
            expect(reached).toEqual(allowed);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("assigns what equalities define, and guesses nothing then", () => {
    const next = (name: string, value: Term) => compare("==", variable(name), value);
    const up = and(
      compare("<", variable("x"), integer(2)),
      next("y", { kind: "add", left: variable("x"), right: integer(1) }),
    );
    const paths = pathsOf(or(up, and(next("y", variable("x")), next("z", integer(0)))), GIVEN, OTHERS);
    expect(paths?.map(({ steps }) => steps.map((step) => step.kind))).toEqual([
      ["define", "havoc"],
      ["define", "define"],
    ]);
  });
});
