import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "./outcome.ts";

/** False claims, each of which was proved once: the last function of each text has a run that breaks what is said of it. */
let touchstone: Touchstone;
beforeAll(async () => {
  touchstone = await symbolic("math");
});
afterAll(() => touchstone.close());

const said = async (text: string) => inWords(await outcomeOf(touchstone, text));

describe("states and names in annotations", () => {
  it.each([
    [
      "what a behavior assumes of a predicate's argument is about the entry",
      `int g;
/*@ predicate pos(integer x) = x > 0; */
/*@ assigns g; behavior p: assumes pos(g); ensures \\result == 1; */
int f(void) { g = -1; return 0; }`,
    ],
    [
      "\\old of an application takes its arguments at the entry",
      `int g;
/*@ logic integer twice(integer x) = 2 * x; */
/*@ assigns g; ensures \\old(twice(g) == 2) ==> \\result == 1; */
int f(void) { g = 0; return 0; }`,
    ],
    [
      "what a behavior requires before it says what it assumes is required of it alone",
      `/*@ behavior a: requires x > 10; assumes x > 0; ensures \\result > 10;
    behavior b: assumes x <= 0; ensures \\result > 10; */
int f(int x) { return x; }`,
    ],
    [
      "a bound variable in a pointer argument is not the one that the definition binds",
      `/*@ predicate sevens(int *p) = \\forall integer i; 0 <= i < 2 ==> p[i] == 7; */
/*@ requires \\valid(a + (0 .. 9)) && a[0] == 7 && a[1] == 0 && a[2] == 7 && a[3] == 7; assigns \\nothing;
    ensures \\forall integer i; 0 <= i < 2 ==> sevens(a + i); */
void f(int *a) { }`,
    ],
    [
      "nor the one of \\initialized",
      `void f(void) { int a[3]; a[0] = 1; /*@ assert \\exists integer k; k == 0 && !\\initialized(a + (0 .. k)); */ }`,
    ],
    [
      "a local has no value at the entry that a definition could speak of",
      `/*@ predicate same{L1,L2}(int *a) = \\at(a[0], L1) == \\at(a[0], L2); */
void f(void) { int l[2] = {0, 0}; l[0] = 5; /*@ assert same{Pre,Here}(l); */ }`,
    ],
    [
      "members of one structure have addresses of their own",
      `struct S { int x; int y; };
void f(void) { struct S s; s.x = 0; s.y = 0; /*@ assert &s.x == &s.y; */ }`,
    ],
    [
      "and are separate",
      `struct S { int x; int y; };
/*@ requires \\valid(p); assigns \\nothing; ensures !\\separated(&p->x, &p->y); */
void f(struct S *p) { }`,
    ],
    [
      "and that one is valid does not make another so",
      `struct S { int x; int y; };
/*@ requires \\valid(&p->x); assigns p->y; */ void f(struct S *p) { p->y = 1; }`,
    ],
    [
      "what lies outside an array was given no value",
      `void f(void) { int a[3] = {0}; /*@ assert \\initialized(&a[7]); */ }`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });

  it("what lies around separate elements is listed where an annotation speaks of it", async () => {
    const claim = (
      ensures: string,
    ) => `/*@ requires k > 0 && \\valid(a + (0 .. k - 1)) && \\valid(b + (0 .. k - 1));
    requires \\separated(a + (0 .. k - 1), b + (0 .. k - 1)); assigns b[0]; ensures ${ensures}; */
void f(int *a, int *b, int k) { b[0] = a[0]; }`;
    const around = "separation of pointer parameters: what lies around a, b do not overlap";
    expect(await said(claim("a[k] == \\old(a[k])"))).toContain(around);
    expect(await said(claim("\\forall integer i; a[i] == \\old(a[i])"))).toContain(around);
    const inside = await said(
      claim("a[0] == b[0] && (\\forall integer i; 0 <= i < k ==> a[i] == \\old(a[i]))"),
    );
    expect(inside).toMatch(/^proved/);
    expect(inside).not.toContain("separation");
  });

  it("separation of parameters is listed, even where nothing is written", async () => {
    expect(
      await said(`/*@ assigns \\nothing; ensures \\separated(a, b); */ void f(int *a, int *b) { }`),
    ).toContain("separation of pointer parameters: a, b do not overlap");
  });
});

describe("calls", () => {
  it.each([
    [
      "an element beside a variable is not the variable",
      `/*@ requires \\valid(p); assigns *p; ensures p[1] == \\old(p[1]); */ void set(int *p);
/*@ ensures \\result == 1; */ int f(void) { int x = 1; set(&x); return x; }`,
    ],
    [
      "one variable passed twice is not separate from itself",
      `/*@ requires \\separated(p, q); assigns *p, *q; */ void two(int *p, int *q);
void f(void) { int x = 0; two(&x, &x); }`,
    ],
    [
      "nor from its own name",
      `int g; /*@ requires \\separated(p, &g); assigns *p; */ void set(int *p);
void f(void) { set(&g); }`,
    ],
    [
      "where an argument points is decided before the callee changes anything",
      `int g; /*@ requires \\valid(p); assigns *p, g; ensures *p == 7; */ void set(int *p);
/*@ requires g == 0; requires \\valid(a + (0 .. 9)); ensures a[g] == 7; */
void f(int *a) { set(a + g); }`,
    ],
    [
      "and so are the bounds of what it assigns",
      `int n; int arr[10];
/*@ requires 0 < n < 10; assigns n, arr[0 .. n - 1]; ensures n == 1; */ void clear(void);
/*@ requires n == 5; ensures arr[2] == \\old(arr[2]); */ void f(void) { clear(); }`,
    ],
    [
      "those in the array itself too",
      `int arr[10];
/*@ requires 0 <= a[0] < 9; assigns a[0 .. a[0]]; ensures a[0] == 0; */ void clear(int *a);
/*@ requires arr[0] == 5; ensures arr[3] == \\old(arr[3]); */ void f(void) { clear(arr); }`,
    ],
    [
      "without assigns a callee may have kept a pointer",
      `/*@ ensures \\true; */ void anything(void);
/*@ requires \\valid(p); ensures *p == 1; */ void f(int *p) { *p = 1; anything(); }`,
    ],
    [
      "a contract says more of an unknown value than its name does",
      `int g; /*@ assigns g; ensures g == 1; */ int unknown2(void);
/*@ ensures g == 0; */ void f(void) { g = 0; unknown2(); }`,
    ],
    [
      "an argument points to what the contract calls by its name",
      `int g; /*@ requires \\valid(p); assigns *p; ensures g == \\old(g); */ void set(int *p);
/*@ assigns g; ensures g == \\old(g); */ void f(void) { set(&g); }`,
    ],
    [
      "main that is called again does not start with the initial globals",
      `int g; /*@ assigns g; */
int main(void) { /*@ assert g == 0; */ if (g == 1) return 0; g = 1; main(); return 0; }`,
    ],
    [
      "a call may change the operand beside it through its address",
      `/*@ requires \\valid(p); assigns *p; ensures *p == 5 && \\result == 0; */ int put(int *p);
/*@ ensures \\result == 5; */ int f(void) { int x = 1; int y = put(&x) + x; return y; }`,
    ],
    [
      "and the variable that a compound assignment adds to",
      `int g; /*@ assigns g; ensures g == 5 && \\result == 0; */ int put(void);
/*@ requires g == 1; ensures g == 5; */ void f(void) { g += put(); }`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });
});

describe("initialisers and loops", () => {
  it.each([
    [
      "a designator may be any constant",
      `enum { K = 2 }; /*@ ensures \\result == 7; */ int f(void) { int a[4] = {[K] = 7}; return a[0]; }`,
    ],
    [
      "the order in a list is open",
      `/*@ ensures \\result == 1; */ int f(void) { int i = 0; int a[2] = {i++, i++}; return a[1]; }`,
    ],
    [
      "a pointer without an initialiser is unset in each iteration",
      `/*@ ensures \\result == 2; */ int f(void) { int a[3] = {0, 0, 0}; int i = 0;
/*@ loop invariant 0 <= i <= 3; loop invariant i > 0 ==> a[0] == i - 1; loop assigns i, a[0 .. 2]; */
while (i < 3) { int *p; if (i == 0) p = a; *p = i; i++; } return a[0]; }`,
    ],
    [
      "what a local hides is changed in a loop all the same",
      `/*@ requires \\valid(p); */ void f(int *p) { int *q = p; { int p = 0;
/*@ loop invariant 0 <= p <= 3; loop assigns p; */ while (p < 3) { *q = 1; p++; } } }`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });

  it("a bound of loop assigns that moves is listed as not proved", async () => {
    expect(
      await said(`void f(void) { int a[10]; int i = 0;
/*@ loop invariant 0 <= i <= 5; loop assigns i, a[0 .. i]; */ while (i < 5) { a[9] = 1; i++; } }`),
    ).toContain("loop assigns at line 2: bounds that the loop changes are read as open, and not proved");
  });
});
