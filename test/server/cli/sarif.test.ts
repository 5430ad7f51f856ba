import { expect, it } from "vitest";
import { errorReport } from "../../../server/cli/report.ts";
import { sarif } from "../../../server/cli/sarif.ts";
import { counterexample, obligation, proved, reportOf, run, TEXT, tasksOf } from "./recorded.ts";

/** The parts of SARIF that are looked at. */
interface Log {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly name: string;
          readonly version: string;
          readonly rules: readonly { readonly id: string }[];
        };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly kind: string;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly { readonly physicalLocation: unknown }[];
      }[];
    },
  ];
}

const task = tasksOf(TEXT, "src/my pairs.c")[0]!;
const group = { document: task.document, name: "g", task: null };
const results = (...reports: Parameters<typeof sarif>[0]) =>
  (sarif(reports, "1.2.3") as unknown as Log).runs[0].results;

it("has a result a function, and one a diagnostic where a function cannot be read", () => {
  const span = { start: 19, end: 23, line: 3, column: 1 };
  const broken = errorReport(group, [
    { severity: "error", message: "first", span },
    { severity: "error", message: "second", span },
  ]);
  const good = reportOf(task, run(task, proved(task, [[], []])));
  expect(
    results(good, broken).map((one) => [one.ruleId, one.kind, one.level, one.message.text.split(":")[0]]),
  ).toEqual([
    ["proved", "pass", "none", "pairs"],
    ["error", "fail", "error", "first"],
    ["error", "fail", "error", "second"],
  ]);
});

it("points at what fails, in a file named by a URI", () => {
  const refuted = reportOf(
    task,
    run(task, { kind: "refuted", obligation: obligation(task), counterexample: counterexample(task, 2) }),
  );
  expect(results(refuted)[0]!.locations[0]!.physicalLocation).toEqual({
    artifactLocation: { uri: "src/my%20pairs.c" },
    region: { startLine: 11, startColumn: 3, endLine: 11, endColumn: 17 },
  });
});

it("is SARIF 2.1.0 with a rule for every result", () => {
  const unknown = reportOf(
    task,
    run(task, { kind: "unknown", reason: "the time limit of 10 s was reached", nearest: null }),
  );
  const log = sarif([unknown], "1.2.3") as unknown as Log;
  expect([log.version, log.runs[0].tool.driver.name, log.runs[0].tool.driver.version]).toEqual([
    "2.1.0",
    "touchstone",
    "1.2.3",
  ]);
  const rules = log.runs[0].tool.driver.rules.map((rule) => rule.id);
  expect(rules).toContain(log.runs[0].results[0]!.ruleId);
  expect(log.runs[0].results[0]).toMatchObject({ ruleId: "unknown", level: "warning" });
});
