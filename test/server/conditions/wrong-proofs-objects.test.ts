import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "./outcome.ts";

/** False claims of variables seen through their addresses, each of which was proved once, and true ones beside them. */
let touchstone: Touchstone;
beforeAll(async () => {
  touchstone = await symbolic("math");
});
afterAll(() => touchstone.close());

const said = async (text: string) => inWords(await outcomeOf(touchstone, text));

describe("what lies beside a variable is not the variable", () => {
  it.each([
    ["read through a moved address", "int f(void) { int x = 1; return *(&x + 1); }"],
    ["read by an index", "int f(void) { int x = 1; return (&x)[1]; }"],
    ["written", "int g; /*@ ensures g == 1; */ void f(void) { *(&g + 1) = 1; }"],
    ["in an annotation", "int f(void) { int x = 1; /*@ assert *(&x + 1) == 1; */ return 0; }"],
    ["by an index there", "int f(void) { int x = 1; /*@ assert (&x)[1] == 1; */ return 0; }"],
    ["nor valid", "int g; /*@ ensures \\valid(&g + 1); */ void f(void) { }"],
    ["nor valid with it", "int f(void) { int x; /*@ assert \\valid(&x + (0 .. 3)); */ return 1; }"],
    ["nor set", "int f(void) { int x; x = 2; /*@ assert \\initialized(&x + 1); */ return 1; }"],
    ["and is separate", "int f(void) { int x; /*@ assert !\\separated(&x, &x + 1); */ return 1; }"],
    [
      "nor what a callee is given",
      "int g; /*@ requires \\valid(p); assigns *p; */ void set(int *p); void f(void) { set(&g + 1); }",
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });

  it("the variable itself is valid, and so is a range of no more", async () => {
    expect(
      await said("int f(void) { int x; /*@ assert \\valid(&x + (0 .. 0)) && \\valid(&x); */ return 1; }"),
    ).toMatch(/^proved/);
  });
});

const SET = `/*@ requires \\valid(p); assigns *p; ensures \\result == 0 ==> \\initialized(p) && *p == 1; */
int set(int *p);`;
const OLD = `/*@ requires \\valid(p); assigns *p; ensures \\initialized(p);
    ensures \\old(\\initialized(p)) ==> \\result == 1; */ int set(int *p);`;

describe("\\initialized of variables", () => {
  it.each([
    ["without a value", "void f(void) { int x; /*@ assert \\initialized(&x); */ }"],
    ["with one on some paths", "void f(int c) { int x; if (c) x = 1; /*@ assert \\initialized(&x); */ }"],
    [
      "in each iteration anew",
      "void f(void) { for (int i = 0; i < 2; i++) { int x; if (i == 0) x = 1; /*@ assert \\initialized(&x); */ } }",
    ],
    [
      "in a predicate",
      "/*@ predicate I(int *p) = \\initialized(p); */ void f(void) { int x; /*@ assert I(&x); */ }",
    ],
    ["before it existed", "void f(void) { int x; /*@ assert \\at(\\initialized(&x), Pre); */ }"],
    ["that a callee may have set", `${SET}\nint f(void) { int x; if (set(&x) != 0) return x; return 1; }`],
    [
      "that a callee sets where it says so",
      `${SET}\n/*@ ensures \\result != 0; */ int f(void) { int x[2]; return set(x); }`,
    ],
    [
      "before a call and not behind it",
      `${OLD}\n/*@ ensures \\result == 1; */ int f(void) { int x; return set(&x); }`,
    ],
    [
      "of a structure, in a loop",
      `struct S { int x; int y; }; void f(void) { struct S s; int i = 0;
/*@ loop invariant \\initialized(&s.y); loop assigns i, s; */ while (i < 3) { i++; s.y = 1; } }`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).not.toMatch(/^proved/);
  });

  it.each([
    [
      "a callee's word is taken",
      `${SET}\n/*@ ensures \\result == 1; */ int f(void) { int x; if (set(&x) == 0) return x; return 1; }`,
    ],
    [
      "what had a value keeps one",
      `${OLD}\n/*@ ensures \\result == 1; */ int f(void) { int x; x = 2; return set(&x); }`,
    ],
    [
      "in a loop, too",
      `${SET}\n/*@ ensures \\result == \\result; */ int f(int n) { int x; int i = 0; x = 1;
/*@ loop invariant \\true; loop assigns i, x; */ while (i < n) { set(&x); i++; } return x; }`,
    ],
    [
      "a callee sets one member of a structure",
      `struct S { int x; int y; };
/*@ requires \\valid(p); assigns p->x; ensures \\initialized(&p->x); */ void set(struct S *p);
int f(void) { struct S s; set(&s); return s.x; }`,
    ],
    [
      "a whole structure",
      "struct S { int x; int y; }; void f(void) { struct S s; s.x = 1; s.y = 2; /*@ assert \\initialized(&s); */ }",
    ],
  ])("is proved where %s", async (_, text) => {
    expect(await said(text)).toMatch(/^proved/);
  });

  it("what a callee reads of a variable that need not have a value is listed", async () => {
    const text = `/*@ requires \\valid_read(p); assigns \\nothing; ensures \\result == *p; */ int get(int *p);
/*@ ensures \\result == \\result; */ int f(void) { int x; return get(&x); }`;
    expect(await said(text)).toContain("get reads of x only what has been given a value");
  });
});

describe("names that are not what they look like", () => {
  const K = "/*@ assigns \\nothing; ensures \\result == 1; */ int k(int x) { return 1; }\n";
  it.each([
    [
      "a parameter that hides a function",
      `${K}/*@ ensures \\result == 1; */ int f(int (*k)(int)) { return k(1); }`,
    ],
    ["a parameter called exit", "int f(int (*exit)(int)) { exit(1); /*@ assert 1 == 0; */ return 0; }"],
    [
      "abort, where the file says what it does",
      "static void abort(void) { } /*@ ensures \\result == 1; */ int f(void) { abort(); return 0; }",
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).toMatch(/^error: .*the call cannot be followed/);
  });
});

describe("logic functions that read globals", () => {
  it.each([
    [
      "without a body",
      `/*@ axiomatic A { logic integer h(integer x) reads g; } */
/*@ ensures h(1) == \\old(h(1)); */ void f(void) { g = g + 1; }`,
    ],
    [
      "recursive ones",
      `/*@ logic integer r(integer n) = n <= 0 ? g : r(n - 1); */
/*@ ensures r(3) == \\old(r(3)); */ void f(void) { g++; }`,
    ],
  ])("are refused, though nothing be left of the claim: %s", async (_, text) => {
    expect(await said(`int g;\n${text}`)).toMatch(/^error: .*reads the global `g`/);
  });
});
