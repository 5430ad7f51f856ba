import { describe, expect, it } from "vitest";
import { frama } from "./available.ts";

/** Texts of functions that nobody but Frama-C reads: what WP accepts in silence, or with a warning and nothing else. */
const check = (text: string) =>
  frama.hasty!.check({
    text,
    file: "f.c",
    function: "f",
    vacuity: true,
    beyond: true,
    deadlineMs: 80_000,
    signal: new AbortController().signal,
  });

describe.skipIf(frama.checker === null)(`soundness.md 9, alone: ${frama.title}`, { timeout: 90_000 }, () => {
  it.each<[string, string, RegExp]>([
    [
      "members of a union share their bytes",
      "union u { int i; float f; };\n/*@ ensures \\result == 1; */\nint f(void) { union u x; x.i = 1; x.f = 0.0f; return x.i; }\n",
      /'i' is a member of a union/,
    ],
    [
      "a union in a structure without a name",
      "struct s { int kind; union { int i; unsigned char b[4]; } w; };\n/*@ requires \\valid(p); ensures \\result == 1; */\nint f(struct s *p) { p->w.i = 1; p->w.b[0] = 7; return p->w.i; }\n",
      /is a member of a union/,
    ],
    [
      "a call of what has neither code nor contract",
      "int G;\nvoid g(void);\n/*@ ensures \\result == 1; */\nint f(void) { G = 1; g(); return G; }\n",
      /makes up what 'g' does/,
    ],
    [
      "a contract that does not say what is assigned",
      "int G;\n/*@ ensures \\true; */\nvoid g(void);\n/*@ ensures \\result == 1; */\nint f(void) { G = 1; g(); return G; }\n",
      /makes up what 'g' does/,
    ],
    [
      "a call of what is not declared",
      "int G;\n/*@ ensures \\result == 1; */\nint f(void) { G = 1; g(2); return G; }\n",
      /makes up what 'g' does/,
    ],
    [
      "preconditions that nothing meets",
      "/*@ requires \\false; ensures \\result == 1; */\nint f(float x) { return x > 0; }\n",
      /vacuous/,
    ],
    [
      "a lemma that is false",
      "/*@ lemma l: 1 == 2; */\n/*@ ensures \\result == 1; */\nint f(float x) { return 0; }\n",
      /vacuous/,
    ],
    [
      "axioms that contradict each other",
      "/*@ axiomatic A { logic integer h(integer x); axiom a: \\forall integer x; h(x) == 1; axiom b: \\forall integer x; h(x) == 2; } */\n/*@ ensures \\result == h(3); */\nint f(float x) { return 0; }\n",
      /vacuous/,
    ],
    [
      "a loop that does not say what it assigns",
      "/*@ ensures \\result == 0; */\nint f(float x) { int s = 0; /*@ loop invariant \\true; */ while (x > 1) { s++; x = 0; } return s; }\n",
      /postcondition '\\result == 0'/,
    ],
    [
      "a loop that says too little of what it assigns",
      "/*@ ensures \\result == 0; */\nint f(float x) { int s = 0; /*@ loop assigns x; */ while (x > 1) { s = 1; x = 0; } return s; }\n",
      /assigns clause/,
    ],
    [
      "a jump back",
      "/*@ ensures \\result == 7; */\nint f(int n) { int i = 0; again: i++; if (i < n) goto again; return i; }\n",
      /Non natural loop/,
    ],
    [
      "assembler",
      '/*@ ensures \\result == 0; */\nint f(void) { int i = 0, j = 0; asm("movl $1,%0" : "=r"(j)); return i; }\n',
      /assembler/,
    ],
    [
      "a function that returns twice",
      "#include <setjmp.h>\njmp_buf b;\n/*@ ensures \\result == \\result; */\nint f(void) { return setjmp(b); }\n",
      /'_?setjmp' returns in a way/,
    ],
    [
      "memory read under another type",
      "/*@ requires \\valid(p); ensures \\result == 1; */\nint f(int *p) { *p = 1; char *q = (char *)p; *q = 2; return *p; }\n",
      /Cast with incompatible pointers/,
    ],
    [
      "a call through a pointer to anything",
      "/*@ ensures \\result == 5; */\nint f(int (*g)(int)) { int x = 5; g(x); return x; }\n",
      /Missing 'calls'/,
    ],
    [
      "recursion without a measure",
      "/*@ ensures \\result == 1; */\nint f(double x) { return f(x); }\n",
      /decreases/,
    ],
    [
      "rounding",
      "/*@ requires 0.0 <= x <= 0x1p900; ensures \\result == 1; */\nint f(double x) { return x + 1.0 > x; }\n",
      /postcondition '\\result == 1'/,
    ],
    ["no number", "/*@ ensures \\result == 1; */\nint f(double x) { return x == x; }\n", /postcondition/],
    [
      "ghost code that changes the program",
      "/*@ ensures \\result == 1; */\nint f(double x) { int i = 0; //@ ghost i = 1;\n return i; }\n",
      /Frama-C (?:warns|does not take the text): .*ghost/i,
    ],
  ])("does not prove: %s", async (_, text, why) => {
    const verdict = await check(text);
    expect(verdict.kind).not.toBe("proved");
    if (verdict.kind !== "proved") expect(verdict.reason).toMatch(why);
  });

  it.each<[string, string, RegExp]>([
    [
      "a contract",
      "/*@ assigns \\nothing; ensures \\result == 1; */\nint g(double x);\n/*@ ensures \\result == 1; */\nint f(double x) { return g(x); }\n",
      /^contract of g$/m,
    ],
    [
      "an admitted assertion",
      "/*@ ensures \\result == 1; */\nint f(double x, int n) { //@ admit n == 1;\n return n; }\n",
      /user hypothesis 'n == 1' at line 2, which is not proved/,
    ],
    [
      "a lemma",
      "/*@ lemma l: \\forall integer x; x * x >= 0; */\n/*@ ensures \\result == 0; */\nint f(double x) { return 0; }\n",
      /lemma l, which is not proved here/,
    ],
    [
      "what was never set",
      "/*@ ensures \\result == 1; */\nint f(double x) { int n; return n == n; }\n",
      /reads of what was never set/,
    ],
  ])("proves, and lists what it rests on: %s", async (_, text, listed) => {
    const verdict = await check(text);
    expect(verdict.kind === "proved" ? verdict.assumptions.join("\n") : verdict.reason).toMatch(listed);
  });

  it("says that it terminates only with a measure of each loop, and nothing called", async () => {
    const loop = (variant: string, body: string) =>
      `int g(void);\n/*@ requires n >= 0; */\nvoid f(int n, float x) { /*@ loop invariant n >= 0; loop assigns n, x; ${variant} */ while (n > 0) { n--; x = 0; ${body} } }\n`;
    const terminates = async (text: string) => {
      const verdict = await check(text);
      return verdict.kind === "proved" ? verdict.terminates : verdict.reason;
    };
    expect(await terminates(loop("loop variant n;", ""))).toBe(true);
    expect(await terminates(loop("", ""))).toBe(false);
    const called = loop("loop variant n;", "g();").replace("int g", "/*@ assigns \\nothing; */ int g");
    expect(await terminates(called)).toBe(false);
  });
});
