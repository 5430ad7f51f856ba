import { describe, expect, it } from "vitest";
import { keyOf } from "../../../../server/program/key.ts";
import {
  and,
  compare,
  type Formula,
  implies,
  integer,
  select,
  type Term,
  variable,
} from "../../../../server/program/term.ts";
import {
  bodiesUpToBorders,
  fromShape,
  rowsOf,
  shapesIn,
} from "../../../../server/proposers/arrays/shapes.ts";

const [k, l, m] = ["?k", "?l", "?m"].map(variable) as [Term, Term, Term];
const a = variable("a");

function within(low: Term, index: Term, high: Term): Formula {
  return and(compare("<=", low, index), compare("<", index, high));
}

describe("rowsOf", () => {
  it("says of one row what is said of all", () => {
    const sides = and(within(integer(0), k, variable("n")), within(integer(0), l, variable("w")));
    const body = compare("==", select(a, k, l), integer(0));
    const [shape] = shapesIn({ kind: "forall", variables: ["?k", "?l"], body: implies(sides, body) });
    const [row] = rowsOf(shape!, [variable("i")]);
    const expected: Formula = {
      kind: "forall",
      variables: ["?l"],
      body: implies(
        within(integer(0), l, variable("w")),
        compare("==", select(a, variable("i"), l), integer(0)),
      ),
    };
    expect(keyOf(fromShape(row!))).toBe(keyOf(fromShape(shapesIn(expected)[0]!)));
  });
});

describe("bodiesUpToBorders", () => {
  const part = (body: Formula): Formula => ({
    kind: "exists",
    variables: ["?m"],
    body: and(compare("<=", integer(0), m), {
      kind: "forall",
      variables: ["?k"],
      body: implies(within(integer(0), k, m), body),
    }),
  });

  it("finds what a part is like, wherever its border is", () => {
    const bodies = bodiesUpToBorders([part(compare("<", select(a, k), integer(7)))]);
    const expected = compare("<", select(a, variable("i")), integer(7));
    expect(bodies.map((at) => keyOf(at(variable("i"))))).toEqual([keyOf(expected)]);
  });

  it("leaves out what speaks of the border itself", () => {
    expect(bodiesUpToBorders([part(compare("<=", select(a, k), select(a, m)))])).toEqual([]);
  });
});
