import { expect, test } from "vitest";
import { StateTable } from "../../../server/program/states.ts";
import { and, or } from "../../../server/program/term.ts";
import { add, is, multiply } from "./build.ts";

const ONCE = { run: 0, visit: 0, iteration: 0 };

function counting(count: number): StateTable {
  const table = new StateTable(["i", "square"], { capacity: 5000 });
  for (let i = 0; i < count; i++) table.add([i, i * i], 0, { run: 0, visit: 0, iteration: i });
  return table;
}

test("states are kept once, in the order in which they came", () => {
  const table = new StateTable(["x", "y"]);
  expect(table.add([1, 2], 0, ONCE)).toBe(true);
  expect(table.add([9, 1, 3], 1, ONCE)).toBe(true);
  expect(table.add([1, 2], 0, { run: 4, visit: 0, iteration: 3 })).toBe(false);
  expect([table.row(0), table.row(1), table.size]).toEqual([[1, 2], [1, 3], 2]);
});

test("only the key columns tell states apart", () => {
  const table = new StateTable(["x", "temporary"], { keys: 1 });
  expect(table.add([1, 2], 0, ONCE)).toBe(true);
  expect(table.add([1, 3], 0, ONCE)).toBe(false);
});

test("zero and minus zero are one value", () => {
  const table = new StateTable(["x"]);
  table.add([-0], 0, ONCE);
  expect(table.add([0], 0, ONCE)).toBe(false);
  expect(Object.is(table.value(0, 0), 0)).toBe(true);
});

test("values that doubles cannot hold exactly are refused", () => {
  const table = new StateTable(["x"]);
  for (const value of [2 ** 53, -(2 ** 60), Number.NaN, 0.5]) expect(table.add([value], 0, ONCE)).toBe(false);
  expect(table.size).toBe(0);
});

test("a full table takes no more", () => {
  const table = new StateTable(["x"], { capacity: 3 });
  for (let x = 0; x < 5; x++) table.add([x], 0, ONCE);
  expect([table.size, table.full]).toEqual([3, true]);
});

test("screening finds the row that breaks a formula, in any chunk", () => {
  const table = counting(1000);
  expect(table.screen(is("square", "==", multiply("i", "i")))).toEqual({ kind: "holds" });
  expect(table.screen(is("i", "<", 700))).toEqual({ kind: "violated", row: 700 });
  expect(table.screen(and(is("i", ">=", 0), is("square", "<", 998_000)))).toEqual({
    kind: "violated",
    row: 999,
  });
  expect(table.screen(or(is("i", "<", 3), is(add("i", 1), "<", "square")))).toEqual({ kind: "holds" });
});

test("a row that broke one formula is tried first on the next", () => {
  const table = counting(1000);
  table.screen(is("i", "<", 900));
  expect(table.screen(is("i", "<", 850))).toEqual({ kind: "violated", row: 900 });
  expect(table.screen(is("i", "<", 950))).toEqual({ kind: "violated", row: 950 });
});

test("a sighting says where a state was met", () => {
  expect(counting(10).sighting(7)).toEqual({ run: 0, visit: 0, iteration: 7 });
});
