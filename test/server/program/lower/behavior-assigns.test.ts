import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "../../conditions/outcome.ts";

describe("assigns of a behavior", () => {
  let touchstone: Touchstone;
  beforeAll(async () => {
    touchstone = await symbolic("math");
  });
  afterAll(() => touchstone.close());

  const words = async (text: string) => inWords(await outcomeOf(touchstone, text, "run"));
  const clear = (clauses: string) => `/*@ requires n >= 0 && \\valid(a + (0 .. n-1)); ${clauses} */
void clear(int *a, int n) { for (int i = 0; i < n; i++) a[i] = 0; }
`;

  it("binds where the behavior applies", async () => {
    const text = (nothing: string) =>
      clear(
        `behavior ${nothing}: assumes n > 2; assigns \\nothing; behavior b: assumes n <= 2; assigns a[0 .. n-1];`,
      );
    expect(await words(text("a"))).toMatch(/^refuted/);
    expect(await words(clear("behavior a: assumes n <= 0; assigns \\nothing;"))).toMatch(/^proved/);
  });

  it("binds beside the one that stands before all behaviors", async () => {
    const both = (assumes: string) =>
      clear(`assigns a[0 .. n-1]; behavior a: assumes ${assumes}; assigns \\nothing;`);
    expect(await words(both("n == 0"))).toMatch(/^proved/);
    expect(await words(both("n == 1"))).toMatch(/^refuted/);
    expect(await words(clear("assigns \\nothing; behavior a: assumes n > 0; assigns a[0 .. n-1];"))).toMatch(
      /^refuted/,
    );
  });

  it("speaks of the function's entry in what it assumes", async () => {
    const set = (assumes: string) => `int g;
/*@ assigns g; behavior a: assumes ${assumes}; assigns \\nothing; */
void f(void) { if (g == 0) { g = 1; g = 2; } }
`;
    expect(await words(set("g != 0"))).toMatch(/^proved/);
    expect(await words(set("g == 0"))).toMatch(/^refuted/);
  });

  it("tells callers what may change only where one of the behaviors is said to apply", async () => {
    const caller = (claim: string) => `int g;
/*@ behavior a: assumes x > 0; assigns \\nothing; behavior b: assumes x < 0; assigns \\nothing; ${claim} */
void callee(int x);
/*@ ensures \\result == 1; */
int f(int x) { g = 1; callee(x); return g; }
`;
    expect(await words(caller(""))).not.toMatch(/^proved/);
    expect(await words(caller("disjoint behaviors;"))).not.toMatch(/^proved/);
    expect(await words(caller("complete behaviors;"))).toMatch(/^proved/);
  });
});

describe("clauses that are read past", () => {
  it("are said not to be proved", async () => {
    const touchstone = await symbolic("math");
    const text = "/*@ terminates \\true; exits \\false; assigns \\nothing; */\nvoid f(void) { }\n";
    expect(inWords(await outcomeOf(touchstone, text))).toMatch(
      /what terminates, exits say of the function is not proved/,
    );
    await touchstone.close();
  });
});
