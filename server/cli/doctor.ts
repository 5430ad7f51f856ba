import { cacheDirectory, cacheSize } from "../install/cache.ts";
import { columns } from "./columns.ts";
import { type Finding, findAll } from "./findings.ts";
import { type Paint, painter } from "./paint.ts";
import { showSize } from "./size.ts";

/** Says what was found and what to do about the rest. Status 0 when proving works, 1 when it does not. */
export async function doctor(
  request: { readonly json: boolean; readonly colour: boolean },
  version: string,
): Promise<number> {
  const findings = await findAll();
  const directory = cacheDirectory();
  const cache = { directory, bytes: await cacheSize(directory) };
  const works = findings.every(({ needed, status }) => !needed || status === "found");
  if (request.json) {
    const report = { schemaVersion: 1, touchstone: version, works, findings, cache };
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } else {
    process.stdout.write(
      `touchstone ${version}\n\n${showFindings(findings, painter(process.stdout, request.colour))}\n`,
    );
    process.stdout.write(`cache: ${directory} (${cache.bytes === 0 ? "empty" : showSize(cache.bytes)})\n`);
    process.stdout.write(works ? "Ready to prove.\n" : "Not ready: see what is marked ✗.\n");
  }
  return works ? 0 : 1;
}

/** A row a finding, and below it what to do. */
export function showFindings(findings: readonly Finding[], paint: Paint): string {
  const rows = columns(
    findings.map(({ name, version, where, purpose, status }) => [
      name,
      [version, status === "found" ? null : status].filter((part) => part !== null).join(", ") || "found",
      purpose,
      where ?? "",
    ]),
  );
  return findings
    .map(({ status, needed, advice }, i) => {
      const mark =
        status === "found" ? paint("green", "✓") : needed ? paint("red", "✗") : paint("yellow", "–");
      return `${mark} ${rows[i]}\n${advice === null ? "" : `    ${paint("dim", advice)}\n`}`;
    })
    .join("");
}
