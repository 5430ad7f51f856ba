import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jsonLines } from "../../../../server/cli/json.ts";
import type { Paint } from "../../../../server/cli/paint.ts";
import { exitStatus, runGroup } from "../../../../server/cli/session.ts";
import { showReport } from "../../../../server/cli/terminal.ts";
import type { Touchstone } from "../../../../server/wiring.ts";
import { symbolic } from "../../conditions/outcome.ts";

const plain: Paint = (_, text) => text;

/** The report of `suggest` on the last function of a text. */
async function reportOn(touchstone: Touchstone, text: string) {
  const document = { file: "a.c", text, version: 0 };
  const signal = new AbortController().signal;
  const session = { touchstone, command: "suggest" as const, signal, event: () => {} };
  return runGroup(session, touchstone.locate(document).at(-1)!, document);
}

describe("a precondition that is missing", () => {
  let touchstone: Touchstone;
  beforeAll(async () => {
    touchstone = await symbolic("math");
  });
  afterAll(() => touchstone.close());

  const COUNT_UP = "int i = 0; while (i < n) i++; return i;";

  it("is told, and the function stays unproved", { timeout: 60_000 }, async () => {
    const report = await reportOn(
      touchstone,
      `/*@ ensures \\result == n; */\nint up(int n) { ${COUNT_UP} }\n`,
    );
    expect(report.suggestion?.requires).toEqual(["n >= 0"]);
    expect(report.outcome?.kind).toBe("refuted");
    expect(exitStatus([report])).toBe(1);
    expect(jsonLines(report)).toMatchObject([
      { status: "refuted", answer: null, edit: null, suggestion: { requires: ["n >= 0"] } },
    ]);
    expect(showReport(report, plain)).toContain("suggestion: would be proved with /*@ requires n >= 0; */");
  });

  it("may be memory that can be read or written", { timeout: 60_000 }, async () => {
    const reads =
      "int sum(const int *a, int n) { int s = 0; for (int i = 0; i < n; i++) s += a[i]; return s; }";
    const writes = "void zero(int *a, int n) { for (int i = 0; i < n; i++) a[i] = 0; }";
    expect((await reportOn(touchstone, reads)).suggestion?.requires).toEqual([
      "\\valid_read(a + (0 .. n - 1))",
    ]);
    expect((await reportOn(touchstone, writes)).suggestion?.requires).toEqual(["\\valid(a + (0 .. n - 1))"]);
  });

  it("is added to those that stand there, and may take two", { timeout: 60_000 }, async () => {
    const text = `/*@ requires n >= 3; */
int f(int n, int m) { ${COUNT_UP.replace("return i;", "//@ assert i == n && m > 7;\n return i;")} }
`;
    expect((await reportOn(touchstone, text)).suggestion?.requires).toEqual(["m > 7"]);
    const two =
      "int g(int n, int m) { int i = 0; while (i < n) i++;\n//@ assert i == n && m != 0;\nreturn i; }";
    expect((await reportOn(touchstone, two)).suggestion?.requires).toEqual(["n >= 0", "m != 0"]);
  });

  it("is none that no run can meet, or that keeps every run out of the loop", {
    timeout: 120_000,
  }, async () => {
    // Only a contradiction would do, as `n < n`, or with `requires n <= 0` a precondition of n >= 0 and n != 0.
    const never = `/*@ requires n <= 0; ensures n >= 1; */\nint f(int n) { ${COUNT_UP} }\n`;
    expect((await reportOn(touchstone, never)).suggestion).toBeUndefined();
    // With a >= b the loop is never entered, and nothing would be said of what is wrong in it.
    const skipped = "void f(int a, int b) { while (a < b) {\n//@ assert \\false;\n a++; } }\n";
    expect((await reportOn(touchstone, skipped)).suggestion).toBeUndefined();
  });

  it("is not looked for where the function is proved", { timeout: 60_000 }, async () => {
    const report = await reportOn(
      touchstone,
      `/*@ requires n >= 0; ensures \\result == n; */\nint up(int n) { ${COUNT_UP} }\n`,
    );
    expect(report.outcome?.kind).toBe("proved");
    expect(report.suggestion).toBeUndefined();
  });
});
