import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "./outcome.ts";

/** False claims, each of which was proved once, by what C's types, scopes and orders of evaluation mean; true ones beside them. */
let touchstone: Touchstone;
beforeAll(async () => {
  touchstone = await symbolic("math");
});
afterAll(() => touchstone.close());

const said = async (text: string) => inWords(await outcomeOf(touchstone, text));

/** A function that returns a value of which the claim is made. */
const claims = (result: string, body: string, before = "") =>
  `${before}\n/*@ assigns \\nothing; ensures \\result == ${result}; */ int f(void) { ${body} }`;

const GET = "int g; /*@ assigns \\nothing; ensures \\result == g; */ int get(void) { return g; }";

describe("sizes", () => {
  it.each([
    ["of `? :`, whose type is promoted", claims("1", "char c = 1; return sizeof(c ? c : c);")],
    ["of an array behind a comma", claims("40", "int a[10] = {0}; return sizeof(0, a);")],
    [
      "of a packed structure",
      claims("8", "return sizeof(struct S);", "struct __attribute__((packed)) S { char c; int x; };"),
    ],
    [
      "of one packed behind its braces",
      claims("8", "return sizeof(struct S);", "struct S { char c; int x; } __attribute__((packed));"),
    ],
    [
      "of one with an aligned member",
      claims("4", "return sizeof(struct S);", "struct S { int x __attribute__((aligned(16))); };"),
    ],
    [
      "of one that holds a packed one",
      claims(
        "8",
        "return sizeof(struct T);",
        "struct S { char c; int x; } __attribute__((packed)); struct T { struct S s; };",
      ),
    ],
    [
      "of a type that is aligned by its name",
      claims(
        "4",
        "return sizeof(struct S);",
        "typedef int A __attribute__((aligned(16))); struct S { A x; };",
      ),
    ],
    [
      "under a pragma",
      claims("8", "return sizeof(struct S);", "#pragma pack(1)\nstruct S { char c; int x; };"),
    ],
    [
      "of one with members without a name",
      claims("4", "return sizeof(struct S);", "struct S { struct { int a; }; int b; };"),
    ],
    [
      "of an array as long as a parameter says",
      "enum { n = 10 }; /*@ requires n == 3; assigns \\nothing; ensures \\result == 40; */ int f(int n) { int a[n]; return sizeof(a); }",
    ],
    [
      "and what lies in it",
      "enum { n = 10 }; /*@ requires n == 3; assigns \\nothing; */ void f(int n) { int a[n]; a[9] = 1; }",
    ],
    [
      "of rows of pointers",
      `enum { two = 2, three = 3 }; /*@ requires \\valid(p); assigns p[0]; */
void f(int (*p)[two]) { int (*q)[three] = (int (*)[three]) p; q[0][2] = 1; }`,
    ],
  ])("are not %s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });

  it("are known of usual structures beside packed ones", async () => {
    const before = "struct P { char c; int x; } __attribute__((packed)); struct S { char c; int x; };";
    expect(await said(claims("8", "return sizeof(struct S);", before))).toMatch(/^proved/);
  });

  it("are known of objects and usual structures", async () => {
    expect(
      await said(
        claims("52", "int a[10] = {0}; return sizeof a + sizeof(struct S);", "struct S { int x; long y; };"),
      ),
    ).toMatch(/^unknown|^refuted/);
    expect(
      await said(
        claims("56", "int a[10] = {0}; return sizeof a + sizeof(struct S);", "struct S { int x; long y; };"),
      ),
    ).toMatch(/^proved/);
  });
});

describe("constants and tags", () => {
  it.each([
    ["unsigned arithmetic in an enumeration", claims("-1", "return K;", "enum { K = (0u - 2) / 2 };")],
    ["a constant that is no int", claims("1", "return BIG > -1;", "enum { BIG = 3000000000 };")],
    [
      "an enumeration of a packed type",
      claims("256", "enum E e = 256; return e;", "enum __attribute__((packed)) E { A, B };"),
    ],
    [
      "packed behind its braces",
      claims("256", "enum E e = 256; return e;", "enum E { A, B } __attribute__((packed));"),
    ],
    [
      "a constant of another function",
      claims("2", "return N;", "enum { N = 1 }; int g(void) { enum { N = 2 }; return N; }"),
    ],
    [
      "a constant that hides a parameter",
      "/*@ assigns \\nothing; ensures \\result == N; */ int f(int N) { { enum { N = 3 }; return N; } }",
    ],
    [
      "a structure of another function",
      claims(
        "1",
        "struct S s = {1, 2}; return s.x;",
        "struct S { int y; int x; }; int h(void) { struct S { int x; int y; }; return 0; }",
      ),
    ],
    [
      "a predicate that another of its name replaces",
      `/*@ predicate p(integer x) = x > 0; */
/*@ requires p(x); assigns \\nothing; ensures \\result == -1; */ int f(int x) { return x > 0 ? 1 : -1; }
/*@ predicate p(char x) = x < 0; */`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });

  it("constants are converted as C does", async () => {
    expect(
      await said(claims("2147483648", "return K + L;", "enum { K = (0u - 2) / 2, L = K - 2147483646 };")),
    ).toMatch(/^proved/);
  });
});

describe("initialisers", () => {
  it.each([
    [
      "members without a name",
      claims("7", "struct S s = {7}; return s.b;", "struct S { struct { int a; }; int b; };"),
    ],
    [
      "a second value for a structure",
      claims(
        "2",
        "struct S s = {.in = {1, 2}, .in = {.x = 3}}; return s.in.y;",
        "struct In { int x; int y; }; struct S { struct In in; };",
      ),
    ],
    ["a second value for a row", claims("2", "int a[2][2] = {[0] = {1, 2}, [0] = {3}}; return a[0][1];")],
    ["an element of itself", claims("0", "int a[2] = {a[1]}; return a[0];")],
    ["a member of itself", claims("0", "struct S s = {s.y, 2}; return s.x;", "struct S { int x; int y; };")],
    [
      "what happens in a list for a member that is not read",
      claims("0", "int i = 0; struct S s = {{i++}, 2}; return i;", "struct S { int bits : 3; int b; };"),
    ],
    [
      "an order that is open in an index",
      `struct S { int x; }; /*@ requires \\valid(a + (0 .. 9)); assigns \\nothing; */
void f(struct S *a) { int i = 0; struct S s = a[i++ + i]; }`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });
});

describe("calls without effects in an expression that has some", () => {
  it.each([
    [
      "of a global",
      `${GET}\n/*@ assigns g; ensures \\result == 6; */ int f(void) { g = 0; return (g = 3) + get(); }`,
    ],
    [
      "on the left",
      `${GET}\n/*@ assigns g; ensures \\result == 3; */ int f(void) { g = 0; return get() + (g = 3); }`,
    ],
    [
      "of an element",
      `/*@ requires \\valid_read(a); assigns \\nothing; ensures \\result == a[0]; */ int first(int *a) { return a[0]; }
/*@ requires \\valid(a); assigns a[0]; ensures \\result == 6; */
int f(int *a) { a[0] = 0; return (a[0] = 3) + first(a); }`,
    ],
    [
      "among arguments",
      `${GET}\n/*@ assigns \\nothing; ensures \\result == x + y; */ int add(int x, int y) { return x + y; }
/*@ assigns g; ensures \\result == 6; */ int f(void) { g = 0; return add(g = 3, get()); }`,
    ],
    [
      "in an initialiser",
      `${GET}\n/*@ assigns g; ensures \\result == 3; */ int f(void) { g = 0; int a[2] = {g = 3, get()}; return a[1]; }`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).toMatch(/^error: .*without a defined order/);
  });

  it("do no harm where nothing is changed beside them", async () => {
    expect(
      await said(
        `${GET}\n/*@ assigns g; ensures \\result == 6 && g == 3; */ int f(void) { int i = 3; g = i++; g = g * get() / 3; return get() + g; }`,
      ),
    ).toMatch(/^proved/);
  });
});

describe("pointers", () => {
  const ONE = "/*@ assigns \\nothing; ensures \\result == 1; */\n";
  it.each([
    ["a null parameter that moves", `${ONE}int f(int *p) { if (p == 0) return 0; p++; return 1; }`],
    ["a copy of a null parameter", `${ONE}int f(int *p) { int *q = p; if (q == 0) return 0; return 1; }`],
    ["in an annotation", "void f(int *p) { int *q = p; /*@ assert q != NULL; */ }"],
    ["before it moves", "void f(int *p) { /*@ assert p != NULL; */ p++; }"],
    [
      "one without a value",
      `${ONE}int f(int c) { int a[1] = {0}; int *q; if (c) q = a; if (q) return 1; return 0; }`,
    ],
    ["to an array that is gone", claims("7", "int *q; { int a[1] = {7}; q = a; } return q[0];")],
    [
      "to a structure that is gone",
      claims("7", "struct S *q; { struct S s = {7}; q = &s; } return q->x;", "struct S { int x; };"),
    ],
    [
      "to a global that a predicate of the callee reads",
      `int g; /*@ predicate one = g == 1; */
/*@ requires \\valid(p) && one; assigns *p; ensures one; */ void set(int *p) { *p = 5; }
/*@ requires g == 1; assigns g; ensures g == 1; */ void f(void) { set(&g); }`,
    ],
    [
      "of which only a part is separate",
      `/*@ requires \\valid(p + (0 .. 1)) && \\valid(q) && \\separated(p, q); assigns p[0 .. 1];
    ensures q[0] == \\old(q[0]); */ void put(int *p, int *q) { p[0] = 0; p[1] = 0; }
/*@ requires \\valid(a + (0 .. 2)) && a[1] == 5; assigns a[0 .. 1]; ensures a[1] == 5; */
void f(int *a) { put(a, a + 1); }`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });

  it.each([
    [
      "null parameters, also where they move",
      "/*@ assigns \\nothing; ensures \\result == 0 || p != NULL; */ int f(int *p) { int *q = p; if (!q) return 0; p++; return 1; }",
    ],
    [
      "pointers that are given a value on every path",
      claims("5", "int a[2] = {5, 5}; int *q; if (a[0] > 3) q = a; else q = a + 1; return *q;"),
    ],
    [
      "two pointers into one array, all of which is separate",
      `/*@ requires \\valid(p) && \\valid(q) && \\separated(p, q); assigns *p; ensures *p == 0; */
void put(int *p, int *q) { *p = 0; }
/*@ requires \\valid(a + (0 .. 2)) && a[1] == 5; assigns a[0]; ensures a[1] == 5; */ void f(int *a) { put(a, a + 1); }`,
    ],
  ])("proved are %s", async (_, text) => {
    expect(await said(text)).toMatch(/^proved/);
  });
});

describe("annotations", () => {
  const EMPTY = "/*@ assigns \\nothing; */ void f(void) { /*@ assert 1 == 1; */ g(-1); }";
  it.each([
    [
      "real parameters",
      "/*@ predicate half(real x) = x / 2 == 0; */ /*@ ensures half(1); */ void f(void) { }",
    ],
    ["real results", "/*@ logic real half(real x) = x / 2; */ /*@ ensures half(1) == 0; */ void f(void) { }"],
    [
      "a precondition that cannot be read",
      `/*@ requires x > ; assigns \\nothing; */ void g(int x);\n${EMPTY}`,
    ],
    ["one without its semicolon", `/*@ requires x > 0 assigns \\nothing; */ void g(int x);\n${EMPTY}`],
    [
      "a truth value beside a number",
      "/*@ requires y == 2 && !x == y; assigns \\nothing; ensures \\result == 1; */ int f(int x, int y) { return x; }",
    ],
    [
      "globals that another function sets before main",
      `int g; __attribute__((constructor)) void init(void) { g = 1; }
/*@ assigns \\nothing; ensures \\result == 0; */ int main(void) { return g; }`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });

  it("truth values are compared as such", async () => {
    expect(
      await said(
        "/*@ requires y == 2 && !x == y; assigns \\nothing; ensures \\result == 0 && (x < y) == \\true; */ int f(int x, int y) { return x; }",
      ),
    ).toMatch(/^proved/);
  });
});

describe("what is not an int of 64 bits", () => {
  it.each([
    ["a constant that fits one", "int f(void) { return -1 < 0xFFFFFFFF; }", /^refuted/],
    [
      "a type of 32 bits",
      "int f(void) { uint32_t x = 4294967295; x = x + 1; return x != 4294967296; }",
      /^error/,
    ],
  ])("%s", async (_, text, expected) => {
    const wide = await symbolic("64");
    const claim = `/*@ assigns \\nothing; ensures \\result == 0; */\n${text}`;
    expect(inWords(await outcomeOf(wide, claim))).toMatch(expected);
    await wide.close();
  });

  it("a pointer that may change by itself", async () => {
    const text = "int f(void) { int a[2] = {0, 0}; int *volatile p = a; return p == p; }";
    expect(await said(`/*@ assigns \\nothing; ensures \\result == 1; */\n${text}`)).toMatch(/^error/);
  });
});
