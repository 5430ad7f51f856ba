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

const S =
  "struct S { int x; int t[3]; }; struct S s; int a[3]; int m[3][3]; /*@ logic integer first(int *u) = u[0]; */\n";

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
    ["an element by its address", `${S}/*@ ensures *(\\old(a) + 1) == 5; */ void f(void) { a[1] = 5; }`],
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
    ensures \\old(s.t)[0] == 1 && \\old(s).t[0] == 1 && \\old(first(a)) == 1 && \\at(first(a) == 1, Pre); */
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

const SET = "/*@ requires \\valid(p); assigns *p; ensures *p == 5; */ void set(int *p);\n";

describe("what is constant may not be written", () => {
  it.each([
    ["an array", "const int c[2] = {1, 2}; /*@ ensures \\valid(c + 0); */ void f(void) { }"],
    ["a variable", "const int c = 1; /*@ ensures \\valid(&c); */ void f(void) { }"],
    [
      "by a callee",
      `${SET}/*@ ensures \\result == 5; */ int f(void) { const int c[2] = {1, 2}; set(c); return c[0]; }`,
    ],
    [
      "a variable by a callee",
      `${SET}/*@ ensures \\result == 5; */ int f(void) { const int c = 1; set(&c); return c; }`,
    ],
    [
      "through a pointer",
      "/*@ ensures \\result == 5; */ int f(void) { const int c = 1; int *p = &c; *p = 5; return c; }",
    ],
    [
      "where its type says so",
      "typedef const int k; /*@ ensures \\result == 5; */ int f(void) { k c[2] = {1, 2}; int *p = c; *p = 5; return c[0]; }",
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^(proved|error)/);
  });

  it("and may be read", async () => {
    expect(
      await said(
        "const int c[2] = {1, 2}; const int k = 3; /*@ ensures \\valid_read(c + (0 .. 1)) && \\valid_read(&k) && \\result == 5; */ int f(void) { const int *p = c; return p[1] + k; }",
      ),
    ).toMatch(/^proved/);
  });
});

describe("separation that is required under a condition only", () => {
  it("is an assumption of what follows from it", async () => {
    expect(
      await said(
        "/*@ requires \\separated(a, b) ==> x == 0; ensures x == 0; */ void f(int *a, int *b, int x) { }",
      ),
    ).toContain("separation of pointer parameters: a, b do not overlap");
  });
});

describe("numbers that a quantifier decides", () => {
  const claim = (
    returned: string,
  ) => `/*@ predicate ones(int *a, integer n) = \\forall integer i; 0 <= i < n ==> a[i] == 1; */
/*@ requires \\valid(a + (0 .. 1)); ensures \\result == (ones(a, 2) ? 2 : 0) + ((\\exists integer i; 0 <= i < 2 && a[i] == 1) ? 1 : 0); */
int f(int *a) { return ${returned}; }`;

  it("are those of its cases", async () => {
    expect(await said(claim("(a[0] == 1 && a[1] == 1) * 2 + (a[0] == 1 || a[1] == 1)"))).toMatch(/^proved/);
    expect(await said(claim("(a[0] == 1 && a[1] == 1) * 2 + (a[0] == 1)"))).toMatch(/^refuted/);
  });
});

describe("an annotation of one line that goes on behind a backslash", () => {
  it("is read to its end", async () => {
    const claim = (ensures: string) =>
      `//@ requires x == 2 \\\n || x == 3; ensures ${ensures};\nint f(int x) { return x; }`;
    expect(await said(claim("\\result == 2"))).toMatch(/^refuted/);
    expect(await said(claim("\\result == 2 || \\result == 3"))).toMatch(/^proved/);
  });
});
