import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultOptions } from "../engine/options.ts";
import type { ProveRequest } from "./arguments.ts";
import { columns } from "./columns.ts";
import { showDuration } from "./duration.ts";
import { modelPull } from "./model-pull.ts";
import { painter } from "./paint.ts";
import { type Open, prove } from "./prove.ts";
import { outcomeOf, type Report } from "./report.ts";

/** The statuses that the examples are known to have: by file, then by function. */
type Expected = Readonly<Record<string, Readonly<Record<string, string>>>>;

const EXAMPLES = fileURLToPath(new URL("../../examples/c/", import.meta.url));

/**
 * The tour for a newcomer: the embedded model is pulled where the network allows it, then every example gets its invariants.
 * Status 0 when all came out as examples/c/expected.json says, which includes the ones that are meant to fail.
 */
export async function demo(
  request: { readonly offline: boolean; readonly colour: boolean },
  open: Open,
  version: string,
): Promise<number> {
  if (!request.offline) {
    const pulled = await modelPull({ name: undefined, offline: false });
    if (pulled > 2) return pulled;
    if (pulled !== 0)
      process.stderr.write("note: going on without a model; the symbolic proposers need none\n");
  }
  const files = readdirSync(EXAMPLES)
    .filter((name) => name.endsWith(".c"))
    .sort();
  const here = relative(process.cwd(), EXAMPLES);
  const targets = files.map((name) => ({ file: join(here, name), line: null }));
  const { offline, colour } = request;
  const { status, reports } = await prove({ ...DEMO, offline, colour, targets }, open, version);
  if (status > 2) return status;
  const expected = JSON.parse(readFileSync(join(EXAMPLES, "expected.json"), "utf8")) as Expected;
  return summary(reports, expected, request.colour);
}

const DEMO: Omit<ProveRequest, "targets" | "offline" | "colour"> = {
  kind: "suggest",
  json: false,
  write: false,
  diff: false,
  model: undefined,
  only: null,
  without: [],
  timeoutMs: defaultOptions.timeoutMs,
  seed: defaultOptions.seed,
  events: null,
  sarif: null,
  export: null,
  format: "text",
  cache: false,
  reading: "math",
  solver: "auto",
  checker: "smt",
  preprocessor: { when: "auto", include: [], define: [] },
};

function summary(reports: readonly Report[], expected: Expected, colour: boolean): number {
  const paint = painter(process.stdout, colour);
  let surprises = 0;
  const rows = reports.map((report) => {
    const file = basename(report.group.document.file);
    const { kind } = outcomeOf(report);
    const wanted = expected[file]?.[report.group.name];
    const surprise = wanted !== undefined && wanted !== kind;
    if (surprise) surprises++;
    return [
      file,
      report.group.name,
      kind,
      showDuration(report.counts.ms),
      surprise ? `expected: ${wanted}` : "",
    ];
  });
  process.stdout.write(`${paint("bold", "Summary")}\n${columns(rows).join("\n")}\n`);
  const told = surprises === 0 ? "All as expected" : `${surprises} not as expected`;
  process.stdout.write(`${told}. Next: touchstone suggest YOUR_FILE.c, and touchstone --help.\n`);
  return surprises === 0 ? 0 : 1;
}
