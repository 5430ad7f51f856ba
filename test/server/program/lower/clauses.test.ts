import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "../../conditions/outcome.ts";

/** `check`, `admit`, `for`, and copies of structures with arrays. */
let touchstone: Touchstone;
beforeAll(async () => {
  touchstone = await symbolic("math");
});
afterAll(() => touchstone.close());

const said = async (text: string) => inWords(await outcomeOf(touchstone, text));

describe("clauses that are checked, admitted, or for some behaviors", () => {
  it.each([
    [
      "checks",
      `/*@ requires x > 0; assigns \\nothing; check ensures \\result > 1; ensures \\result > 0; */
int f(int x) { int y = x + 1; /*@ check y >= 2; */ return y; }`,
    ],
    [
      "what is admitted",
      `/*@ admit requires x > 0; assigns \\nothing; ensures \\result > 0; */
int f(int x) { int y = x * x; /*@ admit y > 0; */ return y; }`,
    ],
    [
      "clauses for behaviors",
      `/*@ requires n >= 0; assigns \\nothing;
behavior small: assumes n < 10; ensures \\result < 10;
behavior large: assumes n >= 10; ensures \\result >= 10;
complete behaviors; disjoint behaviors; */
int id(int n) {
int i = 0;
/*@ loop invariant 0 <= i <= n; for small: loop invariant i < 10; loop assigns i; loop variant n - i; */
while (i < n) i++;
//@ for large: assert i >= 10;
return i;
}`,
    ],
    [
      "a copy of a structure with an array",
      `struct S { int n; int d[4]; };
/*@ requires \\valid(s) && \\valid(t) && \\separated(s, t); assigns *t; ensures t->n == s->n && t->d[2] == s->d[2]; */
void copy(struct S *s, struct S *t) { *t = *s; }`,
    ],
    [
      "a copy of a part",
      `struct S { int n; int d[3]; };
/*@ assigns \\nothing; ensures \\result == 3; */ int f(void) { struct S s; struct S t; s.n = 1; s.d[0] = 1; s.d[1] = 2; t = s; return t.d[1] + t.n; }`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).toMatch(/^proved/);
  });

  it("are listed where they are admitted", async () => {
    expect(
      await said("/*@ admit ensures \\result > 0; */ int f(int x) { /*@ admit x > 0; */ return x; }"),
    ).toMatch(/admit ensures .result > 0 at line 1; admit x > 0 at line 1/);
  });

  it("assigns nothing where a value is given back to what has it", async () => {
    const text = (value: string) =>
      `int g, h; int a[3];
/*@ requires 0 <= i < 3; assigns \\nothing; */ void f(int i) { g = ${value}; a[1] = a[1]; }`;
    expect(await said(text("g"))).toMatch(/^proved/);
    expect(await said(text("h"))).toMatch(/^refuted/);
  });

  it.each([
    [
      "a copy leaves an array as it was",
      `struct S { int n; int d[3]; };
/*@ requires \\valid(s) && \\valid(t) && \\separated(s, t); assigns *t; ensures t->d[2] == \\old(t->d[2]); */
void copy(struct S *s, struct S *t) { *t = *s; }`,
    ],
    [
      "a copy gives what had no value one",
      `struct S { int n; int d[3]; };
/*@ assigns \\nothing; */ int f(void) { struct S s; struct S t; s.n = 1; s.d[0] = 1; s.d[1] = 2; t = s; return t.d[2]; }`,
    ],
    [
      "a copied element keeps its array",
      `struct S { int d[2]; };
/*@ requires \\valid(a + (0 .. 1)); assigns a[0]; ensures a[0].d[1] == \\old(a[0].d[1]); */ void f(struct S *a) { a[0] = a[1]; }`,
    ],
    [
      "a check is assumed",
      `/*@ assigns \\nothing; ensures \\result > 0; */ int g(int x) { /*@ check x > 0; */ return x; }`,
    ],
    [
      "a check of the entry is assumed",
      `/*@ check requires x > 0; assigns \\nothing; ensures \\result > 0; */ int g(int x) { return x; }`,
    ],
    [
      "a caller relies on a check",
      `/*@ assigns \\nothing; check ensures \\result > 0; */ int g(int x);
/*@ assigns \\nothing; ensures \\result > 0; */ int f(int x) { return g(x); }`,
    ],
    [
      "what is stated for another behavior holds",
      `/*@ assigns \\nothing; behavior pos: assumes x > 0; ensures \\result == 1; behavior neg: assumes x <= 0; ensures \\result == 0; */
int f(int x) { int y = x > 0; /*@ for neg: assert y == 1; */ return y; }`,
    ],
    [
      "a behavior that is none applies",
      `/*@ assigns \\nothing; */ int f(int x) { /*@ for none: assert x == 1; */ return 1; }`,
    ],
    [
      "an invariant that is a check is assumed",
      `/*@ requires n >= 0; assigns \\nothing; ensures \\result == n; */
int f(int n) { int i = 0; /*@ check loop invariant i <= n; loop assigns i; */ while (i < n) i++; return i; }`,
    ],
    [
      "a call meets no check",
      `/*@ check requires x > 0; assigns \\nothing; ensures \\result == x; */ int g(int x);
/*@ assigns \\nothing; */ int f(int x) { return g(x); }`,
    ],
  ])("it is not proved that %s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });
});
