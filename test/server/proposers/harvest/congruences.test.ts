import { describe, expect, it } from "vitest";
import { printFormula } from "../../../../server/program/print.ts";
import { StateTable } from "../../../../server/program/states.ts";
import { congruences } from "../../../../server/proposers/harvest/congruences.ts";
import { nullSpaceModulo } from "../../../../server/proposers/harvest/modular.ts";

function found(columns: readonly string[], rows: readonly (readonly number[])[], ofOne = false): string[] {
  const table = new StateTable(columns);
  for (const [run, row] of rows.entries()) table.add(row, 0, { run, visit: 0, iteration: 0 });
  return congruences(table, columns, ofOne).map((formula) => printFormula(formula, (name) => name));
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("congruences of sampled states", () => {
  it("says C's remainder where nothing is negative, and multiples where something is", () => {
    expect(
      found(
        ["y"],
        upTo(9).map((i) => [4 * i + 2]),
        true,
      ),
    ).toEqual(["y % 4 == 2"]);
    expect(
      found(
        ["y"],
        upTo(9).map((i) => [4 * (i - 4) + 2]),
        true,
      ),
    ).toEqual(["(y - 2) % 4 == 0"]);
    expect(
      found(
        ["y"],
        upTo(9).map((i) => [4 * (i - 4)]),
        true,
      ),
    ).toEqual(["y % 4 == 0"]);
  });

  it("relates two variables that by themselves are anything", () => {
    const rows = upTo(8).flatMap((x) => upTo(5).map((k) => [x, x + 6 * k + 1]));
    expect(found(["x", "y"], rows)).toContain("(x - y - 5) % 6 == 0");
    expect(found(["x", "y"], rows, true)).toEqual([]);
  });

  it("relates three modulo a prime", () => {
    const rows = upTo(4).flatMap((x) => upTo(4).flatMap((y) => upTo(4).map((k) => [x, y, 3 * k - x - y])));
    expect(found(["x", "y", "z"], rows)).toEqual(["(x + y + z) % 3 == 0"]);
  });

  it("finds nothing where all remainders occur", () => {
    expect(
      found(
        ["x", "y"],
        upTo(40).map((i) => [i, (i * i * 7919) % 101]),
      ),
    ).toEqual([]);
  });
});

describe("null spaces modulo a prime", () => {
  it("has a basis whose vectors are orthogonal to every row", () => {
    const rows = [
      [1, 2, 4, 0],
      [1, 0, 3, 1],
    ];
    const basis = nullSpaceModulo(rows, 4, 5);
    expect(basis).toHaveLength(2);
    for (const vector of basis) {
      expect(vector.some((value) => value !== 0)).toBe(true);
      for (const row of rows) expect(row.reduce((sum, value, i) => sum + value * vector[i]!, 0) % 5).toBe(0);
    }
  });
});
