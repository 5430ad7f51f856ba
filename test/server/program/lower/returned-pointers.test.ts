import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "../../conditions/outcome.ts";

/** Functions with pointers as people write them, each of which is proved as it stands. */
let touchstone: Touchstone;
beforeAll(async () => {
  touchstone = await symbolic("math");
});
afterAll(() => touchstone.close());

const said = async (text: string) => inWords(await outcomeOf(touchstone, text));

describe("pointers that are returned, null, one of several, or handed over to be set", () => {
  it.each([
    [
      "a search",
      `#include <stddef.h>
/*@ requires n >= 0 && \\valid_read(a + (0 .. n-1));
assigns \\nothing;
ensures \\result == \\null || (\\exists integer i; 0 <= i < n && \\result == a + i && *\\result == v);
ensures \\result == \\null ==> \\forall integer i; 0 <= i < n ==> a[i] != v; */
int *find(int *a, int n, int v) {
/*@ loop invariant 0 <= i <= n;
loop invariant \\forall integer k; 0 <= k < i ==> a[k] != v;
loop assigns i; loop variant n - i; */
for (int i = 0; i < n; i++) if (a[i] == v) return a + i;
return NULL;
}`,
    ],
    [
      "a search by a pointer that walks, in behaviors",
      `/*@ requires n >= 0 && \\valid_read(a + (0 .. n-1));
assigns \\nothing;
behavior found: assumes \\exists integer i; 0 <= i < n && a[i] == v;
ensures \\exists integer k; 0 <= k < n && \\result == a + k && a[k] == v;
behavior missing: assumes \\forall integer i; 0 <= i < n ==> a[i] != v;
ensures \\result == \\null;
complete behaviors; disjoint behaviors; */
const int *find(const int *a, int n, int v) {
const int *p = a;
const int *end = a + n;
/*@ loop invariant 0 <= p - a <= n;
loop invariant \\forall integer k; 0 <= k < p - a ==> a[k] != v;
loop assigns p; loop variant end - p; */
while (p < end) { if (*p == v) return p; p++; }
return 0;
}`,
    ],
    [
      "the larger of two",
      `/*@ requires \\valid(p) && \\valid(q);
assigns \\nothing;
ensures \\result == p || \\result == q;
ensures *\\result >= *p && *\\result >= *q; */
int *max_ptr(int *p, int *q) { if (*p < *q) return q; return p; }`,
    ],
    [
      "an element",
      `/*@ requires n > 1 && \\valid(a + (0 .. n-1)); assigns \\nothing;
ensures \\result == a + 1 && \\valid(\\result); */
int *second(int *a, int n) { return &a[1]; }`,
    ],
    [
      "a call of a search",
      `#include <stddef.h>
/*@ requires n >= 0 && \\valid(a + (0 .. n-1)); assigns \\nothing;
ensures \\result == \\null || (\\exists integer i; 0 <= i < n && \\result == a + i && *\\result == v);
ensures \\result == \\null ==> \\forall integer i; 0 <= i < n ==> a[i] != v; */
int *find(int *a, int n, int v);
/*@ requires n >= 0 && \\valid(a + (0 .. n-1)); assigns a[0 .. n-1];
ensures \\result == 0 ==> \\forall integer i; 0 <= i < n ==> a[i] != v; */
int replace(int *a, int n, int v, int w) {
int *p = find(a, n, v);
if (p == NULL) return 0;
*p = w;
return 1;
}`,
    ],
    [
      "the last element",
      `/*@ requires n > 0 && \\valid(a + (0 .. n-1)); assigns \\nothing;
ensures \\result == &a[n-1] && \\valid(\\result); */
int *last(int *a, int n) { return a + n - 1; }`,
    ],
    [
      "one of two is written",
      `/*@ requires \\valid(p) && \\valid(q) && \\separated(p, q); assigns *p, *q;
ensures c != 0 ==> *p == 1; ensures c == 0 ==> *q == 1; */
void mark(int c, int *p, int *q) { int *r = c ? p : q; *r = 1; }`,
    ],
    [
      "a default",
      `#include <stddef.h>
int dflt;
/*@ assigns \\nothing; ensures p != \\null ==> \\result == p; ensures p == \\null ==> \\result == &dflt; */
int *or_default(int *p) { return p ? p : &dflt; }`,
    ],
    [
      "a search in a string",
      `#include <stddef.h>
/*@ requires n >= 0 && \\valid_read(s + (0 .. n)) && s[n] == 0; requires \\forall integer i; 0 <= i < n ==> s[i] != 0;
assigns \\nothing;
ensures \\result == \\null || (s <= \\result < s + n && *\\result == c); */
char *my_strchr(char *s, char c, int n) {
/*@ loop invariant s <= p <= s + n; loop assigns p; */
for (char *p = s; *p; p++) if (*p == c) return p;
return NULL;
}`,
    ],
    [
      "the least element",
      `/*@ requires n > 0 && \\valid_read(a + (0 .. n-1)); assigns \\nothing;
ensures \\exists integer k; 0 <= k < n && \\result == a + k;
ensures \\forall integer i; 0 <= i < n ==> *\\result <= a[i]; */
int *min_element(int *a, int n) {
int *m = a;
/*@ loop invariant 1 <= i <= n; loop invariant 0 <= m - a < n;
loop invariant \\forall integer k; 0 <= k < i ==> *m <= a[k];
loop assigns i, m; loop variant n - i; */
for (int i = 1; i < n; i++) if (a[i] < *m) m = &a[i];
return m;
}`,
    ],
    [
      "its value by a call",
      `/*@ requires n > 0 && \\valid_read(a + (0 .. n-1)); assigns \\nothing;
ensures a <= \\result < a + n;
ensures \\forall integer i; 0 <= i < n ==> *\\result <= a[i]; */
int *min_element(int *a, int n);
/*@ requires n > 0 && \\valid_read(a + (0 .. n-1)); assigns \\nothing; ensures \\result <= a[0]; */
int min_value(int *a, int n) { return *min_element(a, n); }`,
    ],
    [
      "a pointer that leads elsewhere later",
      `/*@ assigns \\nothing; ensures \\result == 3; */
int f(void) { int x = 1, y = 2; int *p = &x; int s = *p; p = &y; s += *p; return s; }`,
    ],
    [
      "a parameter handed back",
      `/*@ requires \\valid(p); assigns *p; ensures \\result == p && *\\result == 1; */
int *init(int *p) { *p = 1; return p; }
/*@ assigns \\nothing; ensures \\result == 1; */
int f(void) { int x = 0; int *q = init(&x); return *q; }`,
    ],
    [
      "whether something is found",
      `/*@ requires n >= 0 && \\valid_read(a + (0 .. n-1)); assigns \\nothing;
ensures \\result == \\null <==> (\\forall integer i; 0 <= i < n ==> a[i] != v); */
int *find(int *a, int n, int v);
/*@ requires n >= 0 && \\valid_read(a + (0 .. n-1)); assigns \\nothing;
ensures \\result <==> \\exists integer i; 0 <= i < n && a[i] == v; */
int contains(int *a, int n, int v) { return find(a, n, v) != 0; }`,
    ],
    [
      "0 and truth of pointers",
      `#include <stddef.h>
/*@ requires p == 0 || \\valid(p); assigns \\nothing; ensures \\result == 0 || \\result == p; ensures p == 0 ==> !\\result; */
int *f(int *p) { return p; }
/*@ requires p == NULL || \\valid(p); assigns \\nothing; ensures p ==> \\result == 1; */
int h(int *p) { return p != 0; }`,
    ],
    [
      "a variable that a callee sets",
      `/*@ requires \\valid(p); assigns *p; ensures *p == 7; */
void set(int *p) { *p = 7; }
/*@ assigns \\nothing; ensures \\result == 7; */
int f(void) { int x; set(&x); return x; }`,
    ],
    [
      "two of them",
      `/*@ requires a >= 0 && b > 0; requires \\valid(q) && \\valid(r) && \\separated(q, r);
assigns *q, *r; ensures a == *q * b + *r && 0 <= *r < b; */
void divmod(int a, int b, int *q, int *r) { *q = a / b; *r = a % b; }
/*@ requires a >= 0; assigns \\nothing; ensures 0 <= \\result < 10; */
int last_digit(int a) { int q, r; divmod(a, 10, &q, &r); return r; }`,
    ],
    [
      "a structure",
      `struct P { int x; int y; };
/*@ requires \\valid(p); assigns *p; ensures p->x == 0 && p->y == 0; */
void reset(struct P *p) { p->x = 0; p->y = 0; }
/*@ assigns \\nothing; ensures \\result == 0; */
int f(void) { struct P p; reset(&p); return p.x + p.y; }`,
    ],
    [
      "one that is set where the result says so",
      `/*@ requires n >= 0 && \\valid_read(a + (0 .. n-1)); requires \\valid(out) && \\separated(out, a + (0 .. n-1)); assigns *out;
behavior in: assumes 0 <= i < n; ensures \\result == 1 && *out == a[i];
behavior out: assumes !(0 <= i < n); ensures \\result == 0 && *out == \\old(*out);
complete behaviors; disjoint behaviors; */
int try_get(const int *a, int n, int i, int *out) { if (i < 0 || i >= n) return 0; *out = a[i]; return 1; }
/*@ requires n >= 0 && \\valid_read(a + (0 .. n-1)); assigns \\nothing; ensures n > 0 ==> \\result == a[0]; ensures n == 0 ==> \\result == -1; */
int first_or(const int *a, int n) { int x; if (try_get(a, n, 0, &x)) return x; return -1; }`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).toMatch(/^proved/);
  });
});
