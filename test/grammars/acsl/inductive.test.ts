import { describe, expect, it } from "vitest";
import { readC } from "../../../grammars/c/read.ts";

const read = (cases: string) =>
  readC("test.c", `/*@ inductive p(integer n) { ${cases} } */\nvoid f(void) { }`);

describe("cases of an inductive predicate", () => {
  it.each([
    "case a: p(0);",
    "case a: \\forall integer n; p(n) ==> p(n + 2);",
    "case a: \\forall integer n; n > 0 ==> (n > 3 || \\exists integer k; k < n && p(k)) ==> p(n);",
    "case a: \\forall integer n; \\let m = n + 1; (n > 3 ==> p(n)) ==> p(m);",
  ])("are kept: %s", (text) => {
    const file = read(text);
    expect(file.diagnostics).toEqual([]);
    expect(file.lemmas).toHaveLength(1);
  });

  it.each([
    "case a: \\forall integer n; !p(n) ==> p(n);",
    "case a: \\forall integer n; (p(n) ==> n > 3) ==> p(n);",
    "case a: \\forall integer n; (p(n) <==> n > 3) ==> p(n);",
    "case a: \\forall integer n; (p(n) ? 0 : 1) == 1 ==> p(n);",
    "case a: \\forall integer n; p(n) ==> n == 3;",
    "case a: \\exists integer n; p(n);",
  ])("are left out where they define nothing: %s", (text) => {
    const file = read(text);
    expect(file.diagnostics.map(({ message }) => message).join()).toContain("the case `a` is left out");
    expect(file.lemmas).toEqual([]);
  });
});
