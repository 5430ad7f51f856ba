import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "./outcome.ts";

/** False claims in the language of annotations, each of which was proved once, and true ones beside them. */
let touchstone: Touchstone;
beforeAll(async () => {
  touchstone = await symbolic("math");
});
afterAll(() => touchstone.close());

const said = async (text: string) => inWords(await outcomeOf(touchstone, text));

const S = "struct S { int x; int t[3]; }; struct S s; int a[3]; int m[3][3];\n";

describe("values of other states", () => {
  it.each([
    ["a member", `${S}/*@ ensures \\old(s).x == 5; */ void f(void) { s.x = 5; }`],
    ["a member in an assertion", `${S}void f(void) { s.x = 5; /*@ assert \\at(s, Pre).x == 5; */ }`],
    [
      "a member through a pointer",
      `${S}/*@ requires \\valid(p); ensures \\old(*p).x == 5; */ void f(struct S *p) { p->x = 5; }`,
    ],
    ["an element", `${S}/*@ ensures \\old(a)[0] == 5; */ void f(void) { a[0] = 5; }`],
    ["an element of a row", `${S}/*@ ensures \\old(m[1])[0] == 5; */ void f(void) { m[1][0] = 5; }`],
    ["an element of a member", `${S}/*@ ensures \\old(s.t)[0] == 5; */ void f(void) { s.t[0] = 5; }`],
    ["a whole array", `${S}/*@ ensures \\old(a) == a; */ void f(void) { a[0] = 5; }`],
    [
      "a local pointer that was not there",
      "/*@ requires \\valid(p + (0 .. 1)); */ void f(int *p) { int *q = p; q = q + 1; /*@ assert \\at(q, Pre) == q; */ }",
    ],
    [
      "validity then of where a pointer points now",
      "/*@ requires \\valid(p); */ void f(int *p) { p = p + 1; /*@ assert \\valid{Pre}(p); */ }",
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });

  it("are what they were, and what an old pointer points to is as it is", async () => {
    expect(
      await said(`${S}/*@ requires \\valid(p) && p->x == 1 && a[0] == 1 && m[1][0] == 1 && s.t[0] == 1;
    ensures \\old(*p).x == 1 && \\old(p)->x == 5 && \\old(a)[0] == 1 && \\old(m)[1][0] == 1 && \\old(m[1])[0] == 1;
    ensures \\old(s.t)[0] == 1 && \\old(s).t[0] == 1; */
void f(struct S *p) { p->x = 5; a[0] = 5; m[1][0] = 5; s.t[0] = 5; }`),
    ).toMatch(/^proved/);
  });
});

describe("a parameter called like a global", () => {
  const P =
    "int g; /*@ predicate is(integer v) = g == v; */ /*@ assigns g; ensures g == 7; */ void set(void);\n";
  it.each([
    ["in a definition", `${P}/*@ ensures is(g); */ void f(int g) { }`],
    ["in a contract", `${P}/*@ ensures \\result == 7; */ int f(int g) { set(); return g; }`],
    [
      "that is constant",
      "const int c = 3; /*@ predicate is(integer v) = c == v; */ /*@ ensures is(c); */ void f(int c) { }",
    ],
  ])("is not the global %s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^(proved|error)/);
  });

  it("keeps its value", async () => {
    expect(
      await said(`${P}/*@ ensures \\result == g && is(7); */ int f(int g) { set(); return g; }`),
    ).toMatch(/^proved/);
  });
});
