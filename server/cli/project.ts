import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Target } from "./target.ts";

/** Folders that hold no source of the project's own. */
const SKIPPED = new Set(["node_modules", "build", "dist", "out", "target", "vendor"]);

/** A target, and whether it was named itself or found in a directory that was. */
export interface FoundTarget extends Target {
  readonly found: boolean;
}

/** Directories among the targets become the C files beneath them, in order of their paths; what starts with a dot is left out. */
export async function expandDirectories(targets: readonly Target[]): Promise<FoundTarget[]> {
  const expanded: FoundTarget[] = [];
  for (const target of targets) {
    if (target.file === "-" || !(await isDirectory(target.file))) expanded.push({ ...target, found: false });
    else for (const file of await sourcesIn(target.file)) expanded.push({ file, line: null, found: true });
  }
  return expanded;
}

async function isDirectory(path: string): Promise<boolean> {
  // What cannot be looked at is reported when it is read.
  return await stat(path).then(
    (one) => one.isDirectory(),
    () => false,
  );
}

async function sourcesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    if (entry.name.startsWith(".") || SKIPPED.has(entry.name)) continue;
    // Links are not followed: they may lead in a circle.
    if (entry.isDirectory()) found.push(...(await sourcesIn(path)));
    else if (entry.isFile() && entry.name.endsWith(".c")) found.push(path);
  }
  return found;
}
