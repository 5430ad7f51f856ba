import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { toolsFolder } from "../../test/e2e/tools.ts";
import { stageNpm } from "./npm.ts";
import { stageVsix } from "./vsix.ts";

/**
 * `npm run package`: stages dist/npm and dist/vsix, and zips the extension for one platform where the packager is installed
 * (`npm run e2e:install`). `--target linux-x64` names another platform than this one.
 */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { values } = parseArgs({
  options: {
    target: { type: "string", default: `${process.platform}-${process.arch}` },
    vsce: { type: "string" },
  },
});
const npm = await stageNpm(root);
process.stdout.write(`${npm}: ${megabytes(size(npm))}\n`);
const vsix = await stageVsix(root);
process.stdout.write(`${vsix}: ${megabytes(size(vsix))}\n`);
const vsce = values.vsce ?? join(toolsFolder(), "node_modules/@vscode/vsce/vsce");
if (existsSync(vsce)) {
  const file = join(root, "dist", `touchstone-${values.target}.vsix`);
  execFileSync(
    process.execPath,
    [
      vsce,
      "package",
      "--no-dependencies",
      "--allow-missing-repository",
      "--no-rewrite-relative-links",
      "--skip-license",
      "--target",
      values.target,
      "--out",
      file,
    ],
    { cwd: vsix, stdio: ["ignore", "ignore", "inherit"] },
  );
  process.stdout.write(`${file}: ${megabytes(statSync(file).size)}\n`);
} else process.stdout.write("not zipped: the packager is not installed, 'npm run e2e:install' does it\n");

function size(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + size(join(path, name)), 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
