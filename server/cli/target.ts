/** `FILE[:LINE]`: a file, or the function whose loop is at or nearest the line. `-` is standard input. */
export interface Target {
  readonly file: string;
  /** 1-based; null for the whole file. */
  readonly line: number | null;
}

/** Reads `FILE`, `FILE:LINE` and the `FILE:LINE:COLUMN` that other tools print. Null for a line of 0 and an empty name. */
export function parseTarget(text: string): Target | null {
  const match = /^(.+?):(\d+)(?::\d+)?$/s.exec(text);
  const target = match ? { file: match[1]!, line: Number(match[2]) } : { file: text, line: null };
  return target.file === "" || target.line === 0 ? null : target;
}

/** Targets by file in order of first mention; a file named once without a line is wanted whole. */
export function targetsByFile(targets: readonly Target[]): Map<string, readonly number[] | "all"> {
  const byFile = new Map<string, readonly number[] | "all">();
  for (const { file, line } of targets) {
    const known = byFile.get(file) ?? [];
    byFile.set(file, line === null || known === "all" ? "all" : [...known, line]);
  }
  return byFile;
}
