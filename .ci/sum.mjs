// Sums the reports of one run of .ci/run and prints the closing line. Exit status 1 when anything failed or is missing.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const expected = new Set(
  readFileSync(new URL("./expected-skips", import.meta.url), "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#")),
);
const totals = { passed: 0, failed: 0, skipped: 0 };

for (const line of readFileSync(join(folder, "steps"), "utf8").split("\n").filter(Boolean)) {
  const failed = line.startsWith("failed ");
  totals[failed ? "failed" : "passed"]++;
  if (failed) console.log(`step failed: ${line.slice(7)}`);
}

for (const name of ["vitest.json", "e2e.json"]) {
  const file = join(folder, name);
  if (!existsSync(file)) {
    console.log(`no report: ${name}`);
    totals.failed++;
    continue;
  }
  const report = JSON.parse(readFileSync(file, "utf8"));
  for (const suite of report.testResults) {
    if (suite.status === "failed" && suite.assertionResults.length === 0) {
      console.log(`failed to load: ${suite.name}`);
      totals.failed++;
    }
    for (const test of suite.assertionResults) {
      if (test.status === "passed") totals.passed++;
      else if (test.status === "failed") {
        totals.failed++;
        console.log(`failed: ${test.fullName}`);
      } else {
        totals.skipped++;
        if (!expected.has(test.fullName)) {
          totals.failed++;
          console.log(`skipped, and not listed in .ci/expected-skips: ${test.fullName}`);
        }
      }
    }
  }
}

const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : "";
console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);
