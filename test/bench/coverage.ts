import { readFileSync, statSync } from "node:fs";
import { expandDirectories } from "../../server/cli/project.ts";
import { locateInvariants } from "../../server/tasks/invariants/locate.ts";
import { preparer } from "../../server/wiring-preprocessor.ts";
import { markdown } from "./table.ts";

export interface CoverageOptions {
  readonly include: readonly string[];
  readonly define: readonly string[];
  /** So many constructs are listed. */
  readonly most: number;
}

/** What stopped the front end: one place a function, and one a file where no function is to blame. */
interface Stopped {
  readonly construct: string;
  readonly place: string;
}

/** How many functions of the C files under a path the front end reads, without and with a preprocessor, and what stops it. */
export async function benchCoverage(path: string, { include, define, most }: CoverageOptions): Promise<void> {
  const files = statSync(path).isDirectory()
    ? (await expandDirectories([{ file: path, line: null }])).map(({ file }) => file)
    : [path];
  const sources = files.filter((file) => file.endsWith(".c"));
  const rows: string[][] = [];
  let last: Stopped[] = [];
  for (const when of ["never", "auto", "always"] as const) {
    const { prepare } = await preparer({ when, include, define });
    let read = 0;
    const stopped: Stopped[] = [];
    let unread = 0;
    for (const file of sources) {
      const text = readFileSync(file, "utf8");
      const document = await prepare({ file, text, version: 0 }, new AbortController().signal);
      for (const located of locateInvariants(document, "32")) {
        if (located.kind === "task") {
          read++;
          continue;
        }
        if (located.group !== null) unread++;
        const first =
          located.diagnostics.find(({ severity }) => severity === "error") ?? located.diagnostics[0]!;
        stopped.push({
          construct: constructOf(first.message),
          place: `${file}:${first.span.line}:${first.span.column}`,
        });
      }
    }
    const share = read + unread === 0 ? 0 : Math.round((100 * read) / (read + unread));
    rows.push([
      when === "never" ? "no" : when,
      ...[sources.length, read + unread, read].map(String),
      `${share} %`,
    ]);
    last = stopped;
  }
  process.stdout.write(`${markdown(["preprocessor", "files", "functions", "read", "share"], rows)}\n\n`);
  process.stdout.write(
    `${markdown(["what stops it, preprocessed", "times", "first at"], ranked(last, most))}\n`,
  );
}

/** A message without what is particular to one place, so that alike ones are counted together. */
function constructOf(message: string): string {
  return message
    .replace(/^\S+:\d+: /, "")
    .replace(/`[^`]*`|'[^']*'/g, "…")
    .replace(/\b\d+(?::\d+)?\b/g, "N")
    .replace(/;.*$/, "");
}

function ranked(stopped: readonly Stopped[], most: number): string[][] {
  const counts = new Map<string, { times: number; place: string }>();
  for (const { construct, place } of stopped) {
    const known = counts.get(construct);
    counts.set(construct, { times: (known?.times ?? 0) + 1, place: known?.place ?? place });
  }
  return [...counts]
    .sort(([, a], [, b]) => b.times - a.times)
    .slice(0, most)
    .map(([construct, { times, place }]) => [construct, String(times), place]);
}
