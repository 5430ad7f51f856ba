import { describe, expect, it } from "vitest";
import { printFormula } from "../../../../server/program/print.ts";
import { StateTable } from "../../../../server/program/states.ts";
import { monomialsUpTo } from "../../../../server/proposers/polynomial/monomial.ts";
import { Columns, residue } from "../../../../server/proposers/polynomial/prime.ts";
import { degreeFor, polynomialEqualities } from "../../../../server/proposers/polynomial/relations.ts";

function tableOf(columns: readonly string[], rows: readonly (readonly number[])[]): StateTable {
  const table = new StateTable(columns);
  for (const [run, row] of rows.entries()) table.add(row, 0, { run, visit: 0, iteration: 0 });
  return table;
}

function found(columns: readonly string[], rows: readonly (readonly number[])[], degree: number): string[] {
  const equalities = polynomialEqualities(tableOf(columns, rows), columns, degree);
  return equalities.map((formula) => printFormula(formula, (name) => name));
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("polynomial equalities of sampled states", () => {
  it("finds closed forms of sums, with fractions cleared", () => {
    const triangle = upTo(60).map((i) => [i, (i * (i + 1)) / 2]);
    expect(found(["i", "s"], triangle, 2)).toEqual(["i * i + i == 2 * s"]);
    const squares = upTo(60).map((i) => [i, (i * (i + 1) * (2 * i + 1)) / 6]);
    expect(found(["i", "s"], squares, 3)).toEqual(["2 * (i * i * i) + 3 * (i * i) + i == 6 * s"]);
  });

  it("finds products of variables that nothing else relates", () => {
    const rows = upTo(12).flatMap((q) => upTo(12).flatMap((b) => upTo(4).map((r) => [q * b + r, b, q, r])));
    expect(found(["a", "b", "q", "r"], rows, 2)).toEqual(["b * q + r == a"]);
  });

  it("leaves out what an affine equality gives already, and multiples of what it found", () => {
    const rows = upTo(80).map((i) => [i, 2 * i + 1]);
    expect(found(["i", "t"], rows, 3)).toEqual([]);
  });

  it("finds nothing where there is nothing, or too little to tell", () => {
    const rows = upTo(200).map((i) => [(i * 7919) % 101, (i * i * 104729) % 97]);
    expect(found(["x", "y"], rows, 2)).toEqual([]);
    expect(
      found(
        ["x", "y"],
        [
          [1, 1],
          [2, 4],
          [3, 9],
        ],
        2,
      ),
    ).toEqual([]);
  });

  it("keeps states beyond the prime's size apart", () => {
    const rows = upTo(40).map((i) => [i, i * 67_108_859]);
    // Modulo the prime the second column is zero; the exact check refuses that.
    expect(found(["x", "y"], rows, 1)).toEqual([]);
  });
});

describe("monomials", () => {
  it("come by degree, each once", () => {
    expect(monomialsUpTo(2, 2)).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [2, 0],
      [1, 1],
      [0, 2],
    ]);
    for (const [variables, degree, count] of [
      [3, 3, 20],
      [9, 2, 55],
      [4, 5, 126],
    ] as const) {
      const all = monomialsUpTo(variables, degree);
      expect(all).toHaveLength(count);
      expect(new Set(all.map(String)).size).toBe(count);
    }
  });

  it("are never so many that a loop with many variables takes long", () => {
    expect(degreeFor(2, 4)).toBe(4);
    expect(degreeFor(9, 4)).toBe(2);
    expect(degreeFor(40, 4)).toBe(1);
  });
});

describe("columns modulo a prime", () => {
  it("tell which earlier columns one is made of", () => {
    const columns = new Columns(4);
    const of = (...values: number[]) => Float64Array.from(values, residue);
    expect(columns.dependsOn(of(1, 1, 1, 1))).toBeNull();
    expect(columns.dependsOn(of(0, 1, 2, 3))).toBeNull();
    expect(columns.dependsOn(of(0, 1, 4, 9))).toBeNull();
    expect(columns.dependsOn(of(5, 3, 1, -1))).toEqual([0, 1]);
    expect(columns.dependsOn(of(0, 2, 6, 12))).toEqual([1, 2]);
    expect(columns.rank).toBe(3);
  });
});
