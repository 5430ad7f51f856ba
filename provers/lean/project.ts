import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The Lake project or toolchain that a file belongs to. */
export interface LeanProject {
  readonly root: string;
  readonly lake: boolean;
  /** What `lean-toolchain` says, such as `leanprover/lean4:v4.20.0`. */
  readonly toolchain: string | null;
}

/** Looks for `lakefile.lean`, `lakefile.toml` or `lean-toolchain` in the file's folder and above. */
export function readProject(file: string): LeanProject | null {
  for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
    const lake = ["lakefile.lean", "lakefile.toml"].some((name) => existsSync(join(folder, name)));
    const pinned = join(folder, "lean-toolchain");
    if (lake || existsSync(pinned))
      return {
        root: folder,
        lake,
        toolchain: existsSync(pinned) ? readFileSync(pinned, "utf8").trim() : null,
      };
    if (dirname(folder) === folder) return null;
  }
}

/** The first module of the project that the text imports and that was changed after it was compiled (soundness.md 15). */
export function staleImport(file: string, text: string): string | null {
  const project = readProject(file);
  if (project === null) return null;
  for (const [, module] of text.matchAll(/^\s*(?:public\s+|meta\s+)*import\s+(?:all\s+)?([\w.«»]+)/gm)) {
    const path = module!.replaceAll(/[«»]/g, "").split(".");
    const source = modified(`${join(project.root, ...path)}.lean`);
    if (source === null) continue;
    const objects = [
      join(".lake", "build", "lib", "lean"),
      join(".lake", "build", "lib"),
      join("build", "lib"),
    ];
    const compiled = objects
      .map((one) => modified(`${join(project.root, one, ...path)}.olean`))
      .find((one) => one !== null);
    if (compiled !== undefined && compiled !== null && source > compiled)
      return `${join(project.root, ...path)}.lean`;
  }
  return null;
}

function modified(path: string): number | null {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return null;
  }
}
