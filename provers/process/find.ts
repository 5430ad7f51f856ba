import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** The first program of this name on PATH, as an absolute path; null when there is none. */
export function findProgram(name: string, path: string = process.env.PATH ?? ""): string | null {
  const suffixes = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  for (const directory of path.split(delimiter)) {
    // A relative entry would run whatever the current directory (an untrusted workspace) holds.
    if (!isAbsolute(directory)) continue;
    for (const suffix of suffixes) {
      const candidate = join(directory, name + suffix);
      if (isProgram(candidate)) return candidate;
    }
  }
  return null;
}

/** True when the path is a file that we may execute. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
