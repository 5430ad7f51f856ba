import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jsonLines } from "../../../../server/cli/json.ts";
import { runGroup } from "../../../../server/cli/session.ts";
import { showReport } from "../../../../server/cli/terminal.ts";
import { defaultOptions } from "../../../../server/engine/options.ts";
import type { Touchstone } from "../../../../server/wiring.ts";
import { outcomeOf, symbolic } from "../../conditions/outcome.ts";

const HELPERS = `static int max(int a, int b) {
  if (a > b) return a;
  return b;
}
static int step(int x) { return x + 1; }
int total;
static void add(int x) { total += x; }
`;

describe("the contract that a static helper lacks", { timeout: 120_000 }, () => {
  let touchstone: Touchstone;
  beforeAll(async () => {
    // Each try is short; the limit is for a machine that has other work.
    touchstone = await symbolic("math", { options: { ...defaultOptions, timeoutMs: 80_000 } });
  });
  afterAll(() => touchstone.close());

  async function reportOn(text: string) {
    const document = { file: "a.c", text, version: 0 };
    const signal = new AbortController().signal;
    const session = { touchstone, command: "suggest" as const, signal, event: () => {} };
    return runGroup(session, touchstone.locate(document).at(-1)!, document);
  }

  it("is told for each helper, and the caller is no more proved than before", async () => {
    const text = `${HELPERS}/*@ requires 0 <= n; ensures \\result == n; */
int count(int n) { int i = 0; while (i < n) i = step(i); return max(i, n); }
`;
    const report = await reportOn(text);
    expect(report.outcome?.kind).toBe("error");
    expect(report.contracts?.contracts).toEqual([
      {
        function: "max",
        line: 1,
        clauses: ["assigns \\nothing;", "ensures \\result == a || \\result == b;"],
      },
      { function: "step", line: 5, clauses: ["assigns \\nothing;", "ensures \\result == x + 1;"] },
    ]);
    expect(jsonLines(report)).toMatchObject([
      { status: "error", edit: null, suggestion: { contracts: [{}, {}] } },
    ]);
    expect(showReport(report, (_, shown) => shown)).toContain("in front of step (line 5)");
    // What is told holds in the text when its author puts it there.
    let written = text;
    for (const { function: name, clauses } of report.contracts!.contracts)
      written = written.replace(`static int ${name}`, `/*@ ${clauses.join(" ")} */ static int ${name}`);
    expect((await outcomeOf(touchstone, written, "run")).kind).toBe("proved");
  });

  it("says what the helper assigns", async () => {
    const report = await reportOn(`${HELPERS}/*@ requires 0 <= n; ensures \\result == n; */
int f(int n) { int i = 0; while (i < n) { add(i); i++; } return i; }
`);
    expect(report.contracts?.contracts).toEqual([{ function: "add", line: 7, clauses: ["assigns total;"] }]);
  });

  it("is none where no contract that the helper keeps would do, and none for functions that others see", async () => {
    const wrong = `${HELPERS}/*@ requires 0 < n; ensures \\result == 0; */
int f(int n) { int i = 0; while (i < n) i = step(i); return i; }
`;
    expect((await reportOn(wrong)).contracts).toBeUndefined();
    const seen = `int step(int x) { return x + 1; }
/*@ requires 0 <= n; ensures \\result == n; */
int f(int n) { int i = 0; while (i < n) i = step(i); return i; }
`;
    expect((await reportOn(seen)).contracts).toBeUndefined();
  });
});
