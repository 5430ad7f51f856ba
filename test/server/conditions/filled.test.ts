import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "./outcome.ts";

let touchstone: Touchstone;
beforeAll(async () => {
  touchstone = await symbolic("math");
});
afterAll(() => touchstone.close());

const holds = async (declaration: string, claim: string) =>
  inWords(await outcomeOf(touchstone, `void f(void) { ${declaration} /*@ assert ${claim}; */ }`));

// Each was proved once: the array was taken to have the value at every integer.
describe("what stands behind an array's end is not known", () => {
  it.each([
    ["int a[3] = {0};", "a[100] == 0"],
    ["int a[3] = {1};", "\\forall integer i; 0 <= i <= 3 ==> a[i] >= 0"],
    ["int a[100] = {0};", "a[100] == 0"],
    ["int a[100] = {0};", "\\forall integer i; -1 <= i < 100 ==> a[i] == 0"],
    ['char u[] = "abc";', "u[4] == 0"],
    ["int m[3][4] = {{0}};", "m[2][4] == 0"],
    ["int m[30][4] = {{0}};", "m[30][0] == 0"],
    ["int a[3] = {0};", "\\initialized(&a[3])"],
  ])("%s %s", async (declaration, claim) => {
    expect(await holds(declaration, claim)).not.toMatch(/^proved/);
  });
});

describe("what an initialiser leaves out is zero", () => {
  it.each([
    ["int a[3] = {1, 2};", "a[0] == 1 && a[1] == 2 && a[2] == 0"],
    ["int a[100] = {0, 7};", "a[1] == 7 && a[99] == 0"],
    ["int a[100] = {0};", "\\forall integer i; 0 <= i < 100 ==> a[i] == 0"],
    ["int m[30][4] = {{1}};", "m[0][0] == 1 && m[29][3] == 0"],
    ['char u[] = "abc";', "u[3] == 0"],
  ])("%s %s", async (declaration, claim) => {
    expect(await holds(declaration, claim)).toMatch(/^proved/);
  });
});
