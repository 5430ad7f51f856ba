import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The library that runs local models. It is larger than all the rest, so that it comes when a model is pulled. */
const LIBRARY = "node-llama-cpp";

type Entry = Readonly<Record<string, unknown>> & {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
type Packages = Readonly<Record<string, Entry>>;

/**
 * Stages what `model pull` gives to `npm ci`: the library with all that it needs, as this very source tree has them, each by version
 * and hash.
 */
export function stageLibrary(root: string, target: string): void {
  const read = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));
  const { dependencies, overrides } = read("package.json");
  const { lockfileVersion, packages } = read("package-lock.json") as {
    lockfileVersion: number;
    packages: Packages;
  };
  const wanted = { [LIBRARY]: dependencies[LIBRARY] as string };
  const own = { name: "touchstone-llama", version: "0.0.0", private: true, dependencies: wanted };
  const needed = Object.fromEntries([...closure(packages)].sort().map((path) => [path, packages[path]!]));
  const folder = join(target, "server/install/llama");
  mkdirSync(folder, { recursive: true });
  const write = (file: string, content: unknown) =>
    writeFileSync(join(folder, file), `${JSON.stringify(content, null, 1)}\n`);
  write("package.json", { ...own, overrides });
  write("package-lock.json", {
    name: own.name,
    version: own.version,
    lockfileVersion,
    requires: true,
    packages: { "": own, ...needed },
  });
}

/** Paths in the lockfile of the library and of all that it depends on, found as Node looks for packages. */
function closure(packages: Packages): Set<string> {
  const found = new Set<string>();
  const visit = (name: string, from: string): void => {
    const path = resolve(packages, name, from);
    if (path === null || found.has(path)) return;
    found.add(path);
    const { dependencies, optionalDependencies } = packages[path]!;
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next, path);
  };
  visit(LIBRARY, "");
  return found;
}

function resolve(packages: Packages, name: string, from: string): string | null {
  for (let folder = from; ; ) {
    const path = `${folder && `${folder}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === "") return null;
    const above = folder.lastIndexOf("/node_modules/");
    folder = above < 0 ? "" : folder.slice(0, above);
  }
}
