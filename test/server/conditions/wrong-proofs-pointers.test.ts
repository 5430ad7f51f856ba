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

describe("it is not proved that", () => {
  it.each([
    [
      "the value of an assignment is read again",
      `/*@ requires \\valid(p); assigns *p; ensures \\result == 3; */ int f(int *p) { *p = 1; int y = (*p = *p + 1); return y; }`,
    ],
    [
      "or is that of another variable",
      `/*@ assigns \\nothing; ensures c != 0 ==> \\result == 2; */
int f(int c) { int a = 1, b = 2; int y = (*(c ? &a : &b) = 5); return y; }`,
    ],
    [
      "a loop that moves a pointer assigns it",
      `struct S { int x; };
/*@ assigns \\nothing; */ void f(int n) { struct S s; struct S *p = &s; int i = 0;
/*@ loop assigns i; */ while (i < n) { i++; p++; } }`,
    ],
    [
      "what may be null is read",
      `/*@ requires n >= 0 && \\valid(a + (0 .. n-1)); assigns \\nothing;
ensures \\result == \\null || (\\exists integer i; 0 <= i < n && \\result == a + i && *\\result == v); */
int *find(int *a, int n, int v);
/*@ requires n >= 0 && \\valid(a + (0 .. n-1)); assigns \\nothing; */ int g(int *a, int n) { return *find(a, n, 3); }`,
    ],
    [
      "or written",
      `/*@ requires n >= 0 && \\valid(a + (0 .. n-1)); assigns \\nothing;
ensures \\result == \\null || (\\exists integer i; 0 <= i < n && \\result == a + i && *\\result == v); */
int *find(int *a, int n, int v);
/*@ requires n >= 0 && \\valid(a + (0 .. n-1)); assigns a[0 .. n-1]; */ void g(int *a, int n) { int *p = find(a, n, 3); *p = 1; }`,
    ],
    [
      "or followed where it is null",
      `/*@ requires n >= 0 && \\valid(a + (0 .. n-1)); assigns \\nothing;
ensures \\result == \\null || (\\exists integer i; 0 <= i < n && \\result == a + i && *\\result == v); */
int *find(int *a, int n, int v);
/*@ requires n >= 0 && \\valid(a + (0 .. n-1)); assigns a[0 .. n-1]; */ void g(int *a, int n) { int *p = find(a, n, 3); if (p == 0) *p = 1; }`,
    ],
    [
      "the address of a variable is returned",
      `/*@ assigns \\nothing; ensures \\valid(\\result); */ int *f(void) { int x = 1; return &x; }`,
    ],
    [
      "or of an element",
      `/*@ assigns \\nothing; ensures \\valid(\\result); */ int *f(void) { int x[2] = {1,2}; return x + 1; }`,
    ],
    ["or of a parameter", `/*@ assigns \\nothing; ensures *\\result == x; */ int *f(int x) { return &x; }`],
    [
      "the place behind an array is valid",
      `/*@ requires n > 0 && \\valid(a + (0 .. n-1)); assigns \\nothing; ensures \\valid(\\result); */ int *end(int *a, int n) { return a + n; }`,
    ],
    [
      "or read",
      `/*@ requires n > 0 && \\valid(a + (0 .. n-1)); assigns \\nothing; */ int end(int *a, int n) { int *p = a + n; return *p; }`,
    ],
    [
      "a null parameter is returned and not null",
      `/*@ requires p == \\null || \\valid(p); assigns \\nothing; ensures \\result != \\null; */ int *f(int *p) { return p; }`,
    ],
    [
      "or told from a copy of it",
      `int d;
/*@ requires p == \\null || \\valid(p); assigns \\nothing; ensures \\result == p; */ int *f(int *p) { return p ? p : &d; }`,
    ],
    [
      "what a null pointer leads to has a value",
      `/*@ assigns \\nothing; ensures *\\result == 0; */ int *f(void) { return 0; }`,
    ],
    ["or has another", `/*@ assigns \\nothing; ensures *\\result != 0; */ int *f(void) { return 0; }`],
    ["or is valid", `/*@ assigns \\nothing; ensures \\valid(\\result); */ int *f(void) { return 0; }`],
    [
      "pointers into two objects are ordered",
      `/*@ requires \\valid(p) && \\valid(q); assigns \\nothing; ensures \\result == 0; */ int f(int c, int *p, int *q) { int *r = c ? p : q; return r < p; }`,
    ],
    [
      "or subtracted",
      `/*@ requires \\valid(p) && \\valid(q); assigns \\nothing; ensures \\result == 0; */ long f(int c, int *p, int *q) { int *r = c ? p : q; return r - p; }`,
    ],
    [
      "or compared behind one of them",
      `int a[2]; int b[2];
/*@ assigns \\nothing; ensures \\result == 0; */ int f(int c) { int *r = c ? a + 2 : a + 1; int *s = c ? b : b + 1; return r == s; }`,
    ],
    [
      "a variable is swapped with itself",
      `/*@ requires \\valid(a) && \\valid(b); assigns *a, *b; ensures *a == \\old(*b) && *b == \\old(*a); */
void swap(int *a, int *b) { int t = *a; *a = *b; *b = t; }
/*@ assigns \\nothing; */ int f(void) { int x = 1; swap(&x, &x); return x; }`,
    ],
    [
      "or handed over beside a pointer to it",
      `/*@ requires \\valid(a) && \\valid(b); assigns *a, *b; ensures *a == 1 && *b == 2; */
void two(int *a, int *b) { *a = 1; *b = 2; }
/*@ assigns \\nothing; ensures \\result == 1; */ int f(int c) { int x = 0, y = 0; int *p = c ? &x : &y; two(p, &y); return *p; }`,
    ],
    [
      "what is valid somewhere is no variable",
      `int g;
/*@ assigns \\nothing; ensures \\valid(\\result); */ int *get(void);
/*@ assigns \\nothing; ensures \\result == 0; */ int f(void) { g = 0; int *p = get(); *p = 1; return g; }`,
    ],
    [
      "nor what a pointer leads to",
      `/*@ assigns \\nothing; ensures \\valid(\\result); */ int *get(int *p);
/*@ requires \\valid(q); assigns *q; ensures \\result == 1; */ int f(int *q, int *p) { *q = 1; int *r = get(p); if (r == 0) return 1; *r = 2; return *q; }`,
    ],
    [
      "one of two variables is written",
      `/*@ assigns \\nothing; ensures \\result == 1; */ int f(int c) { int x = 1, y = 1; int *p = c ? &x : &y; *p = 2; return x; }`,
    ],
    [
      "in a loop, too",
      `/*@ assigns \\nothing; ensures \\result == 1; */ int f(int n) { int x = 1, y = 1; int *p = &x; int i = 0;
/*@ loop assigns i, p, x, y; */ while (i < n) { *p = 1; p = &y; i++; if (i > 1) *p = 2; } return y; }`,
    ],
    [
      "what is given further down comes round the loop",
      `/*@ assigns \\nothing; ensures \\result == 1; */ int f(int n) { int x = 1, y = 5; int *p = &x; int s = 0;
for (int i = 0; i < n; i++) { s = *p; p = &y; } return n > 0 ? s : 1; }`,
    ],
    [
      "a pointer that one path sets has a value",
      `/*@ assigns \\nothing; */ int f(int c, int d) { int x = 1, y = 1; int *p; if (c) p = &x; else if (d) p = &y; return *p; }`,
    ],
    [
      "and can be told of",
      `void f(int c) { int x = 1; int *p; if (c) p = 0; else if (c > 1) p = &x; /*@ assert p == \\null || p == &x; */ }`,
    ],
    [
      "a null pointer moves",
      `/*@ assigns \\nothing; */ void f(int c, int n) { int a[3] = {1,2,3}; int *p = c ? a : 0; p = p + 1; }`,
    ],
    [
      "a callee sets what it says nothing of",
      `/*@ requires \\valid(p); assigns *p; ensures \\result == 0 ==> *p == 1; */ int get(int *p);
/*@ assigns \\nothing; */ int f(void) { int x; if (get(&x) != 0) return x; return 0; }`,
    ],
    [
      "a callee changes what it returns",
      `/*@ requires \\valid(p); assigns *p; ensures \\result == p; */ int *keep(int *p);
/*@ assigns \\nothing; ensures \\result == 1; */ int f(void) { int x = 1; int *q = keep(&x); return *q; }`,
    ],
    [
      "a pointer is returned at the end",
      `/*@ assigns \\nothing; ensures \\result == p; */ int *f(int *p, int c) { if (c) return p; }`,
    ],
    [
      "pointers of which nothing is known are told apart",
      `/*@ assigns \\nothing; ensures \\result == 0; */ int f(int c, int *p, int *q) { int *r = c ? p : q; return r == p && !c; }`,
    ],
    [
      "one of two is no part of assigns",
      `int g;
/*@ requires \\valid(p); assigns *p; */ void f(int c, int *p) { int *r = c ? p : &g; *r = 1; }`,
    ],
    [
      "nor writable",
      `/*@ requires \\valid_read(p) && \\valid(q); assigns *p, *q; */ void f(int c, int *p, int *q) { int *r = c ? p : q; *r = 1; }`,
    ],
    [
      "one of two is returned",
      `/*@ requires \\valid(p) && \\valid(q); assigns \\nothing; ensures \\result == p; */ int *f(int *p, int *q) { return *p < *q ? q : p; }`,
    ],
    [
      "what is returned lies behind the array",
      `/*@ requires n >= 0 && \\valid_read(a + (0 .. n-1)); assigns \\nothing;
ensures \\result == \\null || (\\exists integer i; 0 <= i < n && \\result == a + i); */
int *find(int *a, int n, int v) { for (int i = 0; i < n; i++) if (a[i] == v) return a + i; return a + n; }`,
    ],
    [
      "a callee reads what has no value",
      `/*@ requires \\valid(p); assigns *p; ensures *p == \\old(*p) + 1; */ void inc(int *p);
/*@ assigns \\nothing; */ int f(void) { int x; inc(&x); return x; }`,
    ],
    [
      "a promise of any value gives one",
      `/*@ requires \\valid(p); assigns *p; ensures *p <= 2147483647; */ void get(int *p);
/*@ assigns \\nothing; */ int f(void) { int x; get(&x); return x; }`,
    ],
    [
      "a precondition of the value gives one",
      `/*@ requires \\valid(p) && *p == 3; assigns *p; ensures *p == 3; */ void get(int *p);
/*@ assigns \\nothing; */ int f(void) { int x; get(&x); return x; }`,
    ],
    [
      "a promise under a condition gives one",
      `/*@ requires \\valid(p); assigns *p; ensures c > 0 ==> *p == 3; */ void get(int c, int *p);
/*@ assigns \\nothing; */ int f(int c) { int x; get(c, &x); return x; }`,
    ],
    [
      "one of a member gives one to another",
      `struct P { int x; int y; };
/*@ requires \\valid(p); assigns *p; ensures p->x == 0; */ void reset(struct P *p);
/*@ assigns \\nothing; */ int f(void) { struct P p; reset(&p); return p.y; }`,
    ],
    [
      "one of either gives one to both",
      `/*@ requires \\valid(p) && \\valid(q) && \\separated(p, q); assigns *p, *q; ensures *p == 1 || *q == 1; */ void get(int *p, int *q);
/*@ assigns \\nothing; */ int f(void) { int x, y; get(&x, &y); return x; }`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });
});
