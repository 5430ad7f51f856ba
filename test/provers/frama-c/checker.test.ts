import { describe, expect, it } from "vitest";
import { frama } from "./available.ts";

const never = new AbortController().signal;
const question = (text: string, deadlineMs = 80_000, signal = never) => ({
  text,
  file: "sum.c",
  function: "f",
  vacuity: true,
  deadlineMs,
  signal,
});

const COUNT = (invariant: string, contract = "requires 0 <= n; ensures \\result == n;") => `/*@ ${contract} */
int f(int n) {
  int i = 0;
  /*@ loop invariant ${invariant};
    @ loop assigns i; */
  while (i < n) i++;
  return i;
}
`;

describe.skipIf(frama.checker === null)(`Frama-C: ${frama.title}`, { timeout: 90_000 }, () => {
  it("proves what holds, and says of what", async () => {
    const verdict = await frama.checker!.check(question(COUNT("0 <= i <= n")));
    expect(verdict.kind).toBe("proved");
    if (verdict.kind !== "proved") return;
    const kinds = new Set(verdict.properties.map(({ kind }) => kind));
    expect([...kinds]).toEqual(
      expect.arrayContaining(["postcondition", "loop invariant", "signed_overflow"]),
    );
  });

  it.each<[string, string, RegExp]>([
    ["an invariant that does not hold", COUNT("i < n"), /loop invariant 'i < n' at line 4/],
    ["one that is too weak", COUNT("0 <= i"), /postcondition '\\result == .*' at line 1/],
    ["an overflow", "/*@ ensures \\result == x + 1; */\nint f(int x) { return x + 1; }\n", /signed_overflow/],
    [
      "contradictory preconditions",
      COUNT("0 <= i <= n", "requires n > 0 && n < 0; ensures \\result == 7;"),
      /vacuous/,
    ],
    ["an assertion of the dialect", "int f(int x) { assert(x > 0); return x; }\n", /precondition of assert/],
    ["a syntax error", COUNT("0 <="), /sum\.c:4:1: /],
    ["a name that is nowhere", COUNT("0 <= j"), /sum\.c:4:1: unbound logic variable j/],
    ["a function that is not there", "int g(int x) { return x; }\n", /no function 'f'/],
  ])("does not prove %s, and says why", async (_, text, why) => {
    const verdict = await frama.hasty!.check(question(text));
    expect(verdict.kind).not.toBe("proved");
    if (verdict.kind !== "proved") expect(verdict.reason).toMatch(why);
  });

  it("stops at its deadline and when it is cancelled", async () => {
    const hopeless = question(COUNT("0 <= i <= n"), 50);
    expect((await frama.checker!.check(hopeless)).kind).toBe("failed");
    const cancelled = question(COUNT("0 <= i <= n"), 80_000, AbortSignal.timeout(50));
    await expect(frama.checker!.check(cancelled)).rejects.toThrow("aborted");
  });
});
