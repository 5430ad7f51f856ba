import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readC } from "../../../grammars/c/read.ts";
import { otherZ3 } from "../../../provers/z3/choose.ts";
import { wasmZ3 } from "../../../provers/z3/wasm.ts";
import { claimOf, obligationsOf } from "../../../server/conditions/obligations.ts";
import { passiveForm } from "../../../server/conditions/passive.ts";
import type { IntegerReading } from "../../../server/program/integer.ts";
import { lowerFunction } from "../../../server/program/lower/index.ts";
import { replay } from "../../../server/program/replay.ts";
import type { Touchstone } from "../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "./outcome.ts";

/** Every line of soundness.md that speaks of programs, by its number. */
const open = new Map<IntegerReading, Touchstone>();
beforeAll(async () => {
  for (const reading of ["math", "32", "64"] as const) open.set(reading, await symbolic(reading));
});
afterAll(async () => {
  for (const one of open.values()) await one.close();
});

const outcome = (text: string, how: "verify" | "run" = "verify", reading: IntegerReading = "math") =>
  outcomeOf(open.get(reading)!, text, how);
const words = async (...of: Parameters<typeof outcome>) => inWords(await outcome(...of));
async function evidence(...of: Parameters<typeof outcome>) {
  const found = await outcome(...of);
  if (found.kind !== "proved") throw new Error(inWords(found));
  return found.verified.evidence;
}

describe("1. partial correctness, and the output says so", () => {
  it("is among the assumptions of every loop without a variant", async () => {
    const { assumptions, terminates } = await evidence(
      "int f(int n) { int i = 0; /*@ loop invariant i >= 0; */ while (i < n) i++; return i; }",
    );
    expect(terminates).toBe(false);
    expect(assumptions).toContain("partial correctness");
  });

  it("flags a loop without an exit, whose end proves anything", async () => {
    const { assumptions } = await evidence("/*@ ensures \\false; */ int f(void) { while (1) {} return 0; }");
    expect(assumptions).toContain("the loop at line 1 has no exit");
  });

  it("becomes `terminates` with a proved variant, and only then", async () => {
    const loop = (variant: string) =>
      `int f(int n) { int i = 0; /*@ loop invariant i >= 0; loop variant ${variant}; */ while (i < n) i++; return i; }`;
    const { assumptions, terminates } = await evidence(loop("n - i"));
    expect(terminates).toBe(true);
    expect(assumptions).not.toContain("partial correctness");
    expect(await words(loop("i"))).toContain("variant of the loop at line 1 decreases");
    expect(await words(loop("-i"))).toContain("variant of the loop at line 1 decreases");
  });

  it("is not lifted by the variant of one loop of two", async () => {
    const { terminates } = await evidence(
      "int f(int n) { /*@ loop variant n; */ while (n > 0) n--; while (n < 0) n++; return n; }",
    );
    expect(terminates).toBe(false);
  });
});

describe("2. not vacuous", () => {
  it.each([
    ["preconditions", "/*@ requires n > 0 && n < 0; ensures \\result == 7; */ int f(int n) { return n; }"],
    [
      "preconditions under a range",
      "/*@ requires u < 0; ensures \\result == 7; */ int f(unsigned u) { return 1; }",
    ],
    ["an assumption", "int f(int n) { assume(n > 0); assume(n < 0); assert(n == 7); return n; }"],
    [
      "a precondition and an assumption",
      "/*@ requires n > 0; */ int f(int n) { assume(n < 0); assert(n == 7); return n; }",
    ],
    ["an assumption in a loop", "int f(int n) { int i = 0; while (i < n) { i++; assume(0); } return i; }"],
  ])("contradiction of %s", async (_, text) => {
    expect(await words(text)).toMatch(/^unknown: vacuous: .*contradict/);
  });

  it("an assertion that no run reaches is flagged", async () => {
    const { assumptions } = await evidence(
      "/*@ requires x > 0; */ int f(int x) { if (x < 0) { //@ assert x == 3;\n } return x; }",
    );
    expect(assumptions).toContain("the assertion 'x == 3' is never reached");
  });

  it("a loop that no run enters is flagged where the code says so, refused where a contract does", async () => {
    const { assumptions } = await evidence(
      "int f(void) { int i = 3; /*@ loop invariant i == 3; */ while (i < 3) i++; return i; }",
    );
    expect(assumptions).toContain("the body of the loop at line 1 is never entered");
    expect(
      await words(
        "/*@ requires n < 0; */ int f(int n) { int i = 0; /*@ loop invariant i == 0; */ while (i < n) i++; return i; }",
      ),
    ).toMatch(/vacuous: the body of the loop at line 1 is never entered/);
  });
});

describe("3. a function at a time", () => {
  it("proves all its loops jointly", async () => {
    expect(
      await words(
        `/*@ requires n >= 0; ensures \\result == 2 * n; */ int f(int n) { int a = 0, b = 0;
        /*@ loop invariant a <= n; */ while (a < n) a++;
        /*@ loop invariant a == n && b <= 2 * a; */ while (b < 2 * a) b++; return b; }`,
      ),
    ).toMatch(/^proved/);
  });

  it("one loop without its invariant leaves nothing proved", async () => {
    expect(
      await words(
        `/*@ requires n >= 0; ensures \\result == 2 * n; */ int f(int n) { int a = 0, b = 0;
        while (a < n) a++;
        /*@ loop invariant b <= 2 * a; */ while (b < 2 * a) b++; return b; }`,
      ),
    ).toMatch(/^unknown: tooWeak/);
  });

  it("proves the user's own invariants and assertions again", async () => {
    expect(
      await words(`int f(int n) { int i = 0; /*@ loop invariant i == 0; */ while (i < n) i++; //@ assert i == 0;
      return i; }`),
    ).toBe("refuted: loop invariant 'i == 0'");
    expect(await words("int f(int n) { //@ assert n > 0;\n //@ assert n >= 0;\n return n; }")).toBe(
      "refuted: assertion 'n > 0'",
    );
  });

  it("a definition owes what its declaration states, since callers rely on it", async () => {
    const stated = "/*@ ensures \\result > 5; assigns \\nothing; */ int f(int n);\n";
    expect(await words(`${stated}int f(int n) { return n; }`)).toMatch(/^refuted: .*result > 5/);
    expect(await words(`${stated}int f(int n) { return 6; }`)).toMatch(/^proved/);
    expect(await words(`${stated}/*@ ensures \\result > 0; */ int f(int n) { return 6; }`)).toContain(
      "a second contract (at line 1) is not supported",
    );
    expect(await words(`${stated}int f(int m) { return 6; }`)).toContain("names its parameters otherwise");
  });

  it("takes frames from the text, not from `assigns`", async () => {
    const text = (clause: string) =>
      `int f(int n) { int i = 0, k = 0; /*@ ${clause} */ while (i < n) { i++; k++; } //@ assert k == 0;\n return k; }`;
    expect(await words(text("loop assigns i;"))).toMatch(/^(refuted|unknown)/);
    expect(await words(text("loop assigns i, k;"))).toMatch(/^(refuted|unknown)/);
  });

  it("a clause that leaves a variable out is itself refuted", async () => {
    expect(
      await words(
        "int f(int n) { int i = 0, k = 0; /*@ loop assigns i; */ while (i < n) { i++; k++; } return k; }",
      ),
    ).toMatch(/^refuted: .*loop assigns at line 1 lists k/);
  });
});

describe("4. assumptions are listed", () => {
  it("every `assume` with its line, and the reading of integers", async () => {
    const { assumptions } = await evidence(
      "int f(int n) {\n  assume(n > 3);\n  assert(n > 2);\n  return n;\n}",
    );
    expect(assumptions).toContain("assume(n > 3) at line 2");
    expect(assumptions.join()).toContain("mathematical integers");
    expect((await evidence("int f(int n) { return n; }", "verify", "32")).assumptions.join()).toContain(
      "32-bit int",
    );
  });

  it.each([
    ["a call without a contract", "int g(int x); int f(int n) { return g(n); }", "`g` has no contract"],
    ["admit", "int f(int n) { //@ admit n > 0;\n return n; }", "admit"],
    [
      "a predicate",
      "/*@ predicate p(integer x) = x > 0; */ int f(int n) { //@ assert p(n);\n return n; }",
      "p",
    ],
  ])("%s is never taken silently", async (_, text, named) => {
    const found = open
      .get("math")!
      .locate({ file: "test.c", text, version: 0 })
      .flatMap((one) => (one.kind === "error" ? one.diagnostics.map(({ message }) => message) : []));
    const proved = await words(text);
    expect(found.join() + proved).toContain(named);
  });
});

describe("4. what is stated outside functions", () => {
  it.each(["lemma l: 1 == 2;", "axiomatic A { axiom a: 1 == 2; }"])("is no axiom: %s", async (stated) => {
    expect(await words(`/*@ ${stated} */\nint f(int n) { //@ assert n == 1;\n return n; }`)).toBe(
      "refuted: assertion 'n == 1'",
    );
  });
});

describe("5. integers", () => {
  it.each([
    ["unsigned types wrap", "unsigned u = 0; u = u - 1; //@ assert u == 4294967295;", "proved"],
    ["unsigned char wraps when it is stored", "unsigned char c = 255; c++; //@ assert c == 0;", "proved"],
    ["narrowing casts are explicit", "int y = (signed char)x; //@ assert -128 <= y <= 127;", "proved"],
    ["narrowing loses what does not fit", "signed char c = x; //@ assert c == x;", "refuted"],
    ["a comparison with unsigned is unsigned", "int r = -1 < 1u; //@ assert r == 0;", "proved"],
    [
      "a conversion to int is no overflow",
      "unsigned u = 4000000000u; int y = u; //@ assert y == -294967296;",
      "proved",
    ],
    ["ACSL terms are unbounded", "unsigned char c = 200; //@ assert c + c == 400;", "proved"],
    ["ACSL casts convert", "unsigned char c = 200; //@ assert (unsigned char)(c + c) == 144;", "proved"],
    ["division truncates", "int q = -7 / 2, r = -7 % 2; //@ assert q == -3 && r == -1;", "proved"],
    [
      "division by a negative divisor truncates",
      "int q = 7 / -2, r = 7 % -2; //@ assert q == -3 && r == 1;",
      "proved",
    ],
    [
      "bitwise operators are those of bits",
      "unsigned u = 6; u = (u & 3) | 8; u = u ^ 1; //@ assert u == 11;",
      "proved",
    ],
    ["math: signed arithmetic is exact", "int y = x + 1; //@ assert y > x;", "proved"],
  ])("%s", async (_, body, expected) => {
    expect((await outcome(`int f(int x) { ${body}\n return 0; }`)).kind).toBe(expected);
  });

  it("under 32 and 64 `no signed overflow` is an obligation of its width", async () => {
    const successor = "int f(int x) { return x + 1; }";
    expect(await words(successor, "verify", "32")).toMatch(/^refuted: overflow check/);
    expect(await words(successor, "verify", "64")).toMatch(/^refuted: overflow check/);
    const bounded = "/*@ requires x <= 2147483647; */ int f(int x) { return x + 1; }";
    expect(await words(bounded, "verify", "64")).toMatch(/^proved/);
    expect((await outcome(bounded, "verify", "32")).kind).toBe("refuted");
  });

  it("a sum without bound does not stay an int (plain WP says it does)", async () => {
    const text = `/*@ requires n >= 0; ensures \\result <= 2147483647; */ int f(int n) { int s = 0, i = 0;
      /*@ loop invariant 0 <= i <= n && s >= 0; */ while (i < n) { s += i; i++; } return s; }`;
    expect((await outcome(text, "verify", "32")).kind).not.toBe("proved");
    expect((await outcome(text, "verify", "math")).kind).not.toBe("proved");
  });
});

describe("6. definedness is an obligation", () => {
  it.each([
    ["a divisor", "int f(int x, int y) { return x / y; }", "division check"],
    ["a remainder's divisor", "int f(int x, int y) { return x % y; }", "division check"],
    ["a shift amount", "int f(int x) { return 1u << x; }", "shift check"],
    [
      "a value read before it is written",
      "/*@ requires \\true; */ int f(int x) { int y; if (x > 0) y = 1; return y; }",
      "initialised",
    ],
  ])("%s", async (_, text, why) => {
    expect(await words(text)).toMatch(new RegExp(`^refuted: .*${why}`));
  });

  it("is met where the code sees to it", async () => {
    expect(await words("int f(int x, int y) { return y != 0 && x / y > 1 ? x % y : 0; }")).toMatch(/proved/);
  });

  it("an index lies in its array", async () => {
    expect(await words("int f(int n) { int a[3] = {1, 2, 3}; return a[n]; }")).toMatch(/^refuted: .*a\[n\]/);
  });

  it("an uninitialised variable of the benchmark dialect is arbitrary", async () => {
    expect(await words("int main() { int x; int y; if (y > 3) assert(y > 2); return x; }")).toMatch(
      /^proved/,
    );
    expect(await words("int main() { int x; assert(x == 0); return 0; }")).toMatch(/^refuted/);
  });
});

describe("7. all three obligations each time", () => {
  const program = (text: string) => {
    const file = readC("test.c", text);
    const lowered = lowerFunction(file, file.functions[0]!, "math");
    if (lowered.kind !== "ok") throw new Error("not lowered");
    return lowered.program;
  };

  it("are generated for each conjunct of each loop, and each assertion", () => {
    const of = program(
      "/*@ ensures \\result >= 0; */ int f(int n) { int i = 0, j; for (i = 0; i < n; i++) for (j = 0; j < n; j++) ; assert(i >= 0); return i; }",
    );
    const truth = { kind: "truth", value: true } as const;
    const claim = claimOf(of, { invariants: [[truth, truth], [truth]] }, () => "true");
    const kinds = obligationsOf(passiveForm(of), claim).map(({ name }) => `${name.kind} ${name.loop}`);
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect(["initiation 0", "consecution 0", "initiation 1", "consecution 1"].map(count)).toEqual([
      2, 2, 1, 1,
    ]);
    expect(count("use null")).toBe(2);
  });

  it.each([
    ["initiation", "loop invariant i >= 1;", "i >= 0", /initial|initiation|invariant/],
    ["consecution", "loop invariant i <= 3;", "i >= i", /consecution|invariant/],
    ["use", "loop invariant i >= 0;", "i == n", /tooWeak|assertion/],
  ])("%s alone is enough to fail", async (_, invariant, assertion, why) => {
    const said = await words(
      `int f(int n) { int i = 0; /*@ ${invariant} */ while (i < n) i++; //@ assert ${assertion};\n return i; }`,
    );
    expect(said).not.toMatch(/^proved/);
    expect(said).toMatch(why);
  });
});

describe("8. refuted needs a run that was replayed", () => {
  it("breaks the assertion when it is run again, meeting every assumption", async () => {
    const text =
      "/*@ requires n > 2; */ int f(int n) { assume(n != 5); int i = 0; while (i < n) i++; assert(i != 7); return i; }";
    const found = await outcome(text, "run");
    if (found.kind !== "refuted") throw new Error(inWords(found));
    expect(found.counterexample.replayed).toBe(true);
    const first = found.counterexample.states[0]!.values;
    const task = open.get("math")!.locate({ file: "test.c", text, version: 0 })[0]!;
    if (task.kind !== "task" || task.task.kind !== "invariants") throw new Error("no task");
    const inputs = { initial: new Map([["n", BigInt(first.n!)]]), havocs: [] };
    expect(replay(task.task.program, inputs).outcome.kind).toBe("violated");
  });

  it("no run through a signed overflow refutes anything under math", async () => {
    const text = "/*@ requires x > 0; */ int f(int x) { int y = x + x; assert(y > 0); return y; }";
    expect(await words(text)).toMatch(/^proved/);
  });

  it("what is merely not inductive or too weak is unknown, with the state", async () => {
    const found = await outcome(
      "int f(int n) { int x = 1, y = 1; /*@ loop invariant y >= 1; */ while (n > 0) { y = x; x = y + n; n--; } assert(y >= 1); return y; }",
    );
    expect(inWords(found)).toMatch(/^unknown: notInductive/);
    if (found.kind !== "unknown" || found.nearest?.verdict.kind !== "refuted")
      throw new Error("no near miss");
    expect(found.nearest.verdict.counterexample.replayed).toBe(false);
    expect(found.nearest.verdict.counterexample.states.length).toBeGreaterThanOrEqual(2);
  });
});

describe("10. the same Z3 twice is one solver", () => {
  it("no second opinion comes from a build of the same version", async () => {
    const bundled = wasmZ3();
    const twin = { ...bundled, name: bundled.name.replace("wasm", "native") };
    expect(await otherZ3(twin)).toBeNull();
    const older = await otherZ3({ ...bundled, name: "z3 4.0.0" });
    expect(older?.name).toBe(bundled.name);
  });

  it("the evidence names each solver once, with its version", async () => {
    const { checkedBy } = await evidence(
      "int f(int n) { int i = 0; while (i < n) i++; assert(i >= n); return i; }",
    );
    expect(checkedBy[0]).toMatch(/^z3 \d+\.\d+\.\d+/);
    const versions = checkedBy.map((name) => /^(\w+) (\d+\.\d+\.\d+)/.exec(name)!.slice(1).join(" "));
    expect(new Set(versions).size).toBe(checkedBy.length);
  });
});
