import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "./outcome.ts";

let touchstone: Touchstone;
beforeAll(async () => {
  touchstone = await symbolic("math");
});
afterAll(() => touchstone.close());

const words = async (text: string) => inWords(await outcomeOf(touchstone, text));

const SUM = `/*@ axiomatic Sum {
  logic integer sum{L}(int *a, integer lo, integer hi) reads a[lo .. hi - 1];
  axiom sum_empty{L}: \\forall int *a, integer lo, hi; hi <= lo ==> sum(a, lo, hi) == 0;
  axiom sum_next{L}: \\forall int *a, integer lo, hi; lo <= hi ==> sum(a, lo, hi + 1) == sum(a, lo, hi) + a[hi];
} */`;

describe("soundness.md 4: axioms are assumptions", { timeout: 60_000 }, () => {
  it("that prove a loop, and are listed", async () => {
    const found = await words(`${SUM}
/*@ requires n >= 0 && \\valid_read(a + (0 .. n - 1)); ensures \\result == sum(a, 0, n); */
int total(int *a, int n) { int s = 0;
  /*@ loop invariant 0 <= i <= n && s == sum(a, 0, i); loop assigns i, s; */
  for (int i = 0; i < n; i++) s += a[i];
  return s; }`);
    expect(found).toMatch(/^proved/);
    for (const one of ["axiom sum_empty at line 3", "axiom sum_next at line 4", "none is ruled out"])
      expect(found).toContain(one);
  });

  it.each([
    [
      "a sum",
      `${SUM}
/*@ requires n >= 0 && \\valid_read(a + (0 .. n - 1)); ensures \\result == sum(a, 0, n); */
int total(int *a, int n) { int s = 0; for (int i = 0; i < n; i++) s += a[i]; return s; }`,
      "s == sum(a, 0, i)",
    ],
    [
      "a factorial",
      `/*@ logic integer fact(integer n) = n <= 0 ? 1 : n * fact(n - 1); */
/*@ requires n >= 0; ensures \\result == fact(n); */
int factorial(int n) { int r = 1; for (int i = 1; i <= n; i++) r = r * i; return r; }`,
      "r == fact(i - 1)",
    ],
  ])("in whose terms an invariant is found: %s", async (_, text, invariant) => {
    const outcome = await outcomeOf(touchstone, text, "run");
    expect(outcome.kind === "proved" && outcome.answers[0]!.invariants).toContain(invariant);
  });

  it("that do not prove what is false", async () => {
    expect(
      await words(`${SUM}
/*@ requires n > 0 && \\valid_read(a + (0 .. n - 1)); ensures \\result == sum(a, 0, n); */
int first(int *a, int n) { return a[0]; }`),
    ).toMatch(/^unknown/);
  });

  it("of two states: what is not written keeps its value", async () => {
    const put = (
      ensured: string,
    ) => `/*@ axiomatic Any { logic integer h{L}(int *a, integer n) reads a[0 .. n - 1];
  axiom same{L1, L2}: \\forall int *a, integer n; (\\forall integer i; 0 <= i < n ==> \\at(a[i], L1) == \\at(a[i], L2)) ==>
    h{L1}(a, n) == h{L2}(a, n); } */
/*@ requires n > 0 && \\valid(a + (0 .. n)); ensures ${ensured}; */ void put(int *a, int n) { a[n] = 7; }`;
    expect(await words(put("h(a, n) == h{Pre}(a, n)"))).toMatch(/^proved/);
    expect(await words(put("h(a, n + 1) == h{Pre}(a, n + 1)"))).toMatch(/^unknown/);
  });

  it("a predicate that declares no label has one: what a behavior supposes is meant at entry", async () => {
    const put = (returned: string) => `/*@ predicate Positive(int *a) = a[0] > 0; */
/*@ requires \\valid(a); assigns a[0];
  @ behavior yes: assumes Positive(a); ensures \\result == 1; behavior no: assumes !Positive(a); ensures \\result == 0; */
int f(int *a) { int r = ${returned}; a[0] = 0; return r; }`;
    expect(await words(put("a[0] > 0"))).toMatch(/^proved/);
    expect(await words(put("0"))).toMatch(/^refuted/);
  });

  it("a lemma is one that is not proved here, and an inductive predicate has its cases", async () => {
    const even = (returned: string) => `/*@ inductive even(integer n) {
  case zero: even(0); case step: \\forall integer n; even(n) ==> even(n + 2); } */
/*@ lemma twice: \\forall integer k; k >= 0 ==> even(2 * k); */
/*@ requires n >= 0; ensures even(\\result); */ int f(int n) { return ${returned}; }`;
    expect(await words(even("n + n"))).toContain("lemma twice at line 3, which is not proved here");
    expect(await words(even("n + n + 1"))).toMatch(/^unknown/);
  });
});

describe("soundness.md 12: a contradiction proves nothing", { timeout: 60_000 }, () => {
  const f = (stated: string, ensured = "f(\\result) == 3") =>
    `/*@ ${stated} */\n/*@ ensures ${ensured}; */ int g(int n) { return n; }`;

  it.each([
    [
      "two axioms",
      "axiomatic A { logic integer f(integer x); axiom a: \\forall integer x; f(x) < 0; axiom b: \\forall integer x; f(x) > 0; }",
    ],
    ["a definition without end", "logic integer f(integer x) = f(x) + 1;"],
    [
      "definitions that need each other",
      "logic integer h(integer x) = f(x) + 1; logic integer f(integer x) = h(x);",
    ],
    ["a false lemma", "logic integer f(integer x); lemma l: f(0) != f(0);"],
    [
      "an axiom that is false where the goal is",
      "axiomatic A { logic integer f(integer x); axiom a: \\forall integer x; x > 5 ==> f(x) == 1 && f(x) == 2; }",
    ],
  ])("%s", async (_, stated) => {
    expect(await words(f(stated))).toMatch(/^unknown/);
  });

  it("names what contradicts itself", async () => {
    expect(await words(f("logic integer f(integer x) = f(x) + 1;"))).toContain(
      "what is supposed contradicts itself: the definition of f at line 1",
    );
  });
});

describe("soundness.md 8: nothing is refuted by what cannot be executed", { timeout: 60_000 }, () => {
  it.each([
    ["a function that is only declared", "logic integer f(integer x);"],
    ["a recursive one", "logic integer f(integer x) = x <= 0 ? 0 : f(x - 1) + 1;"],
  ])("%s", async (_, stated) => {
    const text = `/*@ ${stated} */\n/*@ requires n >= 0; ensures \\result == f(n) + 1; */ int g(int n) { return n; }`;
    expect(await words(text)).toMatch(/^unknown/);
  });
});
