import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleServer } from "./bundle.ts";
import { stageLibrary } from "./llama.ts";

/** Libraries that the staged code does not carry. */
const KEPT = ["z3-solver", "@prantlf/railroad-diagrams"];

/** Stages dist/npm: the command line and the library, as plain JavaScript. */
export async function stageNpm(root: string): Promise<string> {
  const target = join(root, "dist", "npm");
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, "bin"), { recursive: true });
  await bundleServer(root, target);
  stageLibrary(root, target);
  const launcher = readFileSync(join(root, "bin/touchstone.cjs"), "utf8").replaceAll("main.ts", "main.js");
  writeFileSync(join(target, "bin/touchstone.cjs"), launcher, { mode: 0o755 });
  for (const file of ["LICENSE", "examples"])
    cpSync(join(root, file), join(target, file), { recursive: true });
  const { version, description, license, dependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const pick = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, dependencies[name]]));
  const staged = {
    name: "touchstone",
    version,
    description,
    license,
    type: "module",
    engines: { node: ">=20" },
    bin: { touchstone: "bin/touchstone.cjs" },
    exports: { ".": "./server/index.js" },
    dependencies: pick(KEPT),
    optionalDependencies,
  };
  writeFileSync(join(target, "package.json"), `${JSON.stringify(staged, null, 2)}\n`);
  return target;
}
