import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateFormula, evaluateTerm } from "../../../server/program/evaluate.ts";
import { solutions, tidy, tidyTerm } from "../../../server/program/linear.ts";
import { printFormula } from "../../../server/program/print.ts";
import {
  compare,
  type Formula,
  integer,
  not,
  or,
  type Relation,
  type Term,
  variable,
} from "../../../server/program/term.ts";
import { add, is, multiply, subtract } from "./build.ts";

const shown = (formula: Formula) => printFormula(tidy(formula), (name) => name);

describe("comparisons as a person writes them", () => {
  it("have no negative parts and no needless numbers", () => {
    expect(shown(is(subtract("y", "x"), ">", -1))).toBe("y >= x");
    expect(shown(is(add(multiply(-1, "x"), "n"), ">=", 1))).toBe("n > x");
    expect(shown(is(multiply(2, "x"), "<=", 7))).toBe("x <= 3");
    expect(shown(is(multiply(2, "x"), "==", 7))).toBe("\\false");
    expect(shown(is(multiply(3, "x"), ">", subtract(multiply(6, "y"), 3)))).toBe("x >= 2 * y");
    expect(shown(is(multiply("x", "y"), ">", -1))).toBe("x * y > -1");
  });

  it("mean what they meant", () => {
    const terms: fc.Memo<Term> = fc.memo((depth) =>
      depth <= 1
        ? fc.oneof(fc.integer({ min: -6, max: 6 }).map(integer), fc.constantFrom("x", "y", "z").map(variable))
        : fc.oneof(
            fc
              .tuple(fc.constantFrom("add", "subtract", "multiply"), terms(depth - 1), terms(depth - 1))
              .map(([kind, left, right]): Term => ({ kind, left, right }) as Term),
            terms(depth - 1).map((argument): Term => ({ kind: "negate", argument })),
          ),
    );
    const relation = fc.constantFrom<Relation>("<", "<=", ">", ">=", "==", "!=");
    const comparison = fc
      .tuple(relation, terms(3), terms(3))
      .map(([by, left, right]) => compare(by, left, right));
    const value = fc.bigInt({ min: -9n, max: 9n });
    fc.assert(
      fc.property(comparison, comparison, value, value, value, (first, second, x, y, z) => {
        const formula = or(first, not(second));
        const values: Readonly<Record<string, bigint>> = { x, y, z };
        const lookup = (name: string) => values[name];
        expect(evaluateFormula(tidy(formula), lookup)).toBe(evaluateFormula(formula, lookup));
      }),
      { numRuns: 400 },
    );
  });
});

describe("linear terms", () => {
  const factor = fc.integer({ min: -3, max: 3 });
  const linear = fc
    .tuple(factor, factor, factor)
    .map(([a, b, c]) => add(add(multiply(a, "x"), multiply(b, "y")), integer(c)));

  it("keep their value when they are tidied", () => {
    const value = fc.bigInt({ min: -9n, max: 9n });
    fc.assert(
      fc.property(linear, linear, value, value, (left, right, x, y) => {
        const term = subtract(left, right);
        const lookup = (name: string) => ({ x, y })[name];
        expect(evaluateTerm(tidyTerm(term)!, lookup)).toBe(evaluateTerm(term, lookup));
      }),
    );
    expect(tidyTerm(multiply("x", "y"))).toBeNull();
  });

  it("are equal where a variable is what they say", () => {
    fc.assert(
      fc.property(linear, linear, fc.bigInt({ min: -9n, max: 9n }), (left, right, other) => {
        for (const [name, solution] of solutions({ left, right })) {
          const solved = evaluateTerm(solution, (one) => (one === name ? undefined : other))!;
          const lookup = (one: string) => (one === name ? solved : other);
          expect(evaluateTerm(left, lookup)).toBe(evaluateTerm(right, lookup));
        }
      }),
    );
    expect([...solutions({ left: subtract("hi", "lo"), right: integer(1) }).keys()]).toEqual(["hi", "lo"]);
  });
});
