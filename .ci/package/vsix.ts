import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundleExtension, bundleServer } from "./bundle.ts";
import { stageLibrary } from "./llama.ts";

/** What of z3-solver runs: its low-level build. The rest are wrappers that we do not use. */
const Z3 = ["package.json", "build/node.js", "build/z3-built.js", "build/z3-built.wasm"];

/** Stages dist/vsix: all that the packager has to zip. */
export async function stageVsix(root: string): Promise<string> {
  const target = join(root, "dist", "vsix");
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  await bundleServer(root, target);
  stageLibrary(root, target);
  await bundleExtension(root, target);
  const copy = (from: string, to: string) => {
    mkdirSync(dirname(join(target, to)), { recursive: true });
    cpSync(join(root, from), join(target, to), { recursive: true });
  };
  // Beside the module that asks for it: the packager leaves out a node_modules at the top.
  for (const file of Z3) copy(`node_modules/z3-solver/${file}`, `provers/node_modules/z3-solver/${file}`);
  copy("extension/media", "media");
  copy("LICENSE", "LICENSE");
  copy("docs/editor.md", "README.md");
  for (const [, picture] of readFileSync(join(root, "docs/editor.md"), "utf8").matchAll(
    /\]\((images\/[\w.-]+)\)/g,
  ))
    copy(`docs/${picture}`, picture!);
  copy("examples/c/sum.c", "examples/sum.c");
  copy("examples/c/off_by_one.c", "examples/off_by_one.c");
  writeFileSync(join(target, "package.json"), `${JSON.stringify(manifest(root), null, 2)}\n`);
  writeFileSync(join(target, ".vscodeignore"), "*.vsix\n");
  return target;
}

/** The editor's manifest with what it shares with the package. */
export function manifest(root: string): Record<string, unknown> {
  const read = (file: string) =>
    JSON.parse(readFileSync(join(root, file), "utf8")) as Record<string, unknown>;
  const { version } = read("package.json");
  return { ...read("extension/manifest.json"), version, type: "module" };
}
