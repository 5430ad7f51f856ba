import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "./outcome.ts";

/** False claims of pointers and of what they lead to, and true ones beside them. */
let touchstone: Touchstone;
beforeAll(async () => {
  touchstone = await symbolic("math");
});
afterAll(() => touchstone.close());

const said = async (text: string) => inWords(await outcomeOf(touchstone, text));

describe("a pointer without a target", () => {
  it.each([
    ["to a block that was left", "int f(void) { int *p; { int a[2] = {1, 2}; p = a; } return *p; }"],
    ["to a variable of a block that was left", "int f(void) { int *p; { int x = 1; p = &x; } return *p; }"],
    ["that is set on one path", "int f(int c) { int a[1]; int *p; a[0] = 1; if (c) p = a; return p == a; }"],
    [
      "that is set in another iteration",
      "int f(void) { int x = 1; for (int i = 0; i < 2; i++) { int *p; if (i == 0) p = &x; x = *p; } return 1; }",
    ],
  ])("%s", async (_, text) => {
    expect(await said(`/*@ ensures \\result == 1 || \\result == 0; */ ${text}`)).not.toMatch(/^proved/);
  });
});

describe("a variable that a pointer leads to", () => {
  it.each([
    [
      "changes through it",
      "/*@ ensures \\result == 1; */ int f(void) { int x = 1; int *p = &x; *p = 2; return x; }",
    ],
    [
      "is not read before it is changed",
      "/*@ ensures \\result == 1; */ int f(void) { int x = 1; int *p = &x; return x + (*p = 0); }",
    ],
    [
      "nor behind that",
      "/*@ ensures \\result == 2; */ int f(void) { int x = 1; int *p = &x; return *p + x++; }",
    ],
    [
      "is not what lies beside it",
      "/*@ ensures \\result == 1; */ int f(void) { int x = 1; int *p = &x; p++; return *p; }",
    ],
    ["may have no value", "int f(void) { int x; int *p = &x; return *p; }"],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });

  it.each([
    [
      "changes with the variable",
      "/*@ ensures \\result == 5; */ int f(void) { int x = 1; int *p = &x; *p = 3; x += 2; return *p; }",
    ],
    [
      "in the order of statements",
      "/*@ ensures \\result == 3; */ int f(void) { int x = 1; int *p = &x; x = *p + 1; *p = x + 1; return x; }",
    ],
    [
      "has a value once it is set",
      "/*@ ensures \\result == 3; */ int f(void) { int x; int *p = &x; *p = 3; return x; }",
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).toMatch(/^proved/);
  });
});
