import { writeFileSync } from "node:fs";
import { explainFileError } from "./input.ts";
import type { Messages } from "./messages.ts";
import type { Report } from "./report.ts";
import { sarif } from "./sarif.ts";

/** Writes the results as SARIF; a file that cannot be written fails the command. */
export function writeSarif(
  path: string,
  reports: readonly Report[],
  version: string,
  messages: Messages,
): void {
  try {
    writeFileSync(path, `${JSON.stringify(sarif(reports, version), null, 2)}\n`);
  } catch (cause) {
    messages.fail(`${path}: ${explainFileError(cause, "write")}`);
  }
}
