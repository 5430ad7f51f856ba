import { describe, expect, it } from "vitest";
import { keyOf } from "../../../../server/program/key.ts";
import {
  compare,
  type Formula,
  implies,
  integer,
  not,
  select,
  variable,
} from "../../../../server/program/term.ts";
import { betweenTwo, heldElements } from "../../../../server/proposers/arrays/elements.ts";
import { shapesIn } from "../../../../server/proposers/arrays/shapes.ts";
import { lower } from "../../program/lower/listing.ts";

describe("what a loop knows of elements", () => {
  it("a variable that holds one holds that of some place", () => {
    const program = lower(`/*@ requires \\valid_read(a + (0 .. n-1)) && n > 0; */
int f(const int *a, int n) { int m = a[0]; for (int i = 1; i < n; i++) if (a[i] < m) m = a[i]; return m; }
`);
    const array = program.variables.find((one) => one.array !== undefined)!.name;
    const found = (some: boolean) =>
      [...heldElements(program, program.loops[0]!, [variable("i")], some)].map((one) => keyOf(one));
    const held = compare("==", variable("m"), select(variable(array), variable("i")));
    expect(found(false)).toEqual([keyOf(held)]);
    expect(found(true).length).toBeGreaterThan(1);
  });

  it("of two places that are compared, each bounds what the other has passed", () => {
    const text = (condition: string) => `/*@ requires n > 0 && \\valid_read(a + (0 .. n-1)); */
int f(const int *a, int n) { int x = 0, y = n - 1; while (x != y) { if (${condition}) x++; else y--; } return x; }
`;
    const pairs = (condition: string) => {
      const program = lower(text(condition));
      return [...betweenTwo(program, program.loops[0]!, [variable("n")])].length;
    };
    expect(pairs("a[x] <= a[y]")).toBeGreaterThan(0);
    expect(pairs("a[x] <= a[x]")).toBe(0);
    expect(pairs("a[x] <= n")).toBe(0);
  });
});

describe("shapesIn", () => {
  const k = variable("?k");
  const some: Formula = {
    kind: "exists",
    variables: ["?k"],
    body: { kind: "and", arguments: [compare("<=", integer(0), k), compare("<", k, variable("n"))] },
  };

  it("has what the denial of a quantifier says as well", () => {
    const kinds = (formula: Formula) => shapesIn(formula).map(({ kind }) => kind);
    expect(kinds(some)).toEqual(["exists"]);
    expect(kinds(not(some))).toEqual(["exists", "forall"]);
    expect(kinds(implies(some, compare("==", variable("r"), integer(1))))).toEqual(["exists", "forall"]);
  });
});
