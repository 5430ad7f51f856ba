import { statSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../project.ts";

/**
 * The first library of the project that was loaded from a `.vo` older than its source: what it was compiled from is not what
 * stands there now (soundness.md 15). Null when there is none. Libraries outside the project are not ours to date.
 */
export function findStale(project: Project, libraries: readonly string[]): string | null {
  for (const library of libraries) {
    for (const base of physicalPaths(project, library)) {
      const source = modified(`${base}.v`);
      const object = modified(`${base}.vo`);
      if (source !== null && object !== null && source > object) return `${base}.v`;
    }
  }
  return null;
}

/** Where a library of the project may lie, without the extension; several load paths may share a logical prefix. */
export function physicalPaths({ loadPaths }: Project, library: string): string[] {
  return loadPaths.flatMap(({ kind, directory, logical }) => {
    if (kind === "-I") return [];
    const prefix = logical === "" || logical === "." ? "" : `${logical}.`;
    return library.startsWith(prefix) ? [join(directory, ...library.slice(prefix.length).split("."))] : [];
  });
}

function modified(path: string): number | null {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return null;
  }
}
