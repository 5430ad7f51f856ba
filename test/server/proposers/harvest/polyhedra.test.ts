import { describe, expect, it } from "vitest";
import { printFormula } from "../../../../server/program/print.ts";
import { StateTable } from "../../../../server/program/states.ts";
import { dualCone } from "../../../../server/proposers/harvest/cone.ts";
import { polyhedral } from "../../../../server/proposers/harvest/polyhedra.ts";

/** Random runs of a loop whose steps add one of the vectors. */
function found(
  columns: readonly string[],
  starts: readonly number[][],
  steps: readonly number[][],
): string[] {
  const table = new StateTable(columns);
  let seed = 7;
  for (const [run, start] of starts.entries()) {
    let state = [...start];
    for (let iteration = 0; iteration < 40; iteration++) {
      table.add(state, 0, { run, visit: 0, iteration });
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      const step = steps[(seed >> 8) % steps.length]!;
      state = state.map((value, i) => value + step[i]!);
    }
  }
  return polyhedral(table, columns).map((formula) => printFormula(formula, (name) => name));
}

describe("inequalities that no step lessens", () => {
  it("relates several variables with coefficients", () => {
    const steps = [
      [3, 0, 1],
      [0, 2, 1],
      [0, 0, 1],
    ];
    const inequalities = found(["a", "b", "c"], [[0, 0, 0]], steps);
    expect(inequalities).toContain("6 * c >= 2 * a + 3 * b");
    expect(inequalities).toContain("a >= 0");
    expect(inequalities).toContain("b >= 0");
  });

  it("relates what changes to where it began", () => {
    const steps = [
      [-1, 1, 0],
      [-1, 0, 0],
    ];
    const starts = [0, 1, 2, 5, 9].map((n) => [n, 0, n]);
    expect(found(["x", "y", "n"], starts, steps)).toContain("n >= x + y");
  });

  it("says nothing where steps go every way", () => {
    expect(
      found(
        ["x", "y"],
        [[0, 0]],
        [
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ],
      ),
    ).toEqual([]);
  });
});

describe("the dual of a cone", () => {
  it("has the faces of a square's cone as rays", () => {
    const corners = [
      [0, 0, 1],
      [1, 0, 1],
      [0, 1, 1],
      [1, 1, 1],
    ];
    const dual = dualCone(corners, 3)!;
    expect(dual.lines).toEqual([]);
    expect(new Set(dual.rays.map((ray) => ray.join()))).toEqual(
      new Set(["1,0,0", "0,1,0", "-1,0,1", "0,-1,1"]),
    );
  });

  it("has lines where the generators lie in a plane, and rays that no generator is against", () => {
    const generators = [
      [1, 2, 0],
      [3, 1, -5],
      [2, -1, -5],
      [-1, 3, 5],
    ];
    const dual = dualCone(generators, 3)!;
    expect(dual.lines).toHaveLength(1);
    for (const generator of generators) {
      const by = (vector: readonly number[]) =>
        vector.reduce((sum, value, i) => sum + value * generator[i]!, 0);
      expect(dual.lines.map(by)).toEqual([0]);
      for (const ray of dual.rays) expect(by(ray)).toBeGreaterThanOrEqual(0);
    }
    expect(dual.rays.length).toBeGreaterThan(0);
  });
});
